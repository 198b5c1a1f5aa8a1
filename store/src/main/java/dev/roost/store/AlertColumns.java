package dev.roost.store;

import dev.roost.core.AccountId;
import dev.roost.core.alerting.Alert;
import dev.roost.core.alerting.AlertType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/** An {@link Alert} as it rests in a row of the outbox. */
final class AlertColumns {
    /** Fills the outbox; which webhooks comes after. */
    private static final String INSERT = """
            INSERT INTO deliveries (webhook_id, alert_id, type, at, subject, client_id, account_id, username,
                generation, node, cause, detail, ends, due_at)
            SELECT id, :alertId, :type, :at, :subject, :app, CAST(:account AS TEXT), CAST(:username AS TEXT),
                CAST(:generation AS BIGINT), :node, CAST(:cause AS TEXT), :detail, :ends, 0 FROM webhooks WHERE
            """;

    private static final String ASKED = " disabled_at IS NULL AND created_at <= :knownSince"
            + " AND (types = '' OR ' ' || types || ' ' LIKE :pattern)";
    private static final String ONE = " id = :webhook";

    private AlertColumns() {}

    /** Puts an alert into the outbox for every webhook that asked for its type. */
    static void send(Handle handle, Alert alert) {
        send(handle, alert, Long.MAX_VALUE);
    }

    /** Does so for those webhooks that were there already when something else was told. */
    static void send(Handle handle, Alert alert, long knownSince) {
        bind(handle.createUpdate(INSERT + ASKED), alert)
                .bind("knownSince", knownSince)
                .bind("pattern", "% " + alert.type().word() + " %")
                .execute();
    }

    /** Puts an alert into the outbox for one webhook; false when there is none. */
    static boolean send(Handle handle, Alert alert, String webhook) {
        return bind(handle.createUpdate(INSERT + ONE), alert)
                        .bind("webhook", webhook)
                        .execute()
                == 1;
    }

    /** Returns an id for an alert: the same subject has no two of one type at one time. */
    static String id(String subject, AlertType type, long number) {
        return ("msg_" + subject + "-" + type.word() + "-" + number).replaceAll("[^A-Za-z0-9_-]", "-");
    }

    /** Reads one. */
    static Alert read(ResultSet row) throws SQLException {
        return new Alert(
                row.getString("alert_id"),
                AlertType.parse(row.getString("type")),
                Instant.ofEpochMilli(row.getLong("at")),
                about(row),
                row.getString("client_id"),
                row.getString("node"),
                Optional.ofNullable(row.getString("cause")),
                row.getString("detail"),
                ends(row.getString("ends")));
    }

    private static <S extends SqlStatement<S>> S bind(S statement, Alert alert) {
        Optional<Alert.About> about = alert.about();
        return statement
                .bind("alertId", alert.id())
                .bind("type", alert.type().word())
                .bind("at", alert.at().toEpochMilli())
                .bind("subject", about.map(a -> a.account().value()).orElse(alert.app()))
                .bind("app", alert.app())
                .bind("account", about.map(a -> a.account().value()))
                .bind("username", about.map(Alert.About::username))
                .bind("generation", about.map(Alert.About::generation))
                .bind("node", alert.node())
                .bind("cause", alert.cause())
                .bind("detail", alert.detail())
                .bind(
                        "ends",
                        alert.ends().stream()
                                .map(ended -> ended.type().word() + " " + ended.id())
                                .collect(Collectors.joining("\n")));
    }

    private static Optional<Alert.About> about(ResultSet row) throws SQLException {
        String account = row.getString("account_id");
        return account == null
                ? Optional.empty()
                : Optional.of(
                        new Alert.About(new AccountId(account), row.getString("username"), row.getLong("generation")));
    }

    private static List<Alert.Ended> ends(String text) {
        return Arrays.stream(text.split("\n", -1))
                .filter(line -> !line.isEmpty())
                .map(line -> line.split(" ", 2))
                .map(parts -> new Alert.Ended(AlertType.parse(parts[0]), parts[1]))
                .toList();
    }
}
