package dev.roost.store;

import dev.roost.core.AccountId;
import dev.roost.core.Node;
import dev.roost.core.alerting.Alert;
import dev.roost.core.alerting.AlertBook;
import dev.roost.core.alerting.AlertPolicy;
import dev.roost.core.alerting.AlertType;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/**
 * Compares accounts and open alerts: notes what begins, goes on and is over, and then tells what has lasted. Each is told in a
 * transaction of its own, by whoever changes the row from untold to told, so of several processes by one.
 */
final class AlertTurn {
    private static final String ACCOUNT = "SELECT 1 FROM grants g WHERE g.account_id = open_alerts.subject AND ";
    private static final String BEGUN = """
             FROM grants g WHERE g.client_id = :clientId<among> AND <begins> AND NOT EXISTS
                (SELECT 1 FROM open_alerts o WHERE o.subject = g.account_id AND o.type = :type)
            """;
    private static final String NEW = "SELECT g.account_id AS subject" + BEGUN + " LIMIT 500";
    private static final String NOTE =
            """
            INSERT INTO open_alerts (subject, type, client_id, since, seen_at, alert_id, generation, node, cause, detail)
            SELECT g.account_id, :type, g.client_id, :now, :now, '', g.generation, :node, <cause>, ''
            """ + BEGUN + " AND g.account_id = :subject ON CONFLICT (subject, type) DO NOTHING";
    private static final String OURS = " WHERE client_id = :clientId AND type = :type AND ";
    private static final String PASSED = "raised_at IS NULL AND NOT EXISTS (";
    private static final String OVER = "raised_at IS NOT NULL AND clear_since IS NULL AND NOT EXISTS (";
    private static final String AGAIN = "clear_since IS NOT NULL AND EXISTS (";
    private static final int AT_ONCE = 500;
    /** What a process reported was there for as long as somebody reported it. */
    private static final String RIPE = """
            SELECT subject FROM open_alerts WHERE client_id = :clientId AND type = :type AND raised_at IS NULL
                AND CASE WHEN subject = client_id THEN seen_at ELSE :now END - since >= :damping ORDER BY since LIMIT 500
            """;

    private static final String CLEARED = """
            SELECT subject FROM open_alerts WHERE client_id = :clientId AND type = :type AND raised_at IS NOT NULL
                AND clear_since <= :clearBefore ORDER BY clear_since LIMIT 500
            """;
    private static final String RAISE = """
            UPDATE open_alerts SET raised_at = :now, alert_id = :alertId, node = :node,
                detail = CASE WHEN detail = '' THEN coalesce((SELECT e.detail FROM events e
                    WHERE e.account_id = open_alerts.subject AND e.kind IN ('REFRESH_FAILED', 'ANSWER_MISSING', 'REFUSED')
                        AND e.sequence IS NOT NULL AND e.generation >= open_alerts.generation
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

    /** The app's first, for while X rejects it every account has something to tell. */
    private static final List<AlertType> TYPES = Stream.concat(
                    Stream.of(AlertType.APP_REJECTED),
                    Arrays.stream(Condition.values()).map(Condition::type))
            .toList();

    private final SqlGate gate;
    private final GrantTable table;

    AlertTurn(SqlGate gate) {
        this.gate = gate;
        this.table = new GrantTable(gate);
    }

    private record Candidate(String subject, AlertType type) {}

    private record Told(String id, Instant raisedAt, long generation, Optional<String> cause, String detail) {}

    AlertBook.Turn take(String clientId, Instant now, AlertPolicy policy, Node node) {
        for (Condition condition : Condition.values()) {
            compare(condition, clientId, now, policy, node);
        }
        int raised = 0;
        int ended = 0;
        for (AlertType type : TYPES) {
            for (Candidate ripe : ripe(type, clientId, now, policy)) {
                raised += gate.write(handle -> raise(handle, ripe, clientId, now, policy, node));
            }
        }
        for (AlertType type : TYPES) {
            for (Candidate over : cleared(type, clientId, now, policy)) {
                ended += gate.write(handle -> end(handle, over, clientId, now, policy, node));
            }
        }
        return new AlertBook.Turn(raised, ended);
    }

    /** Looks first, and writes only where there is something to write: answers of X wait for whoever writes. */
    private void compare(Condition condition, String clientId, Instant now, AlertPolicy policy, Node node) {
        String begins = ACCOUNT + condition.begins() + ")";
        String holds = ACCOUNT + condition.holds() + ")";
        Step step = new Step(condition, clientId, now, policy, node);
        step.apply(looksFor(condition), filled(NOTE, condition));
        step.applyToOpen("DELETE FROM open_alerts", PASSED + begins);
        step.applyToOpen("UPDATE open_alerts SET clear_since = :now", OVER + holds);
        step.applyToOpen("UPDATE open_alerts SET clear_since = NULL", AGAIN + holds);
    }

    static String looksFor(Condition condition) {
        return filled(NEW, condition);
    }

    private static String filled(String sql, Condition condition) {
        return sql.replace("<cause>", condition.cause())
                .replace("<among>", condition.among())
                .replace("<begins>", condition.begins());
    }

    /** What is compared with what. */
    private final class Step {
        private final Condition condition;
        private final String clientId;
        private final Instant now;
        private final AlertPolicy policy;
        private final Node node;

        Step(Condition condition, String clientId, Instant now, AlertPolicy policy, Node node) {
            this.condition = condition;
            this.clientId = clientId;
            this.now = now;
            this.policy = policy;
            this.node = node;
        }

        void applyToOpen(String change, String when) {
            apply("SELECT subject FROM open_alerts" + OURS + when, change + OURS + when + " AND subject = :subject");
        }

        /** In the order of the subjects, as every process does it: so of two none waits for the other. */
        void apply(String which, String change) {
            List<String> subjects =
                    gate
                            .read(handle -> bind(table.query(handle, which))
                                    .mapTo(String.class)
                                    .list())
                            .stream()
                            .sorted()
                            .toList();
            for (int from = 0; from < subjects.size(); from += AT_ONCE) {
                List<String> some = subjects.subList(from, Math.min(subjects.size(), from + AT_ONCE));
                gate.change(handle -> some.forEach(subject -> bind(table.update(handle, change))
                        .bind("subject", subject)
                        .execute()));
            }
        }

        private <S extends SqlStatement<S>> S bind(S statement) {
            return Condition.bind(statement, now, policy)
                    .bind("clientId", clientId)
                    .bind("type", condition.type().word())
                    .bind("node", node.value());
        }
    }

    private List<Candidate> ripe(AlertType type, String clientId, Instant now, AlertPolicy policy) {
        Duration damping =
                Condition.of(type).map(condition -> condition.damping(policy)).orElse(policy.rejectedFor());
        return gate.read(handle -> handle.createQuery(RIPE)
                .bind("clientId", clientId)
                .bind("type", type.word())
                .bind("now", now.toEpochMilli())
                .bind("damping", damping.toMillis())
                .map((row, _) -> new Candidate(row.getString("subject"), type))
                .list());
    }

    private List<Candidate> cleared(AlertType type, String clientId, Instant now, AlertPolicy policy) {
        return gate.read(handle -> handle.createQuery(CLEARED)
                .bind("clientId", clientId)
                .bind("type", type.word())
                .bind("clearBefore", now.minus(clearing(type, policy)).toEpochMilli())
                .map((row, _) -> new Candidate(row.getString("subject"), type))
                .list());
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

    private static Duration clearing(AlertType type, AlertPolicy policy) {
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
