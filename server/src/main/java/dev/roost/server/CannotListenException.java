package dev.roost.server;

/** The server could not take its address. */
public final class CannotListenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean taken;

    CannotListenException(String message, boolean taken, Throwable cause) {
        super(message, cause);
        this.taken = taken;
    }

    /** Tells whether another program listens there already. */
    public boolean isTaken() {
        return taken;
    }
}
