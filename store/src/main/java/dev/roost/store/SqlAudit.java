package dev.roost.store;

import dev.roost.core.AccountId;
import dev.roost.core.access.AuditEntry;
import dev.roost.core.access.AuditStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The table {@code audit}. */
final class SqlAudit implements AuditStore {
    private static final String INSERT = """
            INSERT INTO audit (first_at, last_at, api_key, account_id, operation, outcome, calls)
            VALUES (:first, :last, :key, :account, :operation, :outcome, :count)
            """;
    private static final String NEWEST = """
            SELECT first_at, last_at, api_key, account_id, operation, outcome, calls FROM audit
            ORDER BY id DESC LIMIT :limit
            """;
    /** The conditions are those of the index {@code audit_of_account}, to the letter; see {@link AuditEntry#isLook}. */
    static final String DEEDS = """
            SELECT id, first_at, last_at, api_key, account_id, operation, outcome, calls FROM audit
            WHERE account_id = :account AND id < :before AND account_id IS NOT NULL
                AND operation NOT LIKE 'dashboard.%' AND operation <> 'accounts.read'
                AND operation <> 'mcp.accounts.read' AND operation <> 'accounts.events'
            ORDER BY id DESC LIMIT :limit
            """;

    private final SqlGate gate;

    SqlAudit(SqlGate gate) {
        this.gate = gate;
    }

    @Override
    public void append(List<AuditEntry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        gate.change(handle -> {
            PreparedBatch batch = handle.prepareBatch(INSERT);
            for (AuditEntry entry : entries) {
                batch.bind("first", entry.first().toEpochMilli())
                        .bind("last", entry.last().toEpochMilli())
                        .bind("key", entry.key())
                        .bind("account", entry.account().map(AccountId::value))
                        .bind("operation", entry.operation())
                        .bind("outcome", entry.outcome())
                        .bind("count", entry.count())
                        .add();
            }
            batch.execute();
        });
    }

    @Override
    public List<AuditEntry> newest(int limit) {
        return gate.read(handle -> handle.createQuery(NEWEST)
                .bind("limit", limit)
                .map((row, _) -> read(row))
                .list());
    }

    @Override
    public List<Numbered> deeds(AccountId account, OptionalLong before, int limit) {
        return gate.read(handle -> handle.createQuery(DEEDS)
                .bind("account", account.value())
                .bind("before", before.orElse(Long.MAX_VALUE))
                .bind("limit", limit)
                .map((row, _) -> new Numbered(row.getLong("id"), read(row)))
                .list());
    }

    private static AuditEntry read(ResultSet row) throws SQLException {
        return new AuditEntry(
                Instant.ofEpochMilli(row.getLong("first_at")),
                Instant.ofEpochMilli(row.getLong("last_at")),
                row.getString("api_key"),
                Optional.ofNullable(row.getString("account_id")).map(AccountId::new),
                row.getString("operation"),
                row.getString("outcome"),
                row.getLong("calls"));
    }
}
