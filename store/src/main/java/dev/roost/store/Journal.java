package dev.roost.store;

import dev.roost.core.AccountEvent;
import dev.roost.core.AccountId;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatement;

/**
 * The table {@code events}: written in the transaction of the change it tells of, one chain for each account. Who appends has
 * changed the account's grant before, if at all, and changes the head of the chain last: all in this order, so nobody waits in
 * a circle.
 */
final class Journal {
    private static final Logger LOG = System.getLogger(Journal.class.getName());
    /** Reads {@link Head}, from the table of heads joined as h. */
    static final String HEAD_COLUMNS = " coalesce(h.sequence, 0) AS head_sequence, coalesce(h.hash, '') AS head_hash ";

    private static final String HEAD = "SELECT" + HEAD_COLUMNS
            + "FROM accounts a LEFT JOIN event_heads h ON h.account_id = a.id WHERE a.id = :account";
    private static final String FIRST = """
            INSERT INTO event_heads (account_id, sequence, hash) VALUES (:account, :next, :hash)
            ON CONFLICT (account_id) DO UPDATE SET sequence = excluded.sequence, hash = excluded.hash
                WHERE event_heads.sequence = :seen
            """;
    private static final String MOVE = """
            UPDATE event_heads SET sequence = :next, hash = :hash WHERE account_id = :account AND sequence = :seen
            """;
    private static final RowStatement<EntryRow> MOVE_MANY = new RowStatement<>(
            MOVE,
            List.of(
                    Column.text("account", row -> row.entry().event().account().value()),
                    Column.number("seen", row -> row.sequence() - 1),
                    Column.number("next", EntryRow::sequence),
                    Column.text("hash", EntryRow::hash)));

    private static final String SKIP = """
            UPDATE event_heads SET sequence = (SELECT max(sequence) FROM events WHERE account_id = :account)
            WHERE account_id = :account
            """;
    private static final String STOOD = Newest.COLUMNS + ", CASE WHEN " + Epoch.STANDS + " THEN 1 ELSE 0 END AS stood";
    private static final String INSERT = EntryRow.INSERT + " RETURNING " + STOOD;
    private static final String WRITTEN =
            "SELECT " + STOOD + " FROM events WHERE account_id = :account AND sequence = :sequence";
    private static final String NEWEST = "SELECT " + EntryRow.COLUMNS
            + " FROM events WHERE account_id = :account AND sequence < :before ORDER BY sequence DESC LIMIT :limit";

    /** What X answered is recorded even if somebody has brought about that no place in the chain can be had. */
    private static final int TRIES = 100;

    private final SqlGate gate;
    private final ChainKey key;

    Journal(SqlGate gate, Keyset keyset) {
        this.gate = gate;
        this.key = new ChainKey(keyset);
    }

    /**
     * The newest entry of a chain.
     *
     * @param sequence its place; 0 while there is none
     * @param hash its hash
     */
    record Head(long sequence, String hash) {
        static Head read(ResultSet row) throws SQLException {
            return new Head(row.getLong("head_sequence"), row.getString("head_hash"));
        }
    }

    void write(Handle handle, AccountEvent event) {
        write(handle, Entry.of(event));
    }

    /** @throws IllegalArgumentException if there is no such account */
    void write(Handle handle, Entry entry) {
        write(handle, entry, head(handle, entry));
    }

    /**
     * Appends an entry after the head that was seen, or after a newer one: what was seen is not locked, so if it changes
     * before the write, the write does nothing, and one looks again.
     */
    void write(Handle handle, Entry entry, Head seen) {
        Head head = seen;
        for (int i = 0; i < TRIES; i++) {
            long next = Math.max(0, head.sequence()) + 1;
            String hash = key.hash(head.hash(), next, entry);
            if (moved(handle, entry, head, next, hash) && inserted(handle, new EntryRow(next, entry, hash))) {
                Facts.tell(handle, entry.event());
                return;
            }
            head = head(handle, entry);
        }
        unplaced(handle, entry);
        Facts.tell(handle, entry.event());
    }

    /** An entry, and the head it is to stand after. */
    record Next(Entry entry, Head seen) {}

    /** Appends an entry to each of many chains, all at once where nobody else does; none of them twice. */
    void write(Handle handle, List<Next> entries) {
        List<Next> open =
                entries.stream().filter(next -> next.seen().sequence() > 0).toList();
        List<EntryRow> rows = open.stream()
                .map(next -> {
                    long place = next.seen().sequence() + 1;
                    return new EntryRow(
                            place, next.entry(), key.hash(next.seen().hash(), place, next.entry()));
                })
                .toList();
        List<EntryRow> moved = MOVE_MANY.write(handle, gate.dialect(), rows);
        List<EntryRow> inserted = EntryRow.INSERT_MANY.write(handle, gate.dialect(), moved);
        if (!inserted.isEmpty()) {
            EntryRow last = inserted.getLast();
            var _ = noted(handle, WRITTEN, query -> bind(query, last.entry()).bind("sequence", last.sequence()));
        }
        inserted.forEach(row -> Facts.tell(handle, row.entry().event()));
        moved.stream()
                .filter(row -> !inserted.contains(row))
                .forEach(row -> bind(handle.createUpdate(SKIP), row.entry()).execute());
        Set<AccountId> written =
                inserted.stream().map(row -> row.entry().event().account()).collect(Collectors.toSet());
        entries.stream()
                .map(Next::entry)
                .filter(entry -> !written.contains(entry.event().account()))
                .forEach(entry -> write(handle, entry));
    }

    static List<AccountEvent> newest(Handle handle, AccountId id, int limit) {
        return newest(handle, id, Long.MAX_VALUE, limit).stream()
                .map(row -> row.entry().event())
                .toList();
    }

    static List<EntryRow> newest(Handle handle, AccountId id, long before, int limit) {
        return handle.createQuery(NEWEST)
                .bind("account", id.value())
                .bind("before", before)
                .bind("limit", limit)
                .map((row, _) -> EntryRow.Found.read(row).readable(id))
                .list();
    }

    private static Head head(Handle handle, Entry entry) {
        AccountId account = entry.event().account();
        return handle.createQuery(HEAD)
                .bind("account", account.value())
                .map((row, _) -> Head.read(row))
                .findOne()
                .orElseThrow(() -> new IllegalArgumentException(
                        "there is no account " + account + "; an entry needs an account that exists"));
    }

    private static boolean moved(Handle handle, Entry entry, Head seen, long next, String hash) {
        return bind(handle.createUpdate(seen.sequence() == 0 ? FIRST : MOVE), entry)
                        .bind("seen", seen.sequence())
                        .bind("next", next)
                        .bind("hash", hash)
                        .execute()
                == 1;
    }

    /** A head that stands behind its entries was tampered with. The log shows that; X's answers are recorded all the same. */
    private boolean inserted(Handle handle, EntryRow row) {
        if (noted(handle, INSERT, row::bindTo)) {
            return true;
        }
        bind(handle.createUpdate(SKIP), row.entry()).execute();
        return false;
    }

    /** Notes the entry that a query returns, once it is durable; false if it returns none. */
    private boolean noted(Handle handle, String sql, UnaryOperator<Query> binding) {
        Epoch.Seen before = gate.epoch().seen();
        Query query = binding.apply(handle.createQuery(gate.dialect().sql(sql)));
        return before.bindTo(query, Instant.ofEpochMilli(gate.leaseNow()))
                .map((row, _) -> {
                    Newest entry = Newest.read(row, before.restores());
                    gate.epoch().wrote(handle, before, entry, row.getInt("stood") == 1);
                    return entry;
                })
                .findOne()
                .isPresent();
    }

    private static void unplaced(Handle handle, Entry entry) {
        new EntryRow(0, entry, ChainKey.START)
                .bindTo(handle.createUpdate(EntryRow.INSERT))
                .bindByType("sequence", null, Long.class)
                .bindByType("hash", null, String.class)
                .execute();
        LOG.log(
                Level.ERROR,
                "an entry in the log of account {0} has no place in its chain, for its rows were changed by somebody else;"
                        + " see what differs with: roost verify-log {0}",
                entry.event().account());
    }

    private static <S extends SqlStatement<S>> S bind(S statement, Entry entry) {
        return statement.bind("account", entry.event().account().value());
    }
}
