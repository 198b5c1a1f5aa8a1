package dev.roost.server.mcp.stateless;

/** A call that is not made, because of what stands in it. The message never repeats what may be a secret. */
final class BadCallException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Trouble trouble;

    private BadCallException(String message, Trouble trouble) {
        super(message);
        this.trouble = trouble;
    }

    /** What the original finds itself: a plain text. */
    static BadCallException plain(String message) {
        return new BadCallException(message, new Trouble.Plain(message));
    }

    /** What the original leaves to X, which refuses it: JSON, like all that X refuses. */
    static BadCallException early(String message) {
        return new BadCallException(message, new Trouble.Failed(message, "Nothing was sent to X."));
    }

    /** Returns what to answer. */
    Trouble trouble() {
        return trouble;
    }
}
