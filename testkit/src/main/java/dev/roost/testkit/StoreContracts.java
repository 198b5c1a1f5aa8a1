package dev.roost.testkit;

import org.junit.jupiter.api.Nested;

/** What every store promises, contract by contract. A subclass names the store; all contracts share it. */
public abstract class StoreContracts {
    /** Returns the store under test, the same one each time. */
    protected abstract StoreUnderTest store();

    /** Grants. */
    @Nested
    final class Tokens extends TokenStoreContract {
        @Override
        protected StoreUnderTest store() {
            return StoreContracts.this.store();
        }
    }

    /** Leases whose owner is gone. */
    @Nested
    final class SilentLeases extends SilentLeaseContract {
        @Override
        protected StoreUnderTest store() {
            return StoreContracts.this.store();
        }
    }

    /** Leases. */
    @Nested
    final class Leases extends LeaseContract {
        @Override
        protected StoreUnderTest store() {
            return StoreContracts.this.store();
        }
    }

    /** Leases on what is due. */
    @Nested
    final class Claims extends ClaimContract {
        @Override
        protected StoreUnderTest store() {
            return StoreContracts.this.store();
        }
    }

    /** Sign-ins. */
    @Nested
    final class SignIns extends SignInStoreContract {
        @Override
        protected StoreUnderTest store() {
            return StoreContracts.this.store();
        }
    }

    /** Imports. */
    @Nested
    final class Imports extends ImportContract {
        @Override
        protected StoreUnderTest store() {
            return StoreContracts.this.store();
        }
    }

    /** Whose a token is. */
    @Nested
    final class Holdings extends HoldingContract {
        @Override
        protected StoreUnderTest store() {
            return StoreContracts.this.store();
        }
    }

    /** Sign-ins that end. */
    @Nested
    final class Admissions extends AdmissionContract {
        @Override
        protected StoreUnderTest store() {
            return StoreContracts.this.store();
        }
    }

    /** API keys. */
    @Nested
    final class ApiKeys extends ApiKeyContract {
        @Override
        protected StoreUnderTest store() {
            return StoreContracts.this.store();
        }
    }

    /** How refreshes went. */
    @Nested
    final class History extends HistoryContract {
        @Override
        protected StoreUnderTest store() {
            return StoreContracts.this.store();
        }
    }

    /** The logs of the accounts. */
    @Nested
    final class Events extends EventLogContract {
        @Override
        protected StoreUnderTest store() {
            return StoreContracts.this.store();
        }
    }

    /** The audit trail. */
    @Nested
    final class Audit extends AuditContract {
        @Override
        protected StoreUnderTest store() {
            return StoreContracts.this.store();
        }
    }

    /** Attempts to publish. */
    @Nested
    final class Attempts extends AttemptContract {
        @Override
        protected StoreUnderTest store() {
            return StoreContracts.this.store();
        }
    }

    /** Finding accounts. */
    @Nested
    final class Search extends AccountSearchContract {
        @Override
        protected StoreUnderTest store() {
            return StoreContracts.this.store();
        }
    }

    /** Apps that X rejects. */
    @Nested
    final class Apps extends AppStateContract {
        @Override
        protected StoreUnderTest store() {
            return StoreContracts.this.store();
        }
    }
}
