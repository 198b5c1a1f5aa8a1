package dev.roost.testkit;

import dev.roost.core.AppStates;
import dev.roost.core.SignInStore;
import dev.roost.core.TokenStore;
import dev.roost.core.access.ApiKeyStore;
import dev.roost.core.access.AuditStore;
import dev.roost.core.journal.EventLog;
import dev.roost.core.overview.AccountSearch;
import dev.roost.core.overview.RefreshHistory;
import dev.roost.core.posting.AttemptStore;

/** The memory store keeps what every store promises. */
final class MemoryStoreTest extends StoreContracts {
    private static final StoreUnderTest MEMORY = memory();

    @Override
    protected StoreUnderTest store() {
        return MEMORY;
    }

    private static StoreUnderTest memory() {
        ManualClock clock = new ManualClock();
        MemoryStore store = new MemoryStore(clock);
        return new StoreUnderTest() {
            @Override
            public TokenStore tokens() {
                return store;
            }

            @Override
            public SignInStore signIns() {
                return store;
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
            public AppStates appStates() {
                return store.appStates();
            }

            @Override
            public ManualClock clock() {
                return clock;
            }

            @Override
            public void reopen() {}
        };
    }
}
