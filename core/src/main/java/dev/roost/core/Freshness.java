package dev.roost.core;

import java.time.Duration;
import java.time.Instant;

/** How good an access token still is. The one place that draws the two lines. */
public enum Freshness {
    /** Served from memory; nothing is to be done. */
    FRESH,
    /** Served, and refreshed in the background. */
    DUE,
    /** Too little left to be served; callers wait for a refresh. */
    EXPIRED;

    /** How far ahead of ours another process's clock may be. */
    private static final Duration CLOCK_SLACK = Duration.ofMinutes(5);

    /**
     * Tells how good a token is.
     *
     * @param issuedAt when it was recorded; a time yet to come was told by a wrong clock, and so was the expiry
     * @param expiresAt when X stops accepting it
     * @param refreshAt when it may be refreshed; a failed attempt moves this on
     */
    public static Freshness of(
            Instant issuedAt, Instant expiresAt, Instant refreshAt, Instant now, RefreshPolicy policy) {
        if (believedFrom(issuedAt).isAfter(now) || !expiresAt.isAfter(now.plus(policy.minRemaining()))) {
            return EXPIRED;
        }
        return refreshAt.isAfter(now) ? FRESH : DUE;
    }

    /** Returns from when on it is believed that a token was issued then. */
    static Instant believedFrom(Instant issuedAt) {
        return issuedAt.minus(CLOCK_SLACK);
    }
}
