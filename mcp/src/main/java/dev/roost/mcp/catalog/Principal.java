package dev.roost.mcp.catalog;

/** Who calls. */
public interface Principal {
    /** Returns a name that no other principal has, to bind things to. */
    String id();

    /** Tells whether nobody knows who it is. */
    boolean isAnonymous();

    /** Tells whether it may do what this scope stands for. */
    boolean has(String scope);

    /** Tells whether it may act for this account. */
    boolean covers(String account);

    /**
     * Does nothing if the principal has the scope.
     *
     * @throws ScopeMissingException if it has not
     */
    default void require(String scope) {
        if (!has(scope)) {
            throw new ScopeMissingException(scope);
        }
    }
}
