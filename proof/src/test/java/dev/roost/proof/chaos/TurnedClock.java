package dev.roost.proof.chaos;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The system's clock, put forward or back while it runs. Safe for many threads. */
final class TurnedClock implements InstantSource {
    private volatile Duration offset = Duration.ZERO;

    void turnTo(Duration now) {
        offset = now;
    }

    @Override
    public Instant instant() {
        return Instant.now().plus(offset);
    }
}
