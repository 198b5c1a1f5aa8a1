package dev.roost.store;

import dev.roost.core.AccountFigures;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Counts accounts in one statement, so that the numbers are of one moment; each of them comes from an index. */
final class Figures {
    private static final String ACTIVE = "FROM grants WHERE client_id = :clientId AND state = 'active'";
    private static final String SENT = "(SELECT count(*) FROM grants WHERE client_id = :clientId AND sends > 0";
    /** Says of rows what {@link GrantRow#read} says of one: an intent that no live lease explains. */
    static final String UNEXPLAINED =
            " AND (sends > 1 OR lease_purpose IS NULL OR lease_purpose <> 'REFRESH' OR " + GrantTable.FREE + ")";

    private static final String COUNT = "SELECT (SELECT count(*) " + ACTIVE + ") AS living,"
            + " (SELECT count(*) FROM grants WHERE client_id = :clientId AND state = 'needs_reauthorization') AS lost,"
            + " (SELECT count(*) FROM grants WHERE client_id = :clientId AND state = 'disconnected') AS gone, "
            + SENT + ") AS sent, "
            + SENT + UNEXPLAINED + ") AS uncertain,"
            + " (SELECT count(*) " + ACTIVE + " AND access_expires_at <= :soon AND " + GrantTable.AWAKE + ") AS soon,"
            + " (SELECT count(*)" + Quarantine.HELD + ") AS quarantined,"
            + " (SELECT min(access_expires_at) " + ACTIVE + " AND " + GrantTable.AWAKE + ") AS earliest";

    private Figures() {}

    static AccountFigures count(GrantTable table, Handle handle, String clientId, Instant now) {
        return table.query(handle, COUNT)
                .bind("clientId", clientId)
                .bind("soon", now.plus(AccountFigures.SOON).toEpochMilli())
                .map((row, _) -> read(row))
                .one();
    }

    private static AccountFigures read(ResultSet row) throws SQLException {
        long uncertain = row.getLong("uncertain");
        long earliest = row.getLong("earliest");
        Optional<Instant> earliestExpiry =
                row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(earliest));
        return new AccountFigures(
                row.getLong("living") - uncertain,
                uncertain,
                row.getLong("lost"),
                row.getLong("gone"),
                row.getLong("sent"),
                row.getLong("soon"),
                row.getLong("quarantined"),
                earliestExpiry);
    }
}
