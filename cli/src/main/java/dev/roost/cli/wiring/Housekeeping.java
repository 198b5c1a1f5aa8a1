package dev.roost.cli.wiring;

import dev.roost.core.StoreUnavailableException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Deletes what is old: the first time a minute after the start, then every hour. Of several processes, one does it. */
public final class Housekeeping implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Housekeeping.class.getName());
    private static final Duration FIRST = Duration.ofMinutes(1);
    private static final Duration PAUSE = Duration.ofHours(1);
    private static final Duration LAST = Duration.ofSeconds(3);
    private static final Duration TURN = Duration.ofMinutes(50);

    private final List<Chore> chores;
    private final Turn turn;
    private final InstantSource clock;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("roost-housekeeping").factory());

    /**
     * Makes one that does these chores.
     *
     * @param turn says which of several processes does them
     */
    public Housekeeping(List<Chore> chores, Turn turn, InstantSource clock) {
        this.chores = List.copyOf(chores);
        this.turn = turn;
        this.clock = clock;
    }

    /**
     * One thing to do.
     *
     * @param what is deleted, for the log
     * @param kept for how long it is kept
     * @param sweep deletes it
     */
    public record Chore(String what, Duration kept, Sweep sweep) {}

    /** Deletes what is older, and returns how much that was; ends early when its thread is interrupted. */
    @FunctionalInterface
    public interface Sweep {
        /** Deletes what is from before this moment. */
        long olderThan(Instant before);
    }

    /** Who does it. */
    @FunctionalInterface
    public interface Turn {
        /** Takes the turn for so long; false when another has it. */
        boolean take(Instant now, Duration length);
    }

    /** Starts, on a thread of its own. */
    public void start() {
        var _ = timer.scheduleWithFixedDelay(this::quietly, FIRST.toMillis(), PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Does everything once, if it has the turn. What fails is logged, and stops nothing else.
     *
     * @throws StoreUnavailableException if the store is away when it asks for the turn
     */
    public void round() {
        Instant now = clock.instant();
        if (!turn.take(now, TURN)) {
            return;
        }
        chores.forEach(chore -> quietly(chore, now));
    }

    /** Ends, after the batch under way; waits 3 seconds at most for that. */
    @Override
    public void close() {
        timer.shutdownNow();
        try {
            if (!timer.awaitTermination(LAST.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.log(Level.WARNING, "old rows are still being deleted");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void quietly() {
        quietly("old rows", this::round);
    }

    private static void quietly(Chore chore, Instant now) {
        quietly(chore.what(), () -> {
            long deleted = chore.sweep().olderThan(now.minus(chore.kept()));
            if (deleted > 0) {
                LOG.log(
                        Level.INFO,
                        "deleted {0} {1}, older than {2}",
                        Long.toString(deleted),
                        chore.what(),
                        chore.kept());
            }
        });
    }

    private static void quietly(String what, Runnable work) {
        try {
            work.run();
        } catch (StoreUnavailableException e) {
            LOG.log(
                    Level.WARNING,
                    "old rows were not deleted ({0}): {1}; it is tried again in an hour",
                    what,
                    e.getMessage());
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "old rows were not deleted (" + what + "); it is tried again in an hour", e);
        }
    }
}
