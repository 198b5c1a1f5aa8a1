package dev.roost.testkit;

import dev.roost.core.access.ApiKey;
import dev.roost.core.access.ApiKeyStore;
import dev.roost.core.access.KeyDigest;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The API keys of a {@link MemoryStore}, away when that is. */
final class MemoryApiKeys implements ApiKeyStore {
    private final ConcurrentHashMap<String, Stored> rows = new ConcurrentHashMap<>();
    private final MemoryStore store;

    MemoryApiKeys(MemoryStore store) {
        this.store = store;
    }

    @Override
    public void add(ApiKey key, KeyDigest digest) {
        store.tell(() -> {
            Stored known = rows.putIfAbsent(key.id(), new Stored(key, digest));
            if (known != null && !known.digest().equals(digest)) {
                throw new IllegalStateException("there is another API key with the id " + key.id());
            }
        });
    }

    @Override
    public Optional<Stored> find(String id) {
        return store.ask(() -> Optional.ofNullable(rows.get(id)));
    }

    @Override
    public List<ApiKey> all() {
        return store.ask(() -> rows.values().stream()
                .map(Stored::key)
                .sorted(Comparator.comparing(ApiKey::createdAt).thenComparing(ApiKey::id))
                .toList());
    }

    @Override
    public boolean revoke(String id, Instant at) {
        return store.ask(() ->
                rows.computeIfPresent(id, (key, row) -> new Stored(row.key().revoked(at), row.digest())) != null);
    }
}
