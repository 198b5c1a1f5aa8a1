package dev.roost.bench.run;

import dev.roost.core.Engine;
import dev.roost.core.EngineEvent;
import dev.roost.core.Node;
import dev.roost.core.RefreshPolicy;
import dev.roost.core.World;
import dev.roost.store.RoostStore;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** A running engine that counts what it has rotated and recorded. Safe for many threads. */
final class Cycle implements AutoCloseable {
    private static final Duration LANDING = Duration.ofSeconds(30);

    private final LongAdder rotated = new LongAdder();
    private final World world;
    private final Engine engine;

    /**
     * Assembles one; it is not started.
     *
     * @param ahead how far its clock is ahead
     * @param concurrency how many refreshes run at once
     */
    Cycle(RoostStore store, Path spool, ScriptedX x, Duration ahead, int concurrency) {
        SecureRandom random = new SecureRandom();
        InstantSource clock = () -> InstantSource.system().instant().plus(ahead);
        this.world = World.real(Node.named("bench", random), clock, random).heardBy(this::hear);
        this.engine =
                Engine.assemble(store.tokens(), store.signIns(), store.spool(spool), x, x, policy(concurrency), world);
    }

    /** Starts the engine's own scheduler. */
    void start() {
        engine.scheduler().start();
    }

    long rotated() {
        return rotated.sum();
    }

    /** Lets it work from now on; returns the rotations in a second, from the first until time or work is over. */
    double rate(Duration time, long atMost) throws InterruptedException {
        start();
        while (rotated() == 0) {
            Thread.sleep(1);
        }
        long before = rotated();
        long begin = System.nanoTime();
        long end = begin + time.toNanos();
        long now = begin;
        while (now < end && rotated() < atMost) {
            Thread.sleep(2);
            now = System.nanoTime();
        }
        return (rotated() - before) / ((now - begin) / 1e9);
    }

    private void hear(EngineEvent event) {
        if (event instanceof EngineEvent.RefreshEnded ended && ended.outcome() == EngineEvent.Outcome.ROTATED) {
            rotated.increment();
        }
    }

    private static RefreshPolicy policy(int concurrency) {
        RefreshPolicy usual = RefreshPolicy.DEFAULT;
        return new RefreshPolicy(
                usual.refreshAheadMost(),
                usual.refreshAheadLeast(),
                usual.minRemaining(),
                usual.connectDeadline(),
                usual.answerDeadline(),
                usual.leaseLength(),
                usual.guardedRetryPause(),
                usual.firstBackoff(),
                usual.longestBackoff(),
                usual.spoolAfter(),
                concurrency);
    }

    @Override
    public void close() {
        if (!engine.stop(LANDING)) {
            throw new IllegalStateException("a refresh was still under way after " + LANDING);
        }
        // Threads that are interrupted while they talk to the database break their connections.
        world.executor().shutdown();
        try {
            if (!world.executor().awaitTermination(LANDING.toSeconds(), TimeUnit.SECONDS)) {
                var _ = world.executor().shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
