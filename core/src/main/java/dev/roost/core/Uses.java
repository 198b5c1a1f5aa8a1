package dev.roost.core;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Counts uses of accounts in memory, and writes them now and then, each account once an hour at most. Does nothing without an
 * {@link IdlePolicy}. Safe for many threads.
 */
final class Uses {
    private static final System.Logger LOG = System.getLogger(Uses.class.getName());
    /** A use is noted to the minute, so that most reads write nothing, not even to memory. */
    private static final Duration GRAIN = Duration.ofMinutes(1);

    private static final Duration PAUSE = Duration.ofMinutes(10);
    private static final Duration WRITTEN_EVERY = Duration.ofHours(1);

    private final UseStore store;
    private final Optional<IdlePolicy> policy;
    private final RefreshTimes times;
    private final World world;
    private final ConcurrentHashMap<AccountId, Use> uses = new ConcurrentHashMap<>();
    private final AtomicReference<Instant> nextWrite;

    Uses(UseStore store, RefreshPolicy policy, World world) {
        this.store = store;
        this.policy = policy.idle();
        this.times = new RefreshTimes(policy, world.random());
        this.world = world;
        this.nextWrite = new AtomicReference<>(Instant.MIN);
    }

    private record Use(Instant at, Instant written) {
        boolean isOld(Instant now, Duration than) {
            return at.plus(than).isBefore(now);
        }
    }

    /** Somebody wants a token of this account. */
    void used(AccountId id) {
        if (policy.isEmpty()) {
            return;
        }
        Instant now = world.clock().instant();
        Use known = uses.get(id);
        if (known == null || known.isOld(now, GRAIN)) {
            uses.merge(id, new Use(now, Instant.MIN), (old, use) -> new Use(use.at(), old.written()));
        }
    }

    /**
     * Returns when an account that nobody uses is refreshed next if it is refreshed now; empty when it is in use. When the store
     * cannot say, it is.
     */
    Optional<Instant> asleepUntil(Account account, Instant now) {
        return policy.filter(idle -> !lastUse(account).plus(idle.after()).isAfter(now))
                .map(idle -> times.asleep(account.user().id(), now, idle.every()));
    }

    /** Writes what is to be written, in the background, if it is time for that. */
    void writeNowAndThen() {
        Instant now = world.clock().instant();
        Instant due = nextWrite.get();
        if (policy.isEmpty() || due.isAfter(now) || !nextWrite.compareAndSet(due, now.plus(PAUSE))) {
            return;
        }
        try {
            world.executor().execute(() -> write(WRITTEN_EVERY));
        } catch (RejectedExecutionException e) {
            LOG.log(System.Logger.Level.DEBUG, "uses are written at the end", e);
        }
    }

    /** Writes everything that is not written yet. */
    void writeAll() {
        if (policy.isPresent()) {
            write(Duration.ZERO);
        }
    }

    private void write(Duration rest) {
        Instant now = world.clock().instant();
        Map<AccountId, Instant> wanted = new HashMap<>();
        uses.forEach((id, use) -> {
            boolean isWritten = !use.at().isAfter(use.written());
            if (isWritten && use.isOld(now, WRITTEN_EVERY)) {
                uses.remove(id, use);
            } else if (!isWritten
                    && (use.written().equals(Instant.MIN)
                            || !use.written().plus(rest).isAfter(now))) {
                wanted.put(id, use.at());
            }
        });
        try {
            store.used(wanted);
            wanted.forEach((id, at) -> uses.computeIfPresent(id, (key, use) -> new Use(use.at(), at)));
        } catch (StoreUnavailableException e) {
            LOG.log(System.Logger.Level.DEBUG, "when accounts were last used is written later", e);
        }
    }

    private Instant lastUse(Account account) {
        Use here = uses.get(account.id());
        Instant known = here == null ? account.connectedAt() : here.at();
        Instant idleSince = world.clock().instant().minus(policy.orElseThrow().after());
        if (known.isAfter(idleSince)) {
            return known;
        }
        try {
            // A store that cannot say has just begun to count.
            Instant noted = store.lastUse(account.id()).orElseGet(world.clock()::instant);
            return noted.isAfter(known) ? noted : known;
        } catch (StoreUnavailableException e) {
            return world.clock().instant();
        }
    }
}
