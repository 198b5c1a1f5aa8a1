package dev.roost.server.telemetry;

import dev.roost.core.AccountFigures;
import dev.roost.core.KeeperHealth;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * How the accounts and the engine stand, read at most every 5 seconds and never on the thread of whoever asks. While the store is
 * away the last figures stay. Safe for many threads.
 */
public final class Standing {
    private static final Duration TRUSTED_FOR = Duration.ofSeconds(5);

    private final Lately<AccountFigures> figures;
    private final Lately<KeeperHealth> health;

    /**
     * Reads from there.
     *
     * @param store counts the accounts; may block, and throw {@link dev.roost.core.StoreUnavailableException}
     * @param keeper of the engine; may block
     * @param executor runs what may block
     */
    public Standing(
            Function<Instant, AccountFigures> store,
            Supplier<KeeperHealth> keeper,
            InstantSource clock,
            Executor executor) {
        this.figures = new Lately<>(() -> store.apply(clock.instant()), TRUSTED_FOR, clock, executor);
        this.health = new Lately<>(keeper, TRUSTED_FOR, clock, executor);
    }

    /** Returns the last figures; empty until the store has answered once. */
    public Optional<AccountFigures> figures() {
        return figures.last();
    }

    /** Returns how the engine fared; empty until it has been asked once. */
    public Optional<KeeperHealth> health() {
        return health.last();
    }

    /** Tells whether the store answered when it was last asked, and in time. */
    public boolean isStoreUp() {
        return figures.isUp();
    }

    /** Returns when the figures were read; empty until the store has answered once. */
    public Optional<Instant> readAt() {
        return figures.lastRead().map(Lately.Read::at);
    }

    /** Reads again if that is due, and waits for it, but not for long. */
    public void refresh() {
        figures.prompt();
        var _ = health.get();
        var _ = figures.get();
    }

    /** Begins to read again if that is due, and waits for nothing. */
    public void prompt() {
        figures.prompt();
        health.prompt();
    }

    /** Reads again, for something has changed; waits for it, but not for long. */
    public void renew() {
        health.renew();
        figures.renew();
    }
}
