package dev.roost.core;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Stops all refreshes of an app that X rejects, since each would fail the same way, and finds out by a probe that costs
 * no grant when it works again. Safe for many threads.
 */
final class AppBreaker {
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    private final TokenEndpoint endpoint;
    private final World world;
    private final ReentrantLock probing = new ReentrantLock();
    private volatile Optional<Rejection> rejection = Optional.empty();

    AppBreaker(TokenEndpoint endpoint, World world) {
        this.endpoint = endpoint;
        this.world = world;
    }

    /**
     * Why refreshes stand still.
     *
     * @param since when it was learnt or last confirmed, by the clock that never jumps
     * @param pause from then to the next probe
     */
    record Rejection(XAnswer answer, long since, Duration pause) {}

    /** Returns the rejection that stops refreshes; empty while the app works. */
    Optional<Rejection> rejection() {
        return rejection;
    }

    /** Returns about when the next probe is made. */
    Instant probeAt(Rejection rejection) {
        return world.clock().instant().plus(rejection.pause().minus(world.since(rejection.since())));
    }

    /** Notes that X rejected the app; the caller is to {@link #announce} it if this returns true. */
    boolean reject(XAnswer answer) {
        boolean opens = rejection.isEmpty();
        if (opens) {
            rejection = Optional.of(new Rejection(answer, world.nanoTime().getAsLong(), FIRST_PAUSE));
        }
        return opens;
    }

    /** Tells that refreshes stand still from now on. */
    void announce(XAnswer answer) {
        world.tell(new EngineEvent.BreakerOpened(endpoint.clientId(), answer));
    }

    /** Makes one probe if it is due and nobody else is making one, and lets refreshes go on if X accepts the app. */
    void probeIfDue() {
        Optional<Rejection> standing =
                rejection.filter(r -> world.since(r.since()).compareTo(r.pause()) >= 0);
        if (standing.isEmpty() || !probing.tryLock()) {
            return;
        }
        try {
            judge(endpoint.probe(), standing.get());
        } finally {
            probing.unlock();
        }
    }

    private void judge(Verdict verdict, Rejection standing) {
        if (verdict instanceof Verdict.GrantRefused || verdict instanceof Verdict.Rotated) {
            rejection = Optional.empty();
            world.tell(new EngineEvent.BreakerClosed(endpoint.clientId()));
            return;
        }
        Duration pause = standing.pause().multipliedBy(2);
        Duration next = pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
        rejection =
                Optional.of(new Rejection(standing.answer(), world.nanoTime().getAsLong(), next));
    }
}
