package dev.roost.core;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/**
 * At most one task per key at a time in this process. Whoever asks while one is under way gets its outcome. Safe for many
 * threads.
 *
 * @param <K> tells tasks apart by {@code equals}
 * @param <V> what comes of a task
 */
public final class Flights<K, V> {
    private final ConcurrentHashMap<K, CompletableFuture<V>> underWay = new ConcurrentHashMap<>();
    private final Executor executor;

    /**
     * Has the tasks run by this executor. With a thread for each, no caller's interrupt or deadline reaches a task; with
     * {@code Runnable::run} the first caller's thread does it.
     */
    public Flights(Executor executor) {
        this.executor = executor;
    }

    /** Joins the flight of this key, or starts one. The outcome of a task that throws is what it threw. */
    public CompletableFuture<V> join(K key, Supplier<V> task) {
        CompletableFuture<V> mine = new CompletableFuture<>();
        CompletableFuture<V> other = underWay.putIfAbsent(key, mine);
        return other == null ? begun(key, mine, task) : other.copy();
    }

    /** Starts a flight; empty, and the task is not run, if one of this key is under way. */
    Optional<CompletableFuture<V>> begin(K key, Supplier<V> task) {
        CompletableFuture<V> mine = new CompletableFuture<>();
        return underWay.putIfAbsent(key, mine) == null ? Optional.of(begun(key, mine, task)) : Optional.empty();
    }

    private CompletableFuture<V> begun(K key, CompletableFuture<V> mine, Supplier<V> task) {
        try {
            executor.execute(() -> fly(key, mine, task));
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            underWay.remove(key, mine);
            mine.completeExceptionally(e);
        }
        return mine.copy();
    }

    /**
     * Joins or starts a flight and waits for its outcome. An interrupt ends the waiting, and nothing else; whatever the task
     * throws is thrown here.
     */
    public V await(K key, Supplier<V> task) throws InterruptedException {
        try {
            return join(key, task).get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException known) {
                throw known;
            }
            throw new IllegalStateException("a task failed in a way it should not", e);
        }
    }

    /** Returns how many are under way. */
    public int count() {
        return underWay.size();
    }

    /** Returns the keys of those that are under way. */
    Set<K> keys() {
        return Set.copyOf(underWay.keySet());
    }

    /** Waits for all that are under way; false when some still are after the duration, or an interrupt came. */
    public boolean awaitLanding(Duration atMost, World.Sleeper sleeper) {
        CompletableFuture<?>[] all = underWay.values().toArray(CompletableFuture<?>[]::new);
        try {
            return sleeper.await(CompletableFuture.allOf(all), atMost);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void fly(K key, CompletableFuture<V> mine, Supplier<V> task) {
        try {
            V outcome = task.get();
            underWay.remove(key, mine);
            mine.complete(outcome);
        } catch (Throwable failure) {
            underWay.remove(key, mine);
            mine.completeExceptionally(failure);
        }
    }
}
