package dev.roost.testkit;

import dev.roost.core.AccountId;
import dev.roost.core.UseStore;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Last uses in memory. */
final class MemoryUses implements UseStore {
    private final ConcurrentHashMap<AccountId, Instant> uses = new ConcurrentHashMap<>();

    @Override
    public Optional<Instant> lastUse(AccountId id) {
        return Optional.ofNullable(uses.get(id));
    }

    @Override
    public void used(Map<AccountId, Instant> more) {
        more.forEach((id, at) -> uses.merge(id, at, (old, now) -> old.isAfter(now) ? old : now));
    }
}
