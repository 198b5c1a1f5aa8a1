package dev.roost.proof;

import dev.roost.core.SignInStore;
import dev.roost.core.Spool;
import dev.roost.core.TokenStore;
import dev.roost.store.Database;
import dev.roost.store.LeaseClock;
import dev.roost.store.RoostStore;
import dev.roost.testkit.MemorySpool;
import dev.roost.testkit.MemoryStore;
import java.nio.file.Path;
import java.time.InstantSource;

/** The three stores, each to be proved alike. */
enum StoreKind {
    MEMORY,
    SQLITE,
    POSTGRES;

    /** An open store with its spool. */
    record Opened(TokenStore tokens, SignInStore signIns, Spool spool, Runnable closing) implements AutoCloseable {
        @Override
        public void close() {
            closing.run();
        }
    }

    /** Opens a store that keeps its files in the folder and measures leases by the clock. */
    Opened open(Path folder, InstantSource clock) {
        return switch (this) {
            case MEMORY -> {
                MemoryStore store = new MemoryStore(clock);
                yield new Opened(store, store, new MemorySpool(), () -> {});
            }
            case SQLITE -> sql(Database.Sqlite.at(folder.resolve("roost.db")), folder, clock);
            case POSTGRES -> sql(Database.Postgres.parse(EmbeddedServer.newDatabase()), folder, clock);
        };
    }

    private static Opened sql(Database database, Path folder, InstantSource clock) {
        RoostStore store =
                RoostStore.open(database, folder.resolve("keyset.json"), clock, new LeaseClock.Injected(clock));
        return new Opened(store.tokens(), store.signIns(), store.spool(folder.resolve("spool")), store::close);
    }
}
