package dev.roost.store;

import dev.roost.core.AccountId;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Deletes old entries from the beginning of each log, in batches. The last one deleted becomes the base that the chain begins
 * after. What is about to be deleted is proven first: a log that was tampered with is left as it is, and named in the process's
 * log. Writers are not waited for and do not wait, for nothing that they change is touched.
 */
final class LogPurge {
    /** So many of the newest entries of an account stay whatever their age, so that a lost account can still be explained. */
    static final int KEPT = 20;

    private static final Logger LOG = System.getLogger(LogPurge.class.getName());
    private static final int ACCOUNTS = 200;
    private static final int AT_ONCE = 50;
    /** One look into an index for each account, however many entries it has. */
    private static final String OLD = """
            SELECT id, head FROM (
                SELECT a.id, coalesce(h.sequence, 0) AS head,
                    (SELECT min(e.sequence) FROM events e WHERE e.account_id = a.id) AS oldest,
                    (SELECT e.at FROM events e WHERE e.account_id = a.id AND e.sequence IS NOT NULL
                        ORDER BY e.sequence LIMIT 1) AS oldest_at
                FROM accounts a LEFT JOIN event_heads h ON h.account_id = a.id WHERE a.id > :after) AS logs
            WHERE oldest_at < :before AND head - oldest >= :kept ORDER BY id LIMIT :limit
            """;

    private static final String ENTRIES = "SELECT " + EntryRow.COLUMNS
            + " FROM events WHERE account_id = :account AND sequence > :after AND sequence <= :newest"
            + " ORDER BY sequence LIMIT :limit";
    private static final String REMEMBER = """
            INSERT INTO spent_tokens (fingerprint, account_id, generation, at)
            SELECT spent_fingerprint, account_id, generation, max(at) FROM events
            WHERE account_id = :account AND sequence <= :last AND spent_fingerprint IS NOT NULL
            GROUP BY spent_fingerprint, account_id, generation
            ON CONFLICT DO NOTHING
            """;
    private static final String DELETE = "DELETE FROM events WHERE account_id = :account AND sequence <= :last";

    private final SqlGate gate;
    private final ChainKey key;
    private final Once complaints;

    LogPurge(SqlGate gate, ChainKey key, Once complaints) {
        this.gate = gate;
        this.key = key;
        this.complaints = complaints;
    }

    private record Old(AccountId account, long head) {}

    /** Old entries of an account that were proven: what they come after, and the last of them. */
    private record Aged(LogBase base, EntryRow last) {}

    /** What is to be deleted at once, and the account that it is done up to then. */
    private record Batch(List<Aged> aged, String after) {}

    /** Deletes what is older, about so many entries at most in one transaction, and returns how many those were. */
    long purge(Instant before, int most) {
        long deleted = 0;
        String after = "";
        List<Old> accounts = old(before, after);
        while (!accounts.isEmpty() && !Thread.currentThread().isInterrupted()) {
            List<Old> these = accounts;
            String from = after;
            // Nobody who writes waits while entries are read and proven.
            Batch batch = gate.read(handle -> batch(handle, these, from, before, most));
            if (!batch.aged().isEmpty()) {
                deleted += gate.write(handle -> batch.aged().stream()
                        .mapToLong(aged -> remove(handle, aged))
                        .sum());
            }
            after = batch.after();
            accounts = old(before, after);
        }
        return deleted;
    }

    private List<Old> old(Instant before, String after) {
        return gate.read(handle -> handle.createQuery(OLD)
                .bind("after", after)
                .bind("before", before.toEpochMilli())
                .bind("kept", KEPT)
                .bind("limit", ACCOUNTS)
                .map((row, _) -> new Old(new AccountId(row.getString("id")), row.getLong("head")))
                .list());
    }

    private Batch batch(Handle handle, List<Old> accounts, String from, Instant before, int most) {
        List<Aged> aged = new ArrayList<>();
        int room = most;
        String after = from;
        for (Old old : accounts) {
            LogBase base = LogBase.of(handle, old.account());
            List<EntryRow.Found> rows = aged(handle, old, before, room);
            if (!rows.isEmpty() && isProven(handle, old.account(), base, rows)) {
                aged.add(new Aged(base, rows.getLast().row().orElseThrow()));
                room -= rows.size();
            }
            if (room <= 0) {
                return new Batch(aged, after);
            }
            after = old.account().value();
        }
        return new Batch(aged, after);
    }

    /** Returns the oldest entries, as far as they are old; looks at few that are not. */
    private List<EntryRow.Found> aged(Handle handle, Old old, Instant before, int limit) {
        List<EntryRow.Found> aged = new ArrayList<>();
        List<EntryRow.Found> some;
        int read;
        do {
            read = Math.min(AT_ONCE, limit - aged.size());
            some = handle
                    .createQuery(ENTRIES)
                    .bind("account", old.account().value())
                    .bind(
                            "after",
                            aged.isEmpty() ? Long.MIN_VALUE : aged.getLast().sequence())
                    .bind("newest", old.head() - KEPT)
                    .bind("limit", read)
                    .map((row, _) -> EntryRow.Found.read(row))
                    .list()
                    .stream()
                    .takeWhile(found -> found.row()
                            .filter(row -> row.entry().event().at().isBefore(before))
                            .isPresent())
                    .toList();
            aged.addAll(some);
        } while (some.size() == read && aged.size() < limit);
        return aged;
    }

    private int remove(Handle handle, Aged aged) {
        EntryRow last = aged.last();
        if (last.sequence() > 0 && !aged.base().moveTo(handle, key, last)) {
            return 0;
        }
        remove(handle, REMEMBER, last);
        return remove(handle, DELETE, last);
    }

    private static int remove(Handle handle, String sql, EntryRow last) {
        return handle.createUpdate(sql)
                .bind("account", last.entry().event().account().value())
                .bind("last", last.sequence())
                .execute();
    }

    private boolean isProven(Handle handle, AccountId account, LogBase base, List<EntryRow.Found> rows) {
        Optional<Long> broken = base.isGenuine(key, account) ? firstBroken(base, rows) : Optional.of(base.sequence());
        // Another process may have deleted some of them since the base was read: then nothing is wrong.
        broken.filter(sequence -> LogBase.of(handle, account).equals(base))
                .filter(sequence -> complaints.isFirst(account.value()))
                .ifPresent(sequence -> LOG.log(
                        Level.ERROR,
                        "the log of account {0} is not as Roost wrote it at entry {1}: none of its old entries is deleted."
                                + " See what differs with: roost verify-log {0}",
                        account,
                        Long.toString(sequence)));
        return broken.isEmpty();
    }

    private Optional<Long> firstBroken(LogBase base, List<EntryRow.Found> rows) {
        String hash = base.hash();
        long next = base.sequence() + 1;
        for (EntryRow.Found found : rows) {
            EntryRow row = found.row().orElseThrow();
            if (row.sequence() > 0) {
                if (row.sequence() != next || !key.hash(hash, next, row.entry()).equals(row.hash())) {
                    return Optional.of(next);
                }
                hash = row.hash();
                next++;
            }
        }
        return Optional.empty();
    }
}
