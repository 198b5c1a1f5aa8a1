package dev.roost.core;

import java.time.Instant;

/** How good an access token still is. The one place that draws the two lines. */
public enum Freshness {
    /** Served from memory; nothing is to be done. */
    FRESH,
    /** Served, and refreshed in the background. */
    DUE,
    /** Too little left to be served; callers wait for a refresh. */
    EXPIRED;

    /**
     * Tells how good a token is.
     *
     * @param expiresAt when X stops accepting it
     * @param refreshAt when it may be refreshed; a failed attempt moves this on
     */
    public static Freshness of(Instant expiresAt, Instant refreshAt, Instant now, RefreshPolicy policy) {
        if (!expiresAt.isAfter(now.plus(policy.minRemaining()))) {
            return EXPIRED;
        }
        return refreshAt.isAfter(now) ? FRESH : DUE;
    }
}
