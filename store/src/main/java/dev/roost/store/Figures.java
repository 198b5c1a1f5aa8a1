package dev.roost.store;

import dev.roost.core.AccountFigures;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Counts accounts in one statement, so that the numbers are of one moment; each of them comes from an index. */
final class Figures {
    private static final String OURS = "FROM grants WHERE client_id = :clientId AND ";
    /** Both numbers that active accounts have in this column, see the migration V10. */
    private static final String LIVING = OURS + "standing IN (1, 2)";

    private static final String EARLIEST =
            "SELECT min(access_expires_at) AS earliest " + OURS + GrantTable.AWAKE + " AND ";
    /** Refreshes under way or left by a process that died: they are due since they were begun, see {@link SqlLeases}. */
    static final String UNDER_WAY =
            "due_at IS NOT NULL AND due_at <= <now> AND lease_owner IS NOT NULL AND state || '' = 'active' AND sends > 0";
    /** Says of rows what {@link GrantRow#read} says of one: an intent that no live lease explains. */
    static final String UNEXPLAINED =
            " AND (sends > 1 OR lease_purpose IS NULL OR lease_purpose <> 'REFRESH' OR " + GrantTable.FREE + ")";

    private static final String COUNT = "SELECT (SELECT count(*) " + LIVING + ") AS living,"
            + " (SELECT count(*) FROM grants WHERE client_id = :clientId AND standing = 0) AS lost,"
            + " (SELECT count(*) FROM grants WHERE client_id = :clientId AND standing = 3) AS gone,"
            + " (SELECT count(*) " + OURS + "standing = 1) AS unanswered,"
            + " (SELECT count(*) " + OURS + UNDER_WAY + ") AS held,"
            + " (SELECT count(*) " + OURS + UNDER_WAY + UNEXPLAINED + ") AS late,"
            + " (SELECT count(*) " + LIVING + " AND access_expires_at <= :soon AND " + GrantTable.AWAKE + ") AS soon,"
            + " (SELECT count(*)" + Quarantine.HELD + ") AS quarantined,"
            + " (SELECT min(earliest) FROM (" + EARLIEST + "standing = 1 UNION ALL " + EARLIEST
            + "standing = 2) AS both_kinds) AS earliest";

    private Figures() {}

    static AccountFigures count(GrantTable table, Handle handle, String clientId, Instant now) {
        return table.query(handle, COUNT)
                .bind("clientId", clientId)
                .bind("soon", now.plus(AccountFigures.SOON).toEpochMilli())
                .map((row, _) -> read(row))
                .one();
    }

    private static AccountFigures read(ResultSet row) throws SQLException {
        long unanswered = row.getLong("unanswered");
        long uncertain = unanswered + row.getLong("late");
        long earliest = row.getLong("earliest");
        Optional<Instant> earliestExpiry =
                row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(earliest));
        return new AccountFigures(
                row.getLong("living") - uncertain,
                uncertain,
                row.getLong("lost"),
                row.getLong("gone"),
                unanswered + row.getLong("held"),
                row.getLong("soon"),
                row.getLong("quarantined"),
                earliestExpiry);
    }
}
