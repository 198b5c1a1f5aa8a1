package dev.roost.core;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The access tokens this process has handed out or is likely to, so that serving goes on while the store is away. An older
 * generation never replaces a newer one. Safe for many threads.
 */
final class TokenMemory {
    /** With fewer entries nobody looks for tokens that have expired. */
    private static final int FEW = 10_000;

    private final ConcurrentHashMap<AccountId, Entry> entries = new ConcurrentHashMap<>();
    private final AtomicInteger room = new AtomicInteger(FEW);
    private final World world;
    private final Duration trustedFor;
    private final Duration minRemaining;

    TokenMemory(World world, Duration trustedFor, Duration minRemaining) {
        this.world = world;
        this.trustedFor = trustedFor;
        this.minRemaining = minRemaining;
    }

    /**
     * What is known of an account.
     *
     * @param seenAt when the token was last seen in the store
     * @param refused the newest generation that X refused
     * @param expected the generation that the store is said to have by now; 0 for none
     * @param fresh when the token can be handed out without a further look at anything
     * @param wantedAt when a caller's wish was the last to bring the token from the store
     */
    private record Entry(AccessGrant grant, Instant seenAt, long refused, long expected, Span fresh, Instant wantedAt) {
        Entry refused(long generation) {
            long newest = Math.max(refused, generation);
            Span span = newest < grant.generation() ? fresh : Span.NEVER;
            return new Entry(grant, seenAt, newest, expected, span, wantedAt);
        }

        Entry outdated(long generation) {
            boolean isNews = generation > Math.max(grant.generation(), expected);
            return isNews ? new Entry(grant, seenAt, refused, generation, Span.NEVER, wantedAt) : this;
        }

        /** Tells whether a newer token is known to be, and a caller wanted one within the life of this. */
        boolean wantsNewer(Instant now) {
            Duration life = Duration.between(grant.issuedAt(), grant.expiresAt());
            return expected != 0 && wantedAt.plus(life).isAfter(now);
        }
    }

    /** A time, in milliseconds of the clock: one number to compare, for a read takes less than a look at the clock does. */
    private record Span(long from, long until) {
        static final Span NEVER = new Span(Long.MAX_VALUE, Long.MIN_VALUE);

        boolean contains(long millis) {
            return from <= millis && millis < until;
        }
    }

    /** When {@link #trusted} holds, and {@link Freshness} finds nothing to do. */
    private Span fresh(AccessGrant grant, Instant seenAt) {
        Instant trusted = seenAt.plus(trustedFor);
        Instant valid = grant.expiresAt().minus(minRemaining);
        Instant until = trusted.isBefore(valid) ? trusted : valid;
        Instant calm = until.isBefore(grant.refreshAt()) ? until : grant.refreshAt();
        return new Span(later(seenAt, Freshness.believedFrom(grant.issuedAt())).toEpochMilli(), calm.toEpochMilli());
    }

    private static Instant later(Instant one, Instant other) {
        return one.isBefore(other) ? other : one;
    }

    /** Returns the token if it is trusted and there is nothing to do for it; null when somebody has to look closer. */
    @Nullable
    AccessGrant fresh(AccountId id) {
        Entry entry = entries.get(id);
        return entry != null && entry.fresh.contains(world.clock().millis()) ? entry.grant : null;
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

    /** Keeps what was just read or recorded for a caller, and returns the newer of it and what is known. */
    AccessGrant keep(AccessGrant seen) {
        return keep(seen, world.clock().instant());
    }

    /** Keeps what was just recorded though no caller wanted it. */
    void record(AccessGrant seen) {
        var _ = keep(seen, Instant.EPOCH);
    }

    /** Keeps what was just read in place of what is known; of an account that was forgotten meanwhile, nothing. */
    void renew(AccessGrant seen) {
        Entry entry = entry(seen, Instant.EPOCH);
        entries.computeIfPresent(seen.account(), (id, known) -> newer(known, entry));
    }

    private AccessGrant keep(AccessGrant seen, Instant wantedAt) {
        Entry entry = entry(seen, wantedAt);
        AccessGrant newest = entries.merge(seen.account(), entry, TokenMemory::newer).grant;
        tidy(entry.seenAt);
        return newest;
    }

    private Entry entry(AccessGrant seen, Instant wantedAt) {
        Instant now = world.clock().instant();
        return new Entry(seen, now, 0, 0, fresh(seen, now), wantedAt);
    }

    /** Once there are twice as many as last time, forgets what has expired: nobody is served with it. */
    private void tidy(Instant now) {
        int most = room.get();
        if (entries.size() > most && room.compareAndSet(most, Integer.MAX_VALUE)) {
            entries.values().removeIf(entry -> !entry.grant.expiresAt().isAfter(now));
            room.set(Math.max(FEW, 2 * entries.size()));
        }
    }

    /** Notes that X refused this generation. */
    void refused(AccountId id, long generation) {
        entries.computeIfPresent(id, (key, e) -> e.refused(generation));
    }

    /**
     * Notes that the store is said to have this generation: unless it is known here, the store is asked next.
     *
     * @return whether the token is to be read before a caller asks for it
     */
    boolean outdated(AccountId id, long generation) {
        Entry entry = entries.computeIfPresent(id, (key, e) -> e.outdated(generation));
        return entry != null && entry.wantsNewer(world.clock().instant());
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
        AccessGrant grant = keepKnown ? known.grant : seen.grant;
        long refused = Math.max(known.refused, seen.refused);
        boolean isPlain = !keepKnown && !isOld && refused < grant.generation();
        Span fresh = isPlain ? seen.fresh : Span.NEVER;
        return new Entry(
                grant, isOld ? Instant.MIN : seen.seenAt, refused, 0, fresh, later(known.wantedAt, seen.wantedAt));
    }
}
