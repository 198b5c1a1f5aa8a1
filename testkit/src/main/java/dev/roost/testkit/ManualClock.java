package dev.roost.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands still until a test turns it. Safe for many threads. */
public final class ManualClock implements InstantSource {
    /** Where a clock starts unless told otherwise: an ordinary moment, so that no test passes for being near zero. */
    public static final Instant START = Instant.parse("2026-11-22T12:00:00Z");

    private final AtomicReference<Instant> now;

    /** Starts at {@link #START}. */
    public ManualClock() {
        this(START);
    }

    /** Starts at the given moment. */
    public ManualClock(Instant start) {
        now = new AtomicReference<>(start);
    }

    @Override
    public Instant instant() {
        return now.get();
    }

    /** Turns the clock on (or back, for a negative amount) and returns the new time. */
    public Instant advance(Duration amount) {
        return now.updateAndGet(instant -> instant.plus(amount));
    }

    /** Sets the clock. */
    public void set(Instant instant) {
        now.set(instant);
    }
}
