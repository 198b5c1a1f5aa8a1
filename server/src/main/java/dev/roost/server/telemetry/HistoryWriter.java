package dev.roost.server.telemetry;

import dev.roost.core.EngineEvent;
import dev.roost.core.EngineEvent.Outcome;
import dev.roost.core.EngineEvent.RefreshEnded;
import dev.roost.core.EngineEvent.Subject;
import dev.roost.core.LossCause;
import dev.roost.core.StoreUnavailableException;
import dev.roost.core.overview.RefreshHistory;
import dev.roost.core.overview.RefreshHistory.Counts;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Counts the refreshes of kept accounts in this process, and adds the counts to the store every 10 seconds and at the end. The
 * engine never waits for the store: it only counts. While the store is away counting goes on, and the counts are added later; if
 * it breaks off during an addition, that one may count twice. Safe for many threads.
 */
public final class HistoryWriter implements Consumer<EngineEvent>, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(HistoryWriter.class.getName());
    private static final Duration PAUSE = Duration.ofSeconds(10);
    private static final Duration LAST = Duration.ofSeconds(10);
    /** A store that is away for days must not fill the memory: a week of steps. */
    private static final int MOST_STEPS = 2016;

    private final RefreshHistory history;
    private final String clientId;
    private final InstantSource clock;
    private final TreeMap<Instant, Sum> steps = new TreeMap<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("roost-history").factory());

    /** Counts the refreshes of this app. */
    public HistoryWriter(RefreshHistory history, String clientId, InstantSource clock) {
        this.history = history;
        this.clientId = clientId;
        this.clock = clock;
    }

    /** Writes from now on, on a thread of its own. Call it once. */
    public void start() {
        var _ = timer.scheduleWithFixedDelay(
                this::tryToWrite, PAUSE.toMillis(), PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void accept(EngineEvent event) {
        switch (event) {
            case RefreshEnded ended when ended.subject() instanceof Subject.Kept -> count(ended);
            case EngineEvent.GrantLost gone when gone.cause() instanceof LossCause.AnswerLost -> lost();
            case RefreshEnded of -> {}
            case EngineEvent.GrantLost of -> {}
            case EngineEvent.SignInEnded of -> {}
            case EngineEvent.RefreshStarted of -> {}
            case EngineEvent.AnswerSpooled of -> {}
            case EngineEvent.SpoolDrained of -> {}
            case EngineEvent.BreakerOpened of -> {}
            case EngineEvent.BreakerClosed of -> {}
        }
    }

    /**
     * Adds what was counted to the store.
     *
     * @throws StoreUnavailableException if the store does not answer; then what was not added is kept
     */
    public synchronized void write() {
        while (true) {
            Counts counts;
            synchronized (steps) {
                if (steps.isEmpty()) {
                    break;
                }
                counts = steps.firstEntry().getValue().counts(steps.firstKey());
            }
            history.add(clientId, counts);
            synchronized (steps) {
                Sum left = steps.get(counts.start());
                if (left != null && left.minus(counts)) {
                    steps.remove(counts.start());
                }
            }
        }
    }

    /** Adds what is left, and ends. Waits up to 10 seconds for an addition under way. */
    @Override
    public void close() {
        timer.shutdown();
        try {
            if (timer.awaitTermination(LAST.toMillis(), TimeUnit.MILLISECONDS)) {
                tryToWrite();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tryToWrite() {
        try {
            write();
        } catch (StoreUnavailableException e) {
            LOG.log(System.Logger.Level.DEBUG, "the history was not written, and is tried again", e);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "the history of refreshes was not written; it is tried again", e);
        }
    }

    private void count(RefreshEnded ended) {
        synchronized (steps) {
            Sum sum = current();
            sum.outcomes.merge(ended.outcome(), 1L, Long::sum);
            sum.durations[durationClass(ended.took())]++;
        }
    }

    private void lost() {
        synchronized (steps) {
            current().lost++;
        }
    }

    private Sum current() {
        long step = RefreshHistory.STEP.toMillis();
        Instant start = Instant.ofEpochMilli(Math.floorDiv(clock.millis(), step) * step);
        Sum sum = steps.computeIfAbsent(start, at -> new Sum());
        if (steps.size() > MOST_STEPS) {
            steps.pollFirstEntry();
        }
        return sum;
    }

    private static int durationClass(Duration took) {
        List<Long> bounds = RefreshHistory.BOUNDS;
        long millis = took.toMillis();
        int i = 0;
        while (i < bounds.size() && millis > bounds.get(i)) {
            i++;
        }
        return i;
    }

    /** What was counted in one step, and is not in the store. */
    private static final class Sum {
        private final Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
        private final long[] durations = new long[RefreshHistory.BOUNDS.size() + 1];
        private long lost;

        Counts counts(Instant start) {
            List<Long> took = new ArrayList<>();
            for (long count : durations) {
                took.add(count);
            }
            return new Counts(start, outcomes, lost, took);
        }

        /** Takes out what was added to the store; tells whether nothing is left. */
        boolean minus(Counts added) {
            added.outcomes().forEach((outcome, count) -> outcomes.merge(outcome, -count, Long::sum));
            outcomes.values().removeIf(count -> count == 0);
            lost -= added.lost();
            boolean empty = outcomes.isEmpty() && lost == 0;
            for (int i = 0; i < durations.length; i++) {
                durations[i] -= added.durations().get(i);
            }
            return empty;
        }
    }
}
