package dev.roost.store;

import dev.roost.core.AppStates;
import dev.roost.core.SignInStore;
import dev.roost.core.TokenStore;
import dev.roost.core.access.ApiKeyStore;
import dev.roost.core.access.AuditStore;
import dev.roost.core.journal.EventLog;
import dev.roost.core.overview.AccountSearch;
import dev.roost.core.overview.RefreshHistory;
import dev.roost.core.posting.AttemptStore;
import dev.roost.testkit.ManualClock;
import dev.roost.testkit.StoreUnderTest;
import java.nio.file.Path;

/** An open store with its clock, which can be closed and opened again. */
final class StoreFixture implements StoreUnderTest, AutoCloseable {
    final ManualClock clock = new ManualClock();
    private final Database database;
    private final Path keyset;
    private RoostStore store;

    StoreFixture(Database database, Path keyset) {
        this.database = database;
        this.keyset = keyset;
        this.store = open();
    }

    static StoreFixture sqlite(Path folder) {
        return new StoreFixture(Database.Sqlite.at(folder.resolve("roost.db")), folder.resolve("keyset.json"));
    }

    Database database() {
        return database;
    }

    RoostStore store() {
        return store;
    }

    @Override
    public TokenStore tokens() {
        return store.tokens();
    }

    @Override
    public SignInStore signIns() {
        return store.signIns();
    }

    @Override
    public ApiKeyStore apiKeys() {
        return store.apiKeys();
    }

    @Override
    public AttemptStore attempts() {
        return store.attempts();
    }

    @Override
    public AuditStore audit() {
        return store.audit();
    }

    @Override
    public AppStates appStates() {
        return store.appStates();
    }

    @Override
    public RefreshHistory history() {
        return store.history();
    }

    @Override
    public AccountSearch search() {
        return store.search();
    }

    @Override
    public EventLog events() {
        return store.events();
    }

    @Override
    public ManualClock clock() {
        return clock;
    }

    @Override
    public void reopen() {
        store.close();
        store = open();
    }

    private RoostStore open() {
        return RoostStore.open(database, keyset, clock, new LeaseClock.Injected(clock));
    }

    @Override
    public void close() {
        store.close();
    }
}
