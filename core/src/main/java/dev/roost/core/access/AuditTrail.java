package dev.roost.core.access;

import dev.roost.core.AccountId;
import dev.roost.core.StoreUnavailableException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Notes who asked for what. Equal calls are counted and become one row, so a busy caller costs one row a second. Has no
 * thread: somebody calls {@link #flush()} about once a second, and at the end. What was noted since the last flush is
 * lost with the process. Safe for many threads.
 */
public final class AuditTrail {
    private static final Logger LOG = System.getLogger(AuditTrail.class.getName());
    private static final int MOST = 10_000;
    /** What takes the calls that have no room of their own. */
    private static final Row OVERFLOW = new Row("any", Optional.empty(), "overflow", "any");

    private final AuditStore store;
    private final InstantSource clock;
    private final ConcurrentHashMap<Row, Tally> tallies = new ConcurrentHashMap<>();
    private final AtomicBoolean overflowed = new AtomicBoolean();
    private final ReentrantLock flushing = new ReentrantLock();

    /** Writes to this store. */
    public AuditTrail(AuditStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /** What is counted together. */
    private record Row(String key, Optional<AccountId> account, String operation, String outcome) {
        Row {
            AuditEntry.check("key", key);
            AuditEntry.check("operation", operation);
            AuditEntry.check("outcome", outcome);
        }
    }

    /**
     * Notes a call; asks no store. When 10,000 different ones wait to be written already, it is counted under the operation
     * {@code overflow}, without its particulars.
     *
     * @param key a key id, or {@code local}; not what a stranger wrote
     * @param account what it was about, if about one
     * @param operation what was asked for; one of few texts
     * @param outcome what came of it; one of few texts
     * @throws IllegalArgumentException if a text is not 1 to 100 printable ASCII characters
     */
    public void note(String key, Optional<AccountId> account, String operation, String outcome) {
        long now = clock.millis();
        add(new Row(key, account, operation, outcome), now, now, 1);
    }

    /** Returns about how many different calls wait to be written. */
    public int waiting() {
        return tallies.size();
    }

    /**
     * Writes what was noted since the last time, all in one go. Nothing is dropped when that fails; it goes with the next
     * flush. If only the store's answer was missed, calls may be counted twice, but never too seldom.
     *
     * @return false when the store is away
     */
    public boolean flush() {
        flushing.lock();
        try {
            List<AuditEntry> entries = takeAll();
            return entries.isEmpty() || append(entries);
        } finally {
            flushing.unlock();
        }
    }

    /**
     * Returns the newest rows, newest first; those that wait are written first.
     *
     * @throws StoreUnavailableException if the store is away
     */
    public List<AuditEntry> newest(int limit) {
        flush();
        return store.newest(limit);
    }

    /**
     * Returns what was done with an account, newest first, see {@link AuditStore#deeds}; what waits is written first.
     *
     * @throws StoreUnavailableException if the store is away
     */
    public List<AuditStore.Numbered> deeds(AccountId account, OptionalLong before, int limit) {
        flush();
        return store.deeds(account, before, limit);
    }

    private boolean append(List<AuditEntry> entries) {
        boolean written = false;
        try {
            store.append(entries);
            written = true;
        } catch (StoreUnavailableException e) {
            LOG.log(Level.DEBUG, "the audit trail waits for the store", e);
        } finally {
            if (!written) {
                entries.forEach(this::putBack);
            }
        }
        return written;
    }

    private List<AuditEntry> takeAll() {
        List<AuditEntry> entries = new ArrayList<>();
        tallies.forEach((row, tally) -> {
            tallies.remove(row, tally);
            long count = tally.take();
            if (count > 0) {
                entries.add(new AuditEntry(
                        tally.first(), tally.last(), row.key, row.account, row.operation, row.outcome, count));
            }
        });
        entries.sort(Comparator.comparing(AuditEntry::last));
        return entries;
    }

    private void putBack(AuditEntry entry) {
        add(
                new Row(entry.key(), entry.account(), entry.operation(), entry.outcome()),
                entry.first().toEpochMilli(),
                entry.last().toEpochMilli(),
                entry.count());
    }

    /**
     * Counts without a lock. A flush may take the tally away in between: whoever then finds something in it takes it out
     * again and counts it anew. Taking is atomic, so each call is counted once.
     */
    private void add(Row row, long first, long last, long calls) {
        long left = calls;
        while (left > 0) {
            Row place = place(row);
            Tally tally = Optional.ofNullable(tallies.get(place))
                    .orElseGet(() -> tallies.computeIfAbsent(place, key -> new Tally()));
            tally.add(first, last, left);
            left = tallies.get(place) == tally ? 0 : tally.take();
        }
    }

    private Row place(Row row) {
        if (tallies.containsKey(row) || tallies.size() < (tallies.containsKey(OVERFLOW) ? MOST + 1 : MOST)) {
            return row;
        }
        if (overflowed.compareAndSet(false, true)) {
            LOG.log(
                    Level.WARNING,
                    "more than {0} different calls wait for the store to take the audit trail; further ones are only"
                            + " counted, under the operation overflow. Said once",
                    MOST);
        }
        return OVERFLOW;
    }
}
