package dev.roost.core;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * When accounts were last used, by any process. Every method throws {@link StoreUnavailableException} when the store cannot
 * answer. Safe for many threads and processes.
 */
public interface UseStore {
    /** Knows of no use, and keeps none. */
    UseStore NONE = new UseStore() {
        @Override
        public Optional<Instant> lastUse(AccountId id) {
            return Optional.empty();
        }

        @Override
        public void used(Map<AccountId, Instant> uses) {}
    };

    /**
     * Returns when an account was last used as far as was written, but never before uses were first counted here; empty when
     * they were never counted.
     */
    Optional<Instant> lastUse(AccountId id);

    /** Notes uses; an older one never replaces a newer one. Accounts that do not exist are left out. */
    void used(Map<AccountId, Instant> uses);
}
