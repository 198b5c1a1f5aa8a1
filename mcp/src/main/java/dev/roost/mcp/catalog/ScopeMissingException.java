package dev.roost.mcp.catalog;

/** The principal lacks a scope. Over HTTP it becomes a challenge to step up (RFC 6750 section 3.1), elsewhere a tool error. */
public final class ScopeMissingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String scope;

    /** Names the scope. */
    public ScopeMissingException(String scope) {
        super("this needs the scope " + scope + ", which the caller does not have");
        this.scope = scope;
    }

    /** Returns the scope. */
    public String scope() {
        return scope;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
