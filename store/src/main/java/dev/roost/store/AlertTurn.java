package dev.roost.store;

import dev.roost.core.AccountId;
import dev.roost.core.Node;
import dev.roost.core.alerting.Alert;
import dev.roost.core.alerting.AlertBook;
import dev.roost.core.alerting.AlertPolicy;
import dev.roost.core.alerting.AlertType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/**
 * Compares accounts and open alerts: notes what begins, goes on and is over, and then tells what has lasted. Each is told in a
 * transaction of its own, by whoever changes the row from untold to told, so of several processes by one.
 */
final class AlertTurn {
    private static final String ACCOUNT = "SELECT 1 FROM grants g WHERE g.account_id = open_alerts.subject AND ";
    private static final String OURS = " WHERE client_id = :clientId AND type = :type";
    private static final String NEW = """
            INSERT INTO open_alerts (subject, type, client_id, since, seen_at, alert_id, generation, node, cause, detail)
            SELECT g.account_id, :type, g.client_id, :now, :now, '', g.generation, :node, <cause>, '' FROM grants g
            WHERE g.client_id = :clientId AND <begins> AND NOT EXISTS
                (SELECT 1 FROM open_alerts o WHERE o.subject = g.account_id AND o.type = :type)
            LIMIT 500 ON CONFLICT (subject, type) DO NOTHING
            """;
    private static final String PASSED = "DELETE FROM open_alerts" + OURS + " AND raised_at IS NULL AND NOT EXISTS (";
    private static final String OVER = "UPDATE open_alerts SET clear_since = :now" + OURS
            + " AND raised_at IS NOT NULL AND clear_since IS NULL AND NOT EXISTS (";
    private static final String AGAIN =
            "UPDATE open_alerts SET clear_since = NULL" + OURS + " AND clear_since IS NOT NULL AND EXISTS (";
    /** What a process reported was there for as long as somebody reported it. */
    private static final String RIPE = """
            SELECT subject, type, since, CASE WHEN subject = client_id THEN seen_at ELSE :now END AS seen
            FROM open_alerts WHERE client_id = :clientId AND raised_at IS NULL LIMIT 500
            """;

    private static final String CLEARED = """
            SELECT subject, type, clear_since FROM open_alerts
            WHERE client_id = :clientId AND raised_at IS NOT NULL AND clear_since IS NOT NULL LIMIT 500
            """;
    private static final String RAISE = """
            UPDATE open_alerts SET raised_at = :now, alert_id = :alertId, node = :node,
                detail = CASE WHEN detail = '' THEN coalesce((SELECT e.detail FROM events e
                    WHERE e.account_id = open_alerts.subject AND e.kind IN ('REFRESH_FAILED', 'ANSWER_MISSING', 'REFUSED')
                    ORDER BY e.sequence DESC LIMIT 1), '') ELSE detail END
            WHERE subject = :subject AND type = :type AND raised_at IS NULL AND clear_since IS NULL
            """;
    private static final String TOLD = " RETURNING alert_id, since, raised_at, generation, cause, detail";
    private static final String END = """
            DELETE FROM open_alerts WHERE subject = :subject AND type = :type AND raised_at IS NOT NULL
                AND clear_since <= :clearBefore
            """;
    private static final String WHO = "SELECT a.username, g.generation FROM accounts a JOIN grants g"
            + " ON g.account_id = a.id WHERE a.id = :subject";
    /** The row of the grant is locked first, as by every change that tells something: so what is told has one order. */
    private static final String LOCK = "UPDATE grants SET failures = failures WHERE account_id = :subject";

    private final SqlGate gate;
    private final GrantTable table;

    AlertTurn(SqlGate gate) {
        this.gate = gate;
        this.table = new GrantTable(gate);
    }

    /** A row that something is to be done with; the time says since when, or that it was long enough. */
    private record Candidate(String subject, AlertType type, boolean isTime) {}

    private record Told(String id, Instant raisedAt, long generation, Optional<String> cause, String detail) {}

    AlertBook.Turn take(String clientId, Instant now, AlertPolicy policy, Node node) {
        gate.change(handle -> {
            for (Condition condition : Condition.values()) {
                compare(handle, condition, clientId, now, policy, node);
            }
        });
        int raised = 0;
        for (Candidate ripe : ripe(clientId, now, policy)) {
            raised += gate.write(handle -> raise(handle, ripe, clientId, now, policy, node));
        }
        int ended = 0;
        for (Candidate over : cleared(clientId, now, policy)) {
            ended += gate.write(handle -> end(handle, over, clientId, now, policy, node));
        }
        return new AlertBook.Turn(raised, ended);
    }

    private void compare(
            Handle handle, Condition condition, String clientId, Instant now, AlertPolicy policy, Node node) {
        List.of(
                        NEW.replace("<cause>", condition.cause()).replace("<begins>", condition.begins()),
                        PASSED + ACCOUNT + condition.begins() + ")",
                        OVER + ACCOUNT + condition.holds() + ")",
                        AGAIN + ACCOUNT + condition.holds() + ")")
                .forEach(sql -> Condition.bind(table.update(handle, sql), now, policy)
                        .bind("clientId", clientId)
                        .bind("type", condition.type().word())
                        .bind("node", node.value())
                        .execute());
    }

    private List<Candidate> ripe(String clientId, Instant now, AlertPolicy policy) {
        return gate.read(handle -> handle
                .createQuery(RIPE)
                .bind("clientId", clientId)
                .bind("now", now.toEpochMilli())
                .map((row, _) -> {
                    AlertType type = AlertType.parse(row.getString("type"));
                    long damping = Condition.of(type)
                            .map(condition -> condition.damping(policy))
                            .orElse(policy.rejectedFor())
                            .toMillis();
                    return new Candidate(
                            row.getString("subject"), type, row.getLong("seen") - row.getLong("since") >= damping);
                })
                .stream()
                .filter(Candidate::isTime)
                .toList());
    }

    private List<Candidate> cleared(String clientId, Instant now, AlertPolicy policy) {
        return gate.read(handle -> handle
                .createQuery(CLEARED)
                .bind("clientId", clientId)
                .map((row, _) -> {
                    AlertType type = AlertType.parse(row.getString("type"));
                    long before = now.minus(clearing(type, policy)).toEpochMilli();
                    return new Candidate(row.getString("subject"), type, row.getLong("clear_since") <= before);
                })
                .stream()
                .filter(Candidate::isTime)
                .toList());
    }

    private int raise(Handle handle, Candidate ripe, String clientId, Instant now, AlertPolicy policy, Node node) {
        var _ = named(handle.createUpdate(LOCK), ripe).execute();
        String still = Condition.of(ripe.type())
                .map(condition -> " AND EXISTS (" + ACCOUNT + condition.begins() + ")")
                .orElse("");
        Optional<Told> told = named(Condition.bind(table.query(handle, RAISE + still + TOLD), now, policy), ripe)
                .bind("alertId", AlertColumns.id(ripe.subject(), ripe.type(), now.toEpochMilli()))
                .bind("node", node.value())
                .map((row, _) -> told(row))
                .findOne();
        told.ifPresent(t -> AlertColumns.send(
                handle,
                new Alert(
                        t.id(),
                        ripe.type(),
                        now,
                        about(handle, ripe),
                        clientId,
                        node.value(),
                        t.cause(),
                        t.detail(),
                        List.of())));
        return told.isPresent() ? 1 : 0;
    }

    private int end(Handle handle, Candidate over, String clientId, Instant now, AlertPolicy policy, Node node) {
        var _ = named(handle.createUpdate(LOCK), over).execute();
        Optional<Told> told = named(handle.createQuery(END + TOLD), over)
                .bind("clearBefore", now.minus(clearing(over.type(), policy)).toEpochMilli())
                .map((row, _) -> told(row))
                .findOne();
        told.ifPresent(t -> AlertColumns.send(
                handle,
                new Alert(
                        t.id() + "-recovered",
                        over.type() == AlertType.APP_REJECTED ? AlertType.APP_RECOVERED : AlertType.ACCOUNT_RECOVERED,
                        now,
                        about(handle, over),
                        clientId,
                        node.value(),
                        Optional.empty(),
                        "",
                        List.of(new Alert.Ended(over.type(), t.id()))),
                t.raisedAt().toEpochMilli()));
        return told.isPresent() ? 1 : 0;
    }

    private static Told told(java.sql.ResultSet row) throws java.sql.SQLException {
        return new Told(
                row.getString("alert_id"),
                Instant.ofEpochMilli(row.getLong("raised_at")),
                row.getLong("generation"),
                Optional.ofNullable(row.getString("cause")),
                row.getString("detail"));
    }

    private static java.time.Duration clearing(AlertType type, AlertPolicy policy) {
        return Condition.of(type).map(condition -> condition.clearing(policy)).orElse(policy.clearFor());
    }

    /** Empty when it is about the app. */
    private static Optional<Alert.About> about(Handle handle, Candidate candidate) {
        return handle.createQuery(WHO)
                .bind("subject", candidate.subject())
                .map((row, _) -> new Alert.About(
                        new AccountId(candidate.subject()), row.getString("username"), row.getLong("generation")))
                .findOne();
    }

    private static <S extends SqlStatement<S>> S named(S statement, Candidate candidate) {
        return statement
                .bind("subject", candidate.subject())
                .bind("type", candidate.type().word());
    }
}
