package dev.roost.server.telemetry;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Something that takes time to read: read now and then and never on the thread of whoever asks, so that a store that hangs holds
 * up nobody for more than a second. What was read last stays. Safe for many threads.
 *
 * @param <T> what is read
 */
public final class Lately<T> {
    private static final System.Logger LOG = System.getLogger(Lately.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Supplier<T> source;
    private final Duration trustedFor;
    private final InstantSource clock;
    private final Executor executor;
    private volatile Optional<Read<T>> last = Optional.empty();
    private volatile boolean isUp;
    private Optional<Instant> askedAt = Optional.empty();
    private CompletableFuture<Void> reading = CompletableFuture.completedFuture(null);

    /**
     * What was read, and when.
     *
     * @param <T> what it is
     */
    public record Read<T>(T value, Instant at) {}

    /**
     * Reads from there.
     *
     * @param source may block, and throw
     * @param trustedFor what was read is not read again within this time, unless {@link #renew} asks for it
     * @param executor runs the source
     */
    public Lately(Supplier<T> source, Duration trustedFor, InstantSource clock, Executor executor) {
        this.source = source;
        this.trustedFor = trustedFor;
        this.clock = clock;
        this.executor = executor;
    }

    /** Returns what was read last; empty until a first read succeeded. Waits for nothing. */
    public Optional<T> last() {
        return last.map(Read::value);
    }

    /** Returns what was read last, with the time. Waits for nothing. */
    public Optional<Read<T>> lastRead() {
        return last;
    }

    /** Reads again if that is due, waits for it, but not for long, and returns what was read last. Throws nothing. */
    public Optional<T> get() {
        return get(PATIENCE);
    }

    /** Like {@link #get()}, and waits no longer than this. */
    public Optional<T> get(Duration patience) {
        await(reading(false), patience);
        return last();
    }

    /** Begins to read again if that is due, and waits for nothing. */
    public void prompt() {
        var _ = reading(false);
    }

    /** Reads again, whenever it was read; waits for it, but not for long. Throws nothing. */
    public void renew() {
        // One that is under way may have begun before what the caller wants to see.
        await(underWay(), PATIENCE);
        await(reading(true), PATIENCE);
    }

    /** Tells whether the last read succeeded, and in time. */
    public boolean isUp() {
        return isUp;
    }

    /** One read at a time: a store that hangs is not asked by one thread more each time somebody wants to know. */
    private synchronized CompletableFuture<Void> reading(boolean now) {
        Instant time = clock.instant();
        boolean isFresh = askedAt.filter(at -> !time.isBefore(at) && time.isBefore(at.plus(trustedFor)))
                .isPresent();
        if (reading.isDone() && (now || !isFresh)) {
            askedAt = Optional.of(time);
            reading = started();
        }
        return reading;
    }

    private synchronized CompletableFuture<Void> underWay() {
        return reading;
    }

    private CompletableFuture<Void> started() {
        try {
            return CompletableFuture.runAsync(this::read, executor);
        } catch (RejectedExecutionException stopped) {
            return CompletableFuture.failedFuture(stopped);
        }
    }

    private void await(CompletableFuture<Void> read, Duration patience) {
        try {
            read.get(Math.max(0, patience.toMillis()), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            isUp = false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void read() {
        try {
            Instant at = clock.instant();
            last = Optional.of(new Read<>(source.get(), at));
            isUp = true;
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "it was not read; what was read before stays", e);
            isUp = false;
        }
    }
}
