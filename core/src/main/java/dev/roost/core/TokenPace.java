package dev.roost.core;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How many refreshes X takes at the moment, whichever process sends them. What it is told it must take in microseconds, and
 * it asks nobody while it is asked. Safe for many threads; never throws.
 */
public interface TokenPace {
    /** As many as come. */
    TokenPace FREE = new TokenPace() {
        @Override
        public Optional<Instant> pausedUntil() {
            return Optional.empty();
        }

        @Override
        public int room() {
            return Integer.MAX_VALUE;
        }

        @Override
        public void turnedAway(AccountId account, Optional<Duration> retryAfter) {
            // Nobody asks.
        }

        @Override
        public void answered() {
            // Nobody asks.
        }
    };

    /** Returns until when all refreshes of the app rest; empty when they do not. */
    Optional<Instant> pausedUntil();

    /** Returns how many refreshes this process may have under way at once; 0 during a pause. */
    int room();

    /**
     * Hears that X, or the network in front of it, turned a refresh away for there were too many (429 or 403), after this is
     * settled.
     *
     * @param retryAfter how long to wait if X said so
     */
    void turnedAway(AccountId account, Optional<Duration> retryAfter);

    /** Hears that X looked at a refresh and gave a verdict on its token, after this is recorded. */
    void answered();
}
