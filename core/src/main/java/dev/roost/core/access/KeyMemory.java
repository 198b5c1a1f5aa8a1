package dev.roost.core.access;

import dev.roost.core.ChangeFeed;
import dev.roost.core.access.ApiKeyStore.Stored;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The keys that this process found good lately: for a few seconds while it is known that nothing changed, and for longer when
 * the store is away. Holds 10,000 at most; further ones are not remembered. Safe for many threads.
 */
final class KeyMemory {
    private static final Duration TRUSTED_FOR = Duration.ofMinutes(10);
    private static final Duration CURRENT_FOR = Duration.ofSeconds(5);
    private static final int MOST = 10_000;

    private final ConcurrentHashMap<String, Entry> entries = new ConcurrentHashMap<>();
    private final AtomicLong forgotten = new AtomicLong();
    private final InstantSource clock;

    KeyMemory(InstantSource clock) {
        this.clock = clock;
    }

    /** A key, when the store last confirmed it, and which version of all keys that was. */
    private record Entry(Stored stored, Instant seenAt, long version) {
        boolean isTrusted(Instant now) {
            return isYounger(now, TRUSTED_FOR);
        }

        boolean isCurrent(Instant now, long newest) {
            return version == newest && newest != ChangeFeed.UNKNOWN && isYounger(now, CURRENT_FOR);
        }

        /** A clock that was set back makes it no younger. */
        private boolean isYounger(Instant now, Duration than) {
            return !seenAt.isAfter(now) && seenAt.plus(than).isAfter(now);
        }
    }

    /**
     * The moment before the store is asked.
     *
     * @param version of all keys
     * @param forgotten how many keys had been forgotten
     */
    record Look(Instant at, long version, long forgotten) {}

    /** Begins a look at the store. */
    Look look(long version) {
        return new Look(clock.instant(), version, forgotten.get());
    }

    /** Keeps what a look brought, unless a key was forgotten since: it may be this one, and the look older than its end. */
    void keep(Stored stored, Look look) {
        String id = stored.key().id();
        if (entries.size() >= MOST && !entries.containsKey(id)) {
            entries.values().removeIf(entry -> !entry.isTrusted(look.at()));
        }
        if (entries.size() < MOST || entries.containsKey(id)) {
            Entry entry = new Entry(stored, look.at(), look.version());
            entries.compute(id, (key, known) -> forgotten.get() == look.forgotten() ? entry : known);
        }
    }

    /** Forgets a key, and what looks that have begun will bring. Whoever presents what was never good changes nothing. */
    void forget(String id) {
        entries.computeIfPresent(id, (key, known) -> {
            forgotten.incrementAndGet();
            return null;
        });
    }

    /** Forgets a key that was revoked here, whether it is known or only being looked up. */
    void revoked(String id) {
        forgotten.incrementAndGet();
        entries.remove(id);
    }

    /** Returns what the store would say of the key just now; empty when only the store knows. */
    Optional<Stored> current(String id, long version) {
        Entry entry = entries.get(id);
        return entry != null && entry.isCurrent(clock.instant(), version)
                ? Optional.of(entry.stored())
                : Optional.empty();
    }

    /** Returns the key if the store confirmed it within the last ten minutes. */
    Optional<Stored> recall(String id) {
        return Optional.ofNullable(entries.get(id))
                .filter(entry -> entry.isTrusted(clock.instant()))
                .map(Entry::stored);
    }
}
