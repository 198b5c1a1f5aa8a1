package dev.roost.simulator;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Real time, plus however far it was turned ahead. Safe for several threads. */
final class SimulatedClock {

    private final InstantSource base;
    private Duration ahead = Duration.ZERO;

    SimulatedClock(InstantSource base) {
        this.base = base;
    }

    synchronized Instant now() {
        return base.instant().plus(ahead);
    }

    /**
     * Turns the clock ahead.
     *
     * @throws IllegalArgumentException when {@code by} is negative
     */
    synchronized void advance(Duration by) {
        if (by.isNegative()) {
            throw new IllegalArgumentException("cannot turn the clock by " + by
                    + "; allowed: zero or more, as in PT2H; start another simulator to go back");
        }
        ahead = ahead.plus(by);
    }
}
