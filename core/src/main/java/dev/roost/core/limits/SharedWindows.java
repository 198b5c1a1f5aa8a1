package dev.roost.core.limits;

import dev.roost.core.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/**
 * The memory of an app's windows in this process, exchanged with the store at most once a second and never by the thread
 * of whoever asks. While the store is away this process goes by what it knows, and tells the store afterwards. Safe for
 * many threads.
 */
public final class SharedWindows {
    private static final System.Logger LOG = System.getLogger(SharedWindows.class.getName());
    private static final Duration FRESH_FOR = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofMillis(100);
    private static final Duration COUNTED_FOR = Duration.ofMinutes(1);

    private final RateStore store;
    private final String clientId;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final Executor executor;
    private final ConcurrentHashMap<RateWindow.Key, RateWindow> known = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<RateWindow.Key, RateWindow> untold = new ConcurrentHashMap<>();
    private volatile long accounts = 1;
    private volatile boolean isStoreUp = true;
    private volatile boolean isCountWanted;
    private Optional<Long> countedAt = Optional.empty();
    private Optional<Long> exchangedAt = Optional.empty();
    private boolean isAnotherComing;
    private CompletableFuture<Void> exchange = CompletableFuture.completedFuture(null);

    /**
     * Knows nothing yet.
     *
     * @param nanoTime a clock that never jumps
     * @param executor asks the store
     */
    public SharedWindows(
            RateStore store, String clientId, InstantSource clock, LongSupplier nanoTime, Executor executor) {
        this.store = store;
        this.clientId = clientId;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.executor = executor;
    }

    Instant now() {
        return clock.instant();
    }

    /** Returns the last that is known of a window; it may be over. */
    Optional<RateWindow> last(RateWindow.Key key) {
        return Optional.ofNullable(known.get(key));
    }

    /** Returns how many accounts share the app, counted once a minute from now on; 1 until the first count. */
    long accounts() {
        isCountWanted = true;
        return accounts;
    }

    /** Learns something that the others should know too, unless it is known already. */
    void learn(RateWindow window) {
        Instant now = now();
        RateWindow kept = known.merge(window.key(), window, (before, told) -> RateWindow.stricter(before, told, now));
        if (kept.equals(window)) {
            untold.put(window.key(), window);
            var _ = exchange(true);
        }
    }

    /** Begins to ask the store if that is due, and waits for nothing. */
    void prompt() {
        var _ = exchange(false);
    }

    /** Asks the store if that is due, and waits a little unless it did not answer last time. */
    void catchUp() {
        CompletableFuture<Void> running = exchange(false);
        if (!isStoreUp || running.isDone()) {
            return;
        }
        try {
            running.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            isStoreUp = false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized CompletableFuture<Void> exchange(boolean atOnce) {
        long time = nanoTime.getAsLong();
        if (exchange.isDone() && (atOnce || isOver(exchangedAt, FRESH_FOR, time))) {
            exchangedAt = Optional.of(time);
            exchange = after(CompletableFuture.completedFuture(null));
        } else if (atOnce && !isAnotherComing) {
            isAnotherComing = true;
            exchange = after(exchange);
        }
        return exchange;
    }

    private CompletableFuture<Void> after(CompletableFuture<Void> before) {
        try {
            return before.thenRunAsync(this::talk, executor);
        } catch (RejectedExecutionException stopping) {
            return CompletableFuture.completedFuture(null);
        }
    }

    private static boolean isOver(Optional<Long> since, Duration length, long now) {
        return since.filter(at -> now - at >= 0 && now - at < length.toNanos()).isEmpty();
    }

    private synchronized void begins() {
        isAnotherComing = false;
    }

    private void talk() {
        begins();
        try {
            tellAndAsk();
            count();
            isStoreUp = true;
        } catch (StoreUnavailableException e) {
            isStoreUp = false;
            LOG.log(System.Logger.Level.DEBUG, "X's limits were not exchanged; this process goes by its own", e);
        } catch (RuntimeException e) {
            isStoreUp = false;
            LOG.log(System.Logger.Level.ERROR, "X's limits were not exchanged; this process goes by its own", e);
        } finally {
            forgetOld(now());
        }
    }

    private void tellAndAsk() {
        Instant now = now();
        List<RateWindow> news = new ArrayList<>(untold.values());
        if (!news.isEmpty()) {
            store.note(clientId, news, now);
            news.forEach(told -> untold.remove(told.key(), told));
        }
        // What lies further ahead than it can was written by a clock that is ahead.
        store.live(clientId, now).stream()
                .filter(told -> told.isPlausible(now))
                .forEach(told ->
                        known.merge(told.key(), told, (before, other) -> RateWindow.stricter(before, other, now)));
    }

    private void count() {
        long time = nanoTime.getAsLong();
        if (isCountWanted && isOver(countedAt, COUNTED_FOR, time)) {
            accounts = Math.max(1, store.accounts(clientId));
            countedAt = Optional.of(time);
        }
    }

    /** Pauses stay for an hour longer, since the next one may be twice as long. */
    private void forgetOld(Instant now) {
        Instant longAgo = now.minus(LimitSpan.PAUSE.length());
        known.values()
                .removeIf(window -> !window.resetsAt().isAfter(longAgo)
                        || (window.key().span() != LimitSpan.PAUSE && !window.isLive(now)));
        untold.values().removeIf(window -> !window.isLive(now));
    }
}
