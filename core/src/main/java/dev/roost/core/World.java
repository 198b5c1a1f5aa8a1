package dev.roost.core;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
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
 * @param listener hears of the engine's events, on the engine's threads: it should be quick. What it throws is logged only
 * @param pace how many refreshes X takes at the moment
 */
public record World(
        Node node,
        InstantSource clock,
        LongSupplier nanoTime,
        RandomGenerator random,
        ExecutorService executor,
        Sleeper sleeper,
        Consumer<EngineEvent> listener,
        TokenPace pace) {
    /** Makes one whose refreshes are not limited together with those of others. */
    public World(
            Node node,
            InstantSource clock,
            LongSupplier nanoTime,
            RandomGenerator random,
            ExecutorService executor,
            Sleeper sleeper,
            Consumer<EngineEvent> listener) {
        this(node, clock, nanoTime, random, executor, sleeper, listener, TokenPace.FREE);
    }

    /** Makes one whose events go to the log. */
    public World(
            Node node,
            InstantSource clock,
            LongSupplier nanoTime,
            RandomGenerator random,
            ExecutorService executor,
            Sleeper sleeper) {
        this(node, clock, nanoTime, random, executor, sleeper, EngineLog.standard());
    }

    /** Returns the real world: this clock, virtual threads, real waiting, events to the log. */
    public static World real(Node node, InstantSource clock, RandomGenerator random) {
        return new World(
                node,
                clock,
                System::nanoTime,
                random,
                Executors.newVirtualThreadPerTaskExecutor(),
                duration -> Thread.sleep(duration));
    }

    /** Returns the same world, with another listener instead of this one. */
    public World heardBy(Consumer<EngineEvent> other) {
        return new World(node, clock, nanoTime, random, executor, sleeper, other, pace);
    }

    /** Returns the same world, with another pace instead of this one. */
    public World paced(TokenPace other) {
        return new World(node, clock, nanoTime, random, executor, sleeper, listener, other);
    }

    /** Waits. Whatever the engine waits for with a deadline, it waits for here: no other timer runs in it. */
    @FunctionalInterface
    public interface Sleeper {
        /** Returns after about the duration. */
        void sleep(Duration duration) throws InterruptedException;

        /**
         * Returns true as soon as the future is done, however it ended, and false after the duration. Unless a world has a
         * time of its own, this is real time.
         *
         * @throws InterruptedException if the thread is interrupted; the future goes on
         */
        default boolean await(CompletableFuture<?> future, Duration atMost) throws InterruptedException {
            try {
                var _ = future.get(nanos(atMost), TimeUnit.NANOSECONDS);
                return true;
            } catch (TimeoutException e) {
                return false;
            } catch (ExecutionException | CancellationException e) {
                return true;
            }
        }

        private static long nanos(Duration duration) {
            return TimeUnit.NANOSECONDS.convert(duration);
        }
    }

    /** Tells the listener. Whatever is wrong with it is not the engine's trouble. */
    void tell(EngineEvent event) {
        try {
            listener.accept(event);
        } catch (RuntimeException | Error e) {
            complain(e);
        }
    }

    private static void complain(Throwable failure) {
        try {
            System.getLogger(World.class.getName())
                    .log(System.Logger.Level.ERROR, "the listener of the engine failed; the engine goes on", failure);
        } catch (RuntimeException | Error ignored) {
            // The log itself may be what is broken, and the engine goes on without it.
        }
    }

    Duration since(long startNanos) {
        return Duration.ofNanos(nanoTime.getAsLong() - startNanos);
    }

    /** Waits for the future, however it ends; false if it is still open after the duration. Interrupts wait, and stay set. */
    public boolean await(CompletableFuture<?> future, Duration atMost) {
        boolean interrupted = false;
        long start = nanoTime.getAsLong();
        try {
            while (true) {
                try {
                    return sleeper.await(future, atMost.minus(interrupted ? since(start) : Duration.ZERO));
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
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
