package dev.roost.testkit;

import dev.roost.core.SignInStore;
import dev.roost.core.TokenStore;
import dev.roost.core.access.ApiKeyStore;
import dev.roost.core.access.AuditStore;
import dev.roost.core.posting.AttemptStore;
import org.junit.jupiter.api.Nested;

/** The memory store keeps what every store promises. */
final class MemoryStoreTest {
    private static final StoreUnderTest MEMORY = memory();

    @Nested
    final class Tokens extends TokenStoreContract {
        @Override
        protected StoreUnderTest store() {
            return MEMORY;
        }
    }

    @Nested
    final class Leases extends LeaseContract {
        @Override
        protected StoreUnderTest store() {
            return MEMORY;
        }
    }

    @Nested
    final class SignIns extends SignInStoreContract {
        @Override
        protected StoreUnderTest store() {
            return MEMORY;
        }
    }

    @Nested
    final class Imports extends ImportContract {
        @Override
        protected StoreUnderTest store() {
            return MEMORY;
        }
    }

    @Nested
    final class Holdings extends HoldingContract {
        @Override
        protected StoreUnderTest store() {
            return MEMORY;
        }
    }

    @Nested
    final class Admissions extends AdmissionContract {
        @Override
        protected StoreUnderTest store() {
            return MEMORY;
        }
    }

    @Nested
    final class ApiKeys extends ApiKeyContract {
        @Override
        protected StoreUnderTest store() {
            return MEMORY;
        }
    }

    @Nested
    final class Audit extends AuditContract {
        @Override
        protected StoreUnderTest store() {
            return MEMORY;
        }
    }

    @Nested
    final class Attempts extends AttemptContract {
        @Override
        protected StoreUnderTest store() {
            return MEMORY;
        }
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
            public ManualClock clock() {
                return clock;
            }

            @Override
            public void reopen() {}
        };
    }
}
