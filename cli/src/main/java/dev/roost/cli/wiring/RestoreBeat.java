package dev.roost.cli.wiring;

import dev.roost.core.StoreUnavailableException;
import dev.roost.store.Quarantine;
import dev.roost.store.RestoreWatch;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Looks every second whether the database was restored. A database that does not answer says nothing. */
public final class RestoreBeat implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(RestoreBeat.class.getName());
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration LAST = Duration.ofSeconds(2);

    private final RestoreWatch watch;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("roost-restore-watch").factory());

    private RestoreBeat(RestoreWatch watch) {
        this.watch = watch;
    }

    /** Starts on a thread of its own, and says in the log when accounts of the app are in quarantine. */
    public static RestoreBeat start(Roost roost) {
        Vault vault = roost.vault();
        Quarantine.Held held = vault.store()
                .quarantine()
                .held(roost.endpoint().clientId(), vault.clock().instant());
        if (held.accounts() > 0) {
            LOG.log(
                    Level.WARNING,
                    "{0} accounts are not refreshed, for the database was restored from a backup; see: roost quarantine show",
                    Long.toString(held.accounts()));
        }
        RestoreBeat beat = new RestoreBeat(vault.restores());
        var _ = beat.timer.scheduleWithFixedDelay(
                beat::look, PAUSE.toMillis(), PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        return beat;
    }

    @Override
    public void close() {
        // Not interrupted: a look that is cut off while it writes its file looks like a broken disk in the log.
        timer.shutdown();
        try {
            var _ = timer.awaitTermination(LAST.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        try {
            watch.look();
        } catch (StoreUnavailableException e) {
            LOG.log(Level.DEBUG, "whether the database was restored cannot be seen while it is away", e);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "whether the database was restored cannot be seen", e);
        }
    }
}
