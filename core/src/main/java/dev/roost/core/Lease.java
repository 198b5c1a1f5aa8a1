package dev.roost.core;

import java.time.Instant;

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
