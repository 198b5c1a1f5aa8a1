package dev.roost.testkit;

import dev.roost.core.AccountId;
import dev.roost.core.posting.Attempt;
import dev.roost.core.posting.AttemptStore;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The attempts of a {@link MemoryStore}, away when that is. Nothing is forgotten with age. */
final class MemoryAttempts implements AttemptStore {
    private final Map<Name, Earlier> rows = new ConcurrentHashMap<>();
    private final MemoryStore store;

    MemoryAttempts(MemoryStore store) {
        this.store = store;
    }

    private record Name(String caller, AccountId account, String key) {
        static Name of(Attempt attempt) {
            return new Name(attempt.caller(), attempt.account(), attempt.key());
        }
    }

    @Override
    public Optional<Earlier> begin(Attempt attempt) {
        Earlier first = new Earlier(attempt.digest(), attempt.sentAt(), Optional.empty());
        return store.ask(() -> Optional.ofNullable(rows.putIfAbsent(Name.of(attempt), first)));
    }

    @Override
    public void published(Attempt attempt, String tweetId) {
        store.tell(() -> rows.computeIfPresent(
                Name.of(attempt), (name, row) -> new Earlier(row.digest(), row.sentAt(), Optional.of(tweetId))));
    }

    @Override
    public void forget(Attempt attempt) {
        store.tell(() -> rows.computeIfPresent(
                Name.of(attempt), (name, row) -> row.tweetId().isPresent() ? row : null));
    }
}
