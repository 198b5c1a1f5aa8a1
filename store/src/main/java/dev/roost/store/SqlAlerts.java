package dev.roost.store;

import dev.roost.core.AccountId;
import dev.roost.core.Node;
import dev.roost.core.alerting.Alert;
import dev.roost.core.alerting.AlertBook;
import dev.roost.core.alerting.AlertPolicy;
import dev.roost.core.alerting.AlertType;
import dev.roost.core.alerting.OpenAlert;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The table {@code open_alerts}, of which {@link AlertTurn} keeps what concerns accounts. */
final class SqlAlerts implements AlertBook {
    private static final String APP = " WHERE subject = :clientId AND type = :type";
    private static final String REJECTED = """
            INSERT INTO open_alerts (subject, type, client_id, since, seen_at, alert_id, generation, node, detail)
            VALUES (:clientId, :type, :clientId, :now, :now, '', 0, :node, :detail)
            ON CONFLICT (subject, type) DO UPDATE SET seen_at = excluded.seen_at, clear_since = NULL
            """;
    private static final String STALE =
            "SELECT count(*) FROM open_alerts" + APP + " AND clear_since IS NULL AND seen_at <= :unseen";
    private static final String OPEN = """
            SELECT o.type, o.subject, o.client_id, o.since, o.raised_at, o.alert_id, o.generation, o.node, o.cause,
                o.detail, a.username
            FROM open_alerts o LEFT JOIN accounts a ON a.id = o.subject
            WHERE o.client_id = :clientId AND o.raised_at IS NOT NULL ORDER BY o.raised_at, o.subject, o.type LIMIT :limit
            """;
    private static final String COUNT = """
            SELECT type, count(*) AS open FROM open_alerts
            WHERE client_id = :clientId AND raised_at IS NOT NULL GROUP BY type
            """;

    private final SqlGate gate;
    private final AlertTurn turn;

    SqlAlerts(SqlGate gate) {
        this.gate = gate;
        this.turn = new AlertTurn(gate);
    }

    @Override
    public Turn turn(String clientId, Instant now, AlertPolicy policy, Node node) {
        return turn.take(clientId, now, policy, node);
    }

    @Override
    public void appRejected(String clientId, Instant now, Node node, String detail) {
        gate.change(handle -> handle.createUpdate(REJECTED)
                .bind("clientId", clientId)
                .bind("type", AlertType.APP_REJECTED.word())
                .bind("now", now.toEpochMilli())
                .bind("node", node.value())
                .bind("detail", detail)
                .execute());
    }

    /** What was never told is forgotten. */
    @Override
    public void appAccepted(String clientId, Instant now) {
        gate.change(handle -> {
            app(handle, "DELETE FROM open_alerts" + APP + " AND raised_at IS NULL", clientId, now);
            app(handle, "UPDATE open_alerts SET clear_since = coalesce(clear_since, :now)" + APP, clientId, now);
        });
    }

    private static void app(Handle handle, String sql, String clientId, Instant now) {
        handle.createUpdate(sql)
                .bind("clientId", clientId)
                .bind("type", AlertType.APP_REJECTED.word())
                .bind("now", now.toEpochMilli())
                .execute();
    }

    @Override
    public boolean isRejectionStale(String clientId, Instant now, AlertPolicy policy) {
        return gate.read(handle -> handle.createQuery(STALE)
                        .bind("clientId", clientId)
                        .bind("type", AlertType.APP_REJECTED.word())
                        .bind("unseen", now.minus(policy.unseenFor()).toEpochMilli())
                        .mapTo(Long.class)
                        .one()
                        .longValue()
                > 0);
    }

    @Override
    public List<OpenAlert> open(String clientId, int limit) {
        return gate.read(handle -> handle.createQuery(OPEN)
                .bind("clientId", clientId)
                .bind("limit", limit)
                .map((row, _) -> read(row))
                .list());
    }

    @Override
    public Map<AlertType, Long> count(String clientId) {
        Map<AlertType, Long> counts = new EnumMap<>(AlertType.class);
        gate.read(handle -> handle.createQuery(COUNT)
                        .bind("clientId", clientId)
                        .map((row, _) -> Map.entry(AlertType.parse(row.getString("type")), row.getLong("open")))
                        .list())
                .forEach(entry -> counts.put(entry.getKey(), entry.getValue()));
        return counts;
    }

    private static OpenAlert read(ResultSet row) throws SQLException {
        Optional<String> username = Optional.ofNullable(row.getString("username"));
        String subject = row.getString("subject");
        long generation = row.getLong("generation");
        Alert alert = new Alert(
                row.getString("alert_id"),
                AlertType.parse(row.getString("type")),
                Instant.ofEpochMilli(row.getLong("raised_at")),
                username.map(name -> new Alert.About(new AccountId(subject), name, generation)),
                row.getString("client_id"),
                row.getString("node"),
                Optional.ofNullable(row.getString("cause")),
                row.getString("detail"),
                List.of());
        return new OpenAlert(alert, Instant.ofEpochMilli(row.getLong("since")));
    }
}
