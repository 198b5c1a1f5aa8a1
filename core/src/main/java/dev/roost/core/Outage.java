package dev.roost.core;

import java.time.Duration;
import java.util.Optional;

/**
 * Whether the store has only just come back to this process, or this process to the store. Then others that waited for it may
 * still hold answers of X, and bring them now: for a while no token is sent again of which the answer is missing. A store that was
 * away for less than half a lease is no outage, for it comes back before a lease ends whose token was sent at once. Safe for
 * many threads.
 */
final class Outage {
    /** A process looks once a second whether the store is back; a pool may rest five seconds before it connects again. */
    private static final Duration LONGEST_GRACE = Duration.ofSeconds(10);

    private final Duration grace;
    private final Duration longFrom;
    private final World world;
    private Optional<Long> awaySince = Optional.empty();
    private Optional<Long> backSince = Optional.empty();

    Outage(RefreshPolicy policy, World world) {
        Duration pause = policy.guardedRetryPause();
        this.grace = pause.compareTo(LONGEST_GRACE) < 0 ? pause : LONGEST_GRACE;
        this.longFrom = policy.leaseLength().dividedBy(2);
        this.world = world;
    }

    /**
     * Notes that the store did not answer.
     *
     * @param askedAt when it was asked, by the clock that never jumps
     */
    synchronized void failed(long askedAt) {
        awaySince = Optional.of(awaySince.orElse(askedAt));
    }

    /** Notes that the store answered. */
    synchronized void answered() {
        if (isLong()) {
            begun();
        }
        awaySince = Optional.empty();
    }

    /** Notes that this process has just begun. */
    synchronized void begun() {
        backSince = Optional.of(world.nanoTime().getAsLong());
    }

    /** Returns how long missing answers are still to be waited for; zero when they are not. */
    synchronized Duration rest() {
        if (isLong()) {
            return grace;
        }
        Duration left = backSince.map(since -> grace.minus(world.since(since))).orElse(Duration.ZERO);
        return left.isPositive() ? left : Duration.ZERO;
    }

    private boolean isLong() {
        return awaySince
                .filter(since -> world.since(since).compareTo(longFrom) >= 0)
                .isPresent();
    }
}
