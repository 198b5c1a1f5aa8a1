package dev.roost.core;

/** The store, or the spool, could not answer. What was asked may have been done or not; ask again. */
public final class StoreUnavailableException extends KeeperException {
    private static final long serialVersionUID = 1L;

    /** Says what did not answer and what to do; the cause stays attached. */
    public StoreUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
