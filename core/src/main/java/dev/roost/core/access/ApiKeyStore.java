package dev.roost.core.access;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where API keys are kept: the facts, and the digest of each secret. Keys are never deleted. A method that returns has
 * made its change durable, and every process on the same store sees it from then on. Safe for many threads and many
 * processes.
 *
 * <p>Every method throws {@link dev.roost.core.StoreUnavailableException} when the store cannot answer; then the change
 * may have been made or not, and the same call may be repeated.
 */
public interface ApiKeyStore {
    /**
     * Adds a key. Adding the same one again, after an answer that was missed, changes nothing.
     *
     * @throws IllegalStateException if another key has this id
     */
    void add(ApiKey key, KeyDigest digest);

    /** Returns the key with this id, revoked or not. */
    Optional<Stored> find(String id);

    /** Returns all keys, revoked ones too, in the order in which they were made. */
    List<ApiKey> all();

    /**
     * Revokes a key. One that is revoked already keeps its time.
     *
     * @return false when there is no such key
     */
    boolean revoke(String id, Instant at);

    /**
     * A key as it is kept.
     *
     * @param key what is known of it
     * @param digest what its secret is held against
     */
    record Stored(ApiKey key, KeyDigest digest) {}
}
