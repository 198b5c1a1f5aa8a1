package dev.roost.core;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * What the engine takes from outside, so that a test can bring its own.
 *
 * @param node the process
 * @param clock the time of day
 * @param nanoTime a clock that never jumps, in nanoseconds from an arbitrary start
 * @param random for identifiers, states and verifiers; must be unpredictable
 * @param executor runs refreshes and waits; one virtual thread per task
 * @param sleeper how to wait
 */
public record World(
        Node node,
        InstantSource clock,
        LongSupplier nanoTime,
        RandomGenerator random,
        ExecutorService executor,
        Sleeper sleeper) {

    /** Returns the real world: this clock, virtual threads, real waiting. */
    public static World real(Node node, InstantSource clock, RandomGenerator random) {
        return new World(
                node,
                clock,
                System::nanoTime,
                random,
                Executors.newVirtualThreadPerTaskExecutor(),
                duration -> Thread.sleep(duration));
    }

    /** Waits. */
    @FunctionalInterface
    public interface Sleeper {
        /** Returns after about the duration. */
        void sleep(Duration duration) throws InterruptedException;
    }

    Duration since(long startNanos) {
        return Duration.ofNanos(nanoTime.getAsLong() - startNanos);
    }

    /** Waits; an interrupt ends the wait and stays set. */
    void pause(Duration duration) {
        try {
            sleeper.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
