package dev.roost.core;

import java.time.Instant;

/** There is no valid access token just now, the grant is kept, and trying again later makes sense. */
public final class RefreshPendingException extends KeeperException {
    private static final long serialVersionUID = 1L;

    private final Instant retryAt;

    /**
     * Says what stands in the way.
     *
     * @param retryAt when to ask again
     */
    public RefreshPendingException(String message, Instant retryAt) {
        super(message + "; the grant is kept, try again at " + retryAt);
        this.retryAt = retryAt;
    }

    /** Returns when to ask again. */
    public Instant retryAt() {
        return retryAt;
    }
}
