package dev.roost.mcp.catalog;

/** Who calls. */
public interface Principal {
    /** Returns a name that no other principal has, to bind things to. */
    String id();

    /** Returns who it is, in words for the person who is asked for something in its name. Nobody has checked the words. */
    default String shown() {
        return id();
    }

    /**
     * Tells whether it is the person at this process's own standard input and output, so that whoever opens a link that a
     * call shows is the one who asked for it. A caller over a network never is.
     */
    default boolean isPresent() {
        return false;
    }

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
