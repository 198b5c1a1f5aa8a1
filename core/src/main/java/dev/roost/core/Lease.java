package dev.roost.core;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The right of one process to act on one generation of an account for a while.
 *
 * @param grant the account and pair as they stood when the lease was taken
 * @param purpose what for
 * @param owner whose it is
 * @param fence a number that grows with every lease of the account
 * @param sends how often this generation has been noted as sent, this time included; above 1 it is a guarded retry
 * @param firstSentAt when it was first noted, by the store's clock
 * @param firstNode who noted it first
 */
public record Lease(
        Grant grant, Purpose purpose, Node owner, long fence, int sends, Instant firstSentAt, String firstNode) {
    /** The longest time that {@link #followedUpAt} leaves. */
    public static final Duration LONGEST_SILENCE = Duration.ofMinutes(1);

    /**
     * Returns when an account is due again after a lease to refresh it has ended without a settlement. Its owner may have
     * X's answer, and be cut off from the store or starting again; a guarded retry before that answer is recorded may cost
     * the grant. So half of the time that the access token has left is waited, {@link #LONGEST_SILENCE} at most. The other half
     * is for the retry.
     *
     * @param until when the lease ended, or will end
     */
    public static Instant followedUpAt(Instant until, Instant accessExpiresAt) {
        long left = until.until(accessExpiresAt, ChronoUnit.MILLIS);
        return until.plusMillis(Math.clamp(left / 2, 0, LONGEST_SILENCE.toMillis()));
    }

    /** Returns the id of the account. */
    public AccountId id() {
        return grant.id();
    }

    /** Tells whether an earlier send of this generation may have spent it. */
    public boolean isGuardedRetry() {
        return sends > 1;
    }

    /** What a lease is for. */
    public enum Purpose {
        /** To send the refresh token; the intent is noted. */
        REFRESH,
        /** To revoke and delete; nothing is noted. */
        DISCONNECT
    }
}
