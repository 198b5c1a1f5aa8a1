package dev.roost.store;

import dev.roost.core.AppStates;
import dev.roost.core.ChangeFeed.Change;
import dev.roost.core.Node;
import dev.roost.core.XAnswer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/** The table {@code app_states}. */
final class SqlAppStates implements AppStates {
    private static final String FIND = """
            SELECT status, error, description, pause, probe_at - <now> AS rest, coalesce(probe_until, 0) - <now> AS held
            FROM app_states WHERE client_id = :clientId
            """;
    private static final String REJECT = """
            INSERT INTO app_states (client_id, rejected_at, node, status, error, description, pause, probe_at)
            VALUES (:clientId, <now>, :node, :status, :error, :description, :pause, <now> + :pause)
            ON CONFLICT (client_id) DO NOTHING
            """;
    private static final String TAKE = """
            UPDATE app_states SET probe_owner = :node, probe_until = <now> + :length
            WHERE client_id = :clientId AND (probe_at <= <now> OR probe_at > <now> + pause)
                AND (coalesce(probe_until, 0) <= <now> OR probe_until > <now> + :longest)
            """;
    private static final String FAILED = """
            UPDATE app_states SET probe_owner = NULL, probe_until = NULL, pause = :pause, probe_at = <now> + :pause
            WHERE client_id = :clientId AND probe_owner = :node
            """;

    private final SqlGate gate;
    private final GrantTable table;

    SqlAppStates(SqlGate gate) {
        this.gate = gate;
        this.table = new GrantTable(gate);
    }

    @Override
    public Optional<Rejected> rejection(String clientId) {
        return gate.read(handle -> table.query(handle, FIND)
                .bind("clientId", clientId)
                .map((row, _) -> read(row))
                .findOne());
    }

    @Override
    public boolean reject(String clientId, XAnswer answer, Node node, Duration pause) {
        return gate.write(handle -> {
            boolean isNew = table.update(handle, REJECT)
                            .bind("clientId", clientId)
                            .bind("node", node.value())
                            .bind("status", answer.status())
                            .bind("error", answer.error())
                            .bind("description", answer.description())
                            .bind("pause", pause.toMillis())
                            .execute()
                    == 1;
            if (isNew) {
                Notices.tell(handle, new Change.AppRejected(clientId));
            }
            return isNew;
        });
    }

    @Override
    public boolean takeProbe(String clientId, Node node, Duration length) {
        return gate.write(handle -> table.update(handle, TAKE)
                        .bind("clientId", clientId)
                        .bind("node", node.value())
                        .bind("length", length.toMillis())
                        .bind("longest", GrantTable.LONGEST_LEASE.toMillis())
                        .execute()
                == 1);
    }

    @Override
    public void stillRejected(String clientId, Node node, Duration pause) {
        gate.change(handle -> table.update(handle, FAILED)
                .bind("clientId", clientId)
                .bind("node", node.value())
                .bind("pause", pause.toMillis())
                .execute());
    }

    @Override
    public boolean works(String clientId) {
        return gate.write(handle -> {
            boolean was = handle.createUpdate("DELETE FROM app_states WHERE client_id = :clientId")
                            .bind("clientId", clientId)
                            .execute()
                    == 1;
            if (was) {
                Notices.tell(handle, new Change.AppWorks(clientId));
            }
            return was;
        });
    }

    /** What lies further ahead than it can was written by a clock that was ahead, and counts for nothing. */
    private static Rejected read(ResultSet row) throws SQLException {
        long pause = row.getLong("pause");
        long rest = row.getLong("rest");
        long held = row.getLong("held");
        long untilProbe = Math.max(rest > pause ? 0 : rest, held > GrantTable.LONGEST_LEASE.toMillis() ? 0 : held);
        return new Rejected(
                new XAnswer(row.getInt("status"), row.getString("error"), row.getString("description")),
                Duration.ofMillis(pause),
                Duration.ofMillis(untilProbe));
    }
}
