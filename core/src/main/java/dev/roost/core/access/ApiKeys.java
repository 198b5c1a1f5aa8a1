package dev.roost.core.access;

import dev.roost.core.AccountId;
import dev.roost.core.Secret;
import dev.roost.core.StoreUnavailableException;
import dev.roost.core.access.ApiKeyStore.Stored;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Makes and checks API keys. The store is asked about each key that is presented, so a revocation counts at once, in
 * every process. While the store is away, a key that this process found good within the last 10 minutes is still taken,
 * for Roost promises to serve tokens from memory then. Safe for many threads.
 */
public final class ApiKeys {
    /** Compared with when the id is unknown, so that a stranger cannot tell by the time whether an id exists. */
    private static final KeyDigest NOBODYS = KeyDigest.ofSecret("");

    private final ApiKeyStore store;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final KeyMemory memory;

    /**
     * Works on this store.
     *
     * @param random where secrets come from; must be unpredictable
     */
    public ApiKeys(ApiKeyStore store, InstantSource clock, RandomGenerator random) {
        this.store = store;
        this.clock = clock;
        this.random = random;
        this.memory = new KeyMemory(clock);
    }

    /**
     * A new key.
     *
     * @param key what is known of it
     * @param secret the whole text, {@code roost_<id>_<secret>}; this is the only time anybody sees it
     */
    public record Created(ApiKey key, Secret secret) {}

    /**
     * Makes a key. It is in the store when this returns.
     *
     * @param name 1 to 60 printable characters; white space around it is dropped
     * @param scopes at least one
     * @param accounts which accounts it is good for; empty: all
     * @param requestsPerMinute 0: no limit
     * @throws IllegalArgumentException if a value is not allowed; the message says what is
     * @throws StoreUnavailableException if the store does not answer; forget what was made, and make another
     */
    public Created create(String name, Set<KeyScope> scopes, Set<AccountId> accounts, int requestsPerMinute) {
        KeyText text = KeyText.random(random);
        ApiKey key = new ApiKey(
                text.id(),
                name.strip(),
                scopes,
                accounts,
                requestsPerMinute,
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                Optional.empty());
        store.add(key, text.digest());
        return new Created(key, text.whole());
    }

    /**
     * Checks a key that somebody presents.
     *
     * @return empty when it is not of the right form, unknown, wrong or revoked; a caller should not tell which
     * @throws StoreUnavailableException if the store does not answer, and this process did not find the key good lately
     */
    public Optional<ApiKey> verify(Secret presented) {
        return KeyText.parse(presented).flatMap(this::verify);
    }

    private Optional<ApiKey> verify(KeyText text) {
        KeyDigest digest = text.digest();
        Optional<Stored> stored;
        try {
            stored = store.find(text.id());
        } catch (StoreUnavailableException e) {
            return Optional.of(memory.recall(text.id(), digest).orElseThrow(() -> e));
        }
        boolean matches = stored.map(Stored::digest).orElse(NOBODYS).equals(digest);
        if (stored.isEmpty() || stored.get().key().revokedAt().isPresent()) {
            memory.forget(text.id());
            return Optional.empty();
        }
        stored.filter(known -> matches).ifPresent(memory::keep);
        return stored.filter(known -> matches).map(Stored::key);
    }

    /**
     * Looks up a key that was proved before, as by a session that it began.
     *
     * @return empty when there is none with this id, or it is revoked
     * @throws StoreUnavailableException if the store does not answer, and this process did not find the key good lately
     */
    public Optional<ApiKey> current(String id) {
        Optional<Stored> stored;
        try {
            stored = store.find(id);
        } catch (StoreUnavailableException e) {
            return Optional.of(memory.recall(id).orElseThrow(() -> e));
        }
        Optional<Stored> good = stored.filter(known -> known.key().revokedAt().isEmpty());
        good.ifPresentOrElse(memory::keep, () -> memory.forget(id));
        return good.map(Stored::key);
    }

    /** Returns all keys, revoked ones too, in the order in which they were made. */
    public List<ApiKey> all() {
        return store.all();
    }

    /**
     * Revokes a key for good. From then on every process that reaches the store refuses it; one that does not may take it
     * for 10 minutes more.
     *
     * @return the key with the time it was revoked, now or before; empty when there is none with this id
     * @throws StoreUnavailableException if the store does not answer; ask again
     */
    public Optional<ApiKey> revoke(String id) {
        if (!store.revoke(id, clock.instant().truncatedTo(ChronoUnit.MILLIS))) {
            return Optional.empty();
        }
        memory.forget(id);
        return store.find(id).map(Stored::key);
    }
}
