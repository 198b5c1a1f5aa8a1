package dev.roost.cli.wiring;

import dev.roost.cli.settings.Settings;
import dev.roost.core.Spool;
import dev.roost.core.StoreUnavailableException;
import dev.roost.store.RestoreWatch;
import dev.roost.store.RoostStore;
import java.time.InstantSource;

/**
 * What Roost keeps on disk: database, keyset and spool. Some commands need no more.
 *
 * @param store the database
 * @param spool where answers rest that the database could not take
 * @param restores notices that the database was restored; it has looked once
 * @param clock Roost's clock
 */
public record Vault(RoostStore store, Spool spool, RestoreWatch restores, InstantSource clock)
        implements AutoCloseable {
    /**
     * Opens them; the first start makes them.
     *
     * @throws dev.roost.cli.settings.SettingsException if the data folder cannot be used
     * @throws dev.roost.store.StoreRefusedException if a person has to do something first
     * @throws dev.roost.core.StoreUnavailableException if the database does not answer
     */
    public static Vault open(Settings settings) {
        return open(settings, InstantSource.system());
    }

    /** Like {@link #open(Settings)}, by another clock than the system's. */
    public static Vault open(Settings settings, InstantSource time) {
        DataFolder.ensure(settings.data());
        InstantSource clock =
                settings.clockOffset().isZero() ? time : () -> time.instant().plus(settings.clockOffset());
        RoostStore store = RoostStore.open(settings.database(), settings.keysetFile(), clock);
        try {
            RestoreWatch restores = store.restoreWatch(settings.epochFile(), clock);
            restores.look();
            return new Vault(store, store.spool(settings.spool()), restores, clock);
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
    }

    /** Notes how far the database is, if it answers, and lets go of it. */
    @Override
    public void close() {
        try {
            restores.look();
        } catch (StoreUnavailableException e) {
            System.getLogger(Vault.class.getName())
                    .log(System.Logger.Level.DEBUG, "how far the database is was not noted at the end", e);
        }
        store.close();
    }
}
