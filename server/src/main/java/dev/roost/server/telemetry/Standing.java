package dev.roost.server.telemetry;

import dev.roost.core.AccountFigures;
import dev.roost.core.KeeperHealth;
import dev.roost.core.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * How the accounts and the engine stand, read at most every 5 seconds and never on the thread of whoever asks: a store
 * that hangs holds up nobody for more than a second. While it is away the last figures stay. Safe for many threads.
 */
final class Standing {
    private static final System.Logger LOG = System.getLogger(Standing.class.getName());
    private static final Duration TRUSTED_FOR = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Function<Instant, AccountFigures> store;
    private final Supplier<KeeperHealth> keeper;
    private final InstantSource clock;
    private final Executor executor;
    private volatile Optional<AccountFigures> figures = Optional.empty();
    private volatile Optional<KeeperHealth> health = Optional.empty();
    private volatile boolean storeUp;
    private Instant readAt = Instant.MIN;
    private CompletableFuture<Void> reading = CompletableFuture.completedFuture(null);

    Standing(
            Function<Instant, AccountFigures> store,
            Supplier<KeeperHealth> keeper,
            InstantSource clock,
            Executor executor) {
        this.store = store;
        this.keeper = keeper;
        this.clock = clock;
        this.executor = executor;
    }

    /** Returns the last figures; empty until the store has answered once. */
    Optional<AccountFigures> figures() {
        return figures;
    }

    /** Returns how the engine fared; empty until it has been asked once. */
    Optional<KeeperHealth> health() {
        return health;
    }

    /** Tells whether the store answered when it was last asked, and in time. */
    boolean isStoreUp() {
        return storeUp;
    }

    /** Reads again if that is due, and waits for it, but not for long. Throws nothing. */
    void refresh() {
        try {
            readingNow().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            storeUp = false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "the figures were not read", e);
            storeUp = false;
        }
    }

    /** One read at a time: a store that hangs is not asked by one thread more with each scrape. */
    private synchronized CompletableFuture<Void> readingNow() {
        Instant now = clock.instant();
        boolean fresh = !now.isBefore(readAt) && now.isBefore(trustedUntil());
        if (reading.isDone() && !fresh) {
            readAt = now;
            reading = CompletableFuture.runAsync(this::read, executor);
        }
        return reading;
    }

    private Instant trustedUntil() {
        return readAt.equals(Instant.MIN) ? readAt : readAt.plus(TRUSTED_FOR);
    }

    /** The engine first: its spool matters most when the store does not answer. */
    private void read() {
        try {
            health = Optional.of(keeper.get());
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "the spool could not be read", e);
        }
        try {
            figures = Optional.of(store.apply(clock.instant()));
            storeUp = true;
        } catch (StoreUnavailableException e) {
            storeUp = false;
        }
    }
}
