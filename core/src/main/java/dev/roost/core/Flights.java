package dev.roost.core;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * At most one refresh per account at a time in this process. Whoever asks while one is under way gets its outcome. A
 * flight runs on its own thread: no caller's interrupt or deadline reaches it. Safe for many threads.
 */
final class Flights {
    private final ConcurrentHashMap<AccountId, CompletableFuture<RefreshOutcome>> underWay = new ConcurrentHashMap<>();
    private final ExecutorService executor;

    Flights(ExecutorService executor) {
        this.executor = executor;
    }

    /** Joins the flight of this account, or starts one. */
    CompletableFuture<RefreshOutcome> join(AccountId id, Supplier<RefreshOutcome> refresh) {
        CompletableFuture<RefreshOutcome> mine = new CompletableFuture<>();
        CompletableFuture<RefreshOutcome> other = underWay.putIfAbsent(id, mine);
        if (other != null) {
            return other.copy();
        }
        try {
            executor.execute(() -> fly(id, mine, refresh));
        } catch (RejectedExecutionException e) {
            underWay.remove(id, mine);
            mine.completeExceptionally(e);
        }
        return mine.copy();
    }

    /** Returns how many are under way. */
    int count() {
        return underWay.size();
    }

    /** Waits for all that are under way; false when some still are after the duration. */
    boolean awaitLanding(Duration atMost) {
        CompletableFuture<?>[] all = underWay.values().toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(all)
                    .handle((outcome, failure) -> true)
                    .get(atMost.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a handled future failed", e);
        }
    }

    private void fly(AccountId id, CompletableFuture<RefreshOutcome> mine, Supplier<RefreshOutcome> refresh) {
        try {
            RefreshOutcome outcome = refresh.get();
            underWay.remove(id, mine);
            mine.complete(outcome);
        } catch (Throwable failure) {
            underWay.remove(id, mine);
            mine.completeExceptionally(failure);
        }
    }
}
