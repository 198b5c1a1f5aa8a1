package dev.roost.core;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/** Reckons when to refresh: ahead of expiry, spread over accounts; and when to try again after a failure. */
final class RefreshTimes {
    private final RefreshPolicy policy;
    private final RandomGenerator random;

    RefreshTimes(RefreshPolicy policy, RandomGenerator random) {
        this.policy = policy;
        this.random = random;
    }

    /**
     * Returns when to refresh a token ahead of its expiry: {@code refreshAheadMost} to {@code refreshAheadLeast} before,
     * always the same for the same user, and never before half of its life is over.
     */
    Instant ahead(String xUserId, Instant issuedAt, Instant expiresAt) {
        long window =
                policy.refreshAheadMost().minus(policy.refreshAheadLeast()).toMillis();
        long spread = window == 0 ? 0 : Math.floorMod(mix(xUserId.hashCode()), window + 1);
        Instant early = expiresAt.minus(policy.refreshAheadLeast()).minusMillis(spread);
        Instant halfLife = issuedAt.plus(Duration.between(issuedAt, expiresAt).dividedBy(2));
        return early.isAfter(halfLife) ? early : halfLife;
    }

    /** Returns when to refresh an account that nobody uses: so long after, or up to a tenth earlier, spread like the others. */
    Instant asleep(String xUserId, Instant now, Duration every) {
        long tenth = every.toMillis() / 10;
        return now.plus(every).minusMillis(Math.floorMod(mix(xUserId.hashCode()), tenth + 1));
    }

    /** Returns when a generation that was sent so often without an answer may be sent again. */
    Instant guardedRetry(Instant now, int sends) {
        return now.plus(Backoffs.doubled(policy.guardedRetryPause(), sends - 1, policy.longestBackoff(), random));
    }

    /** Spreads neighbouring hashes far apart (the finalizer of MurmurHash3, public domain). */
    private static long mix(int hash) {
        long h = hash * 0xff51afd7ed558ccdL;
        h = (h ^ (h >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return h ^ (h >>> 33);
    }
}
