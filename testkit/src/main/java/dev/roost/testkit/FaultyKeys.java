package dev.roost.testkit;

import dev.roost.core.access.ApiKey;
import dev.roost.core.access.ApiKeyStore;
import dev.roost.core.access.KeyDigest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** API keys as one process sees them, with that process's {@link Faults} before and after each method. */
public record FaultyKeys(ApiKeyStore keys, Faults faults) implements ApiKeyStore {
    @Override
    public void add(ApiKey key, KeyDigest digest) {
        var _ = faults.at("add", () -> {
            keys.add(key, digest);
            return true;
        });
    }

    @Override
    public Optional<Stored> find(String id) {
        return faults.at("find", () -> keys.find(id));
    }

    @Override
    public List<ApiKey> all() {
        return faults.at("all", keys::all);
    }

    @Override
    public boolean revoke(String id, Instant at) {
        return faults.at("revoke", () -> keys.revoke(id, at));
    }
}
