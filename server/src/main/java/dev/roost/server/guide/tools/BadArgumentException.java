package dev.roost.server.guide.tools;

/** An argument cannot be used. The message names it and what is allowed, and never its value. */
final class BadArgumentException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadArgumentException(String message) {
        super(message);
    }
}
