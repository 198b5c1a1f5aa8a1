package dev.roost.core;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The access tokens this process has handed out, so that serving goes on while the store is away. An older generation
 * never replaces a newer one. Safe for many threads.
 */
final class TokenMemory {
    private final ConcurrentHashMap<AccountId, Entry> entries = new ConcurrentHashMap<>();
    private final World world;
    private final Duration trustedFor;

    TokenMemory(World world, Duration trustedFor) {
        this.world = world;
        this.trustedFor = trustedFor;
    }

    /**
     * What is known of an account.
     *
     * @param seenAt when the token was last seen in the store
     * @param refused the newest generation that X refused
     * @param expected the generation that the store is said to have by now; 0 for none
     */
    private record Entry(AccessGrant grant, Instant seenAt, long refused, long expected) {
        Entry refused(long generation) {
            return new Entry(grant, seenAt, Math.max(refused, generation), expected);
        }

        Entry outdated(long generation) {
            boolean isNews = generation > Math.max(grant.generation(), expected);
            return isNews ? new Entry(grant, seenAt, refused, generation) : this;
        }
    }

    /** Returns the token if the store confirmed it a moment ago. */
    Optional<AccessGrant> trusted(AccountId id) {
        Instant now = world.clock().instant();
        return Optional.ofNullable(entries.get(id))
                .filter(e -> e.refused < e.grant.generation() && e.expected == 0)
                .filter(e -> !e.seenAt.isAfter(now) && e.seenAt.plus(trustedFor).isAfter(now))
                .map(Entry::grant);
    }

    /** Returns the token, however old the news is. */
    Optional<AccessGrant> last(AccountId id) {
        return Optional.ofNullable(entries.get(id)).map(Entry::grant);
    }

    /** Keeps what was just read or recorded, and returns the newer of it and what is known. */
    AccessGrant keep(AccessGrant seen) {
        Instant now = world.clock().instant();
        return entries.merge(seen.account(), new Entry(seen, now, 0, 0), TokenMemory::newer).grant;
    }

    /** Notes that X refused this generation. */
    void refused(AccountId id, long generation) {
        entries.computeIfPresent(id, (key, e) -> e.refused(generation));
    }

    /** Notes that the store is said to have this generation: unless it is known here, the store is asked next. */
    void outdated(AccountId id, long generation) {
        entries.computeIfPresent(id, (key, e) -> e.outdated(generation));
    }

    /** Tells whether X refused this generation. */
    boolean isRefused(AccountId id, long generation) {
        Entry entry = entries.get(id);
        return entry != null && entry.refused >= generation;
    }

    /** Forgets an account. */
    void forget(AccountId id) {
        entries.remove(id);
    }

    /**
     * What was read or recorded ends the wait for something newer. It may have been read before the news came: then it is not
     * trusted, but the next that is read will be, for the news may be wrong as well.
     */
    private static Entry newer(Entry known, Entry seen) {
        boolean keepKnown = known.grant.generation() > seen.grant.generation();
        boolean isOld = seen.grant.generation() < known.expected;
        return new Entry(
                keepKnown ? known.grant : seen.grant,
                isOld ? Instant.MIN : seen.seenAt,
                Math.max(known.refused, seen.refused),
                0);
    }
}
