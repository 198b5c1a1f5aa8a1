package dev.roost.core.access;

import dev.roost.core.AccountId;
import dev.roost.core.ChangeFeed;
import dev.roost.core.Node;
import dev.roost.core.Secret;
import dev.roost.core.StoreUnavailableException;
import dev.roost.core.World;
import dev.roost.core.access.ApiKeyStore.Stored;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Makes and checks API keys. The store is asked about each key that is presented, so a revocation counts at once, in
 * every process; it is spared that only while it is known that no key has changed ({@link ChangeFeed#keysVersion()}), and
 * for 5 seconds at most. While the store is away or takes longer than a quarter of a second, a key that this process
 * found good within the last 10 minutes is still taken, for Roost promises to serve tokens from memory then. Safe for many
 * threads.
 */
public final class ApiKeys {
    /** Compared with when the id is unknown, so that a stranger cannot tell by the time whether an id exists. */
    private static final KeyDigest NOBODYS = KeyDigest.ofSecret("");

    /** How long who has a key that was found good lately waits for the store. */
    private static final Duration LONGEST_READ = Duration.ofMillis(250);

    /** How many of those ask the store at once. */
    private static final int READINGS = 16;

    private final ApiKeyStore store;
    private final ChangeFeed feed;
    private final World world;
    private final KeyMemory memory;
    private final Semaphore readings = new Semaphore(READINGS);

    /**
     * Works on this store, and asks it about every key.
     *
     * @param random where secrets come from; must be unpredictable
     */
    public ApiKeys(ApiKeyStore store, InstantSource clock, RandomGenerator random) {
        this(store, ChangeFeed.NONE, World.real(new Node("keys"), clock, random));
    }

    /**
     * Works on this store.
     *
     * @param feed tells when a key may have changed
     */
    public ApiKeys(ApiKeyStore store, ChangeFeed feed, World world) {
        this.store = store;
        this.feed = feed;
        this.world = world;
        this.memory = new KeyMemory(world.clock());
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
        KeyText text = KeyText.random(world.random());
        ApiKey key = new ApiKey(
                text.id(),
                name.strip(),
                scopes,
                accounts,
                requestsPerMinute,
                world.clock().instant().truncatedTo(ChronoUnit.MILLIS),
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
        return good(text.id(), digest::equals).map(Stored::key);
    }

    /**
     * Checks a key that somebody presents without asking the store.
     *
     * @return empty when only {@link #verify} can tell: the key is not known, or no longer known to be good
     */
    public Optional<ApiKey> known(Secret presented) {
        return KeyText.parse(presented).flatMap(this::known);
    }

    /** Who proves nothing does not bring about that the feed is asked. */
    private Optional<ApiKey> known(KeyText text) {
        KeyDigest digest = text.digest();
        return recalled(text.id(), digest::equals)
                .flatMap(key -> known(text.id(), feed.keysVersionAtOnce(), digest::equals))
                .map(Stored::key);
    }

    private Optional<Stored> known(String id, long version, Predicate<KeyDigest> proof) {
        return memory.current(id, version).filter(stored -> proof.test(stored.digest()));
    }

    /** Returns a key that is proved and not revoked. Who proves nothing always waits for the store, key or no key. */
    private Optional<Stored> good(String id, Predicate<KeyDigest> proof) {
        long version = feed.keysVersion();
        Optional<Stored> known = known(id, version, proof);
        if (known.isPresent()) {
            return known;
        }
        boolean isTrusted = recalled(id, proof).isPresent();
        return isTrusted ? goodOrRecalled(id, version, proof) : stored(id, version, proof);
    }

    private Optional<Stored> recalled(String id, Predicate<KeyDigest> proof) {
        return memory.recall(id).filter(stored -> proof.test(stored.digest()));
    }

    private Optional<Stored> stored(String id, long version, Predicate<KeyDigest> proof) {
        KeyMemory.Look look = memory.look(version);
        Optional<Stored> stored = store.find(id);
        boolean isProved = proof.test(stored.map(Stored::digest).orElse(NOBODYS));
        Optional<Stored> unrevoked = stored.filter(s -> s.key().revokedAt().isEmpty());
        if (unrevoked.isEmpty()) {
            memory.forget(id);
        }
        Optional<Stored> good = unrevoked.filter(s -> isProved);
        good.ifPresent(s -> memory.keep(s, look));
        return good;
    }

    /** Everybody asks the store for himself: what it said to another may be older than a revocation. */
    private Optional<Stored> goodOrRecalled(String id, long version, Predicate<KeyDigest> proof) {
        CompletableFuture<Optional<Stored>> reading = new CompletableFuture<>();
        world.executor().execute(() -> inTurn(reading, () -> stored(id, version, proof)));
        if (world.await(reading, LONGEST_READ) && !isAway(reading)) {
            return outcome(reading);
        }
        reading.cancel(false);
        // What was found to be revoked meanwhile is not recalled any more.
        return recalled(id, proof).or(() -> stored(id, version, proof));
    }

    /** A silent store gets no more questions than it leaves unanswered, and who has gone on asks none. */
    private <T> void inTurn(CompletableFuture<T> reading, Supplier<T> question) {
        readings.acquireUninterruptibly();
        try {
            if (!reading.isDone()) {
                reading.complete(question.get());
            }
        } catch (RuntimeException | Error e) {
            reading.completeExceptionally(e);
        } finally {
            readings.release();
        }
    }

    private static boolean isAway(CompletableFuture<?> reading) {
        return reading.isCompletedExceptionally() && reading.exceptionNow() instanceof StoreUnavailableException;
    }

    private static <T> T outcome(CompletableFuture<T> reading) {
        try {
            return reading.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException known ? known : e;
        }
    }

    /**
     * Looks up a key that was proved before, as by a session that it began.
     *
     * @return empty when there is none with this id, or it is revoked
     * @throws StoreUnavailableException if the store does not answer, and this process did not find the key good lately
     */
    public Optional<ApiKey> current(String id) {
        return good(id, digest -> true).map(Stored::key);
    }

    /** Returns all keys, revoked ones too, in the order in which they were made. */
    public List<ApiKey> all() {
        return store.all();
    }

    /**
     * Revokes a key for good. From then on every process that reaches the store refuses it; one that does not, or not within a
     * quarter of a second, may take it for 10 minutes more. A process that knows by news alone hears of it within
     * milliseconds, and within two seconds if its connection broke in that very moment without anybody noticing; with SQLite
     * another process hears within a millisecond.
     *
     * @return the key with the time it was revoked, now or before; empty when there is none with this id
     * @throws StoreUnavailableException if the store does not answer; ask again
     */
    public Optional<ApiKey> revoke(String id) {
        if (!store.revoke(id, world.clock().instant().truncatedTo(ChronoUnit.MILLIS))) {
            return Optional.empty();
        }
        memory.revoked(id);
        return store.find(id).map(Stored::key);
    }
}
