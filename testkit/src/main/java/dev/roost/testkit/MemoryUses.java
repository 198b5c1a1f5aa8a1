package dev.roost.testkit;

import dev.roost.core.AccountId;
import dev.roost.core.UseStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/** Last uses in memory. */
final class MemoryUses implements UseStore {
    private final InstantSource clock;
    private final ConcurrentHashMap<AccountId, Instant> uses = new ConcurrentHashMap<>();
    private final AtomicReference<Optional<Instant>> countedSince = new AtomicReference<>(Optional.empty());

    MemoryUses(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Optional<Instant> lastUse(AccountId id) {
        return Optional.ofNullable(uses.get(id)).or(countedSince::get);
    }

    @Override
    public void used(Map<AccountId, Instant> more) {
        countedSince.compareAndSet(Optional.empty(), Optional.of(clock.instant()));
        more.forEach((id, at) -> uses.merge(id, at, (old, now) -> old.isAfter(now) ? old : now));
    }
}
