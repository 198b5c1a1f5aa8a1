package dev.roost.store;

import dev.roost.core.Secret;
import dev.roost.core.alerting.Alert;
import dev.roost.core.alerting.AlertType;
import dev.roost.core.alerting.DeadLetter;
import dev.roost.core.alerting.Webhook;
import dev.roost.core.alerting.WebhookFormat;
import dev.roost.core.alerting.WebhookStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** The table {@code webhooks}, and the deliveries that were given up. */
final class SqlWebhooks implements WebhookStore {
    private static final String INSERT = """
            INSERT INTO webhooks (id, target, url_sealed, types, format, description, created_at, secret_number,
                secret_sealed, key_id)
            VALUES (:id, :target, :url, :types, :format, :description, :createdAt, 1, :secret, :keyId)
            """;
    private static final String SELECT = """
            SELECT w.id, w.target, w.types, w.format, w.description, w.created_at, w.old_secret_until, w.failures,
                w.failing_since, w.last_success_at, w.last_failure_at, w.last_error, w.disabled_at, w.disabled_why,
                (SELECT count(*) FROM deliveries d WHERE d.webhook_id = w.id AND d.dead_at IS NULL) AS pending,
                (SELECT count(*) FROM deliveries d WHERE d.webhook_id = w.id AND d.dead_at IS NOT NULL) AS dead
            FROM webhooks w
            """;
    private static final String DELETE_DELIVERIES = "DELETE FROM deliveries WHERE webhook_id = :id";
    private static final String DELETE = "DELETE FROM webhooks WHERE id = :id";
    private static final String ENABLE = """
            UPDATE webhooks SET disabled_at = NULL, disabled_why = NULL, failures = 0, failing_since = NULL
            WHERE id = :id
            """;
    private static final String DEAD = "SELECT * FROM deliveries WHERE dead_at IS NOT NULL AND id < :before ";
    private static final String RETRY = """
            UPDATE deliveries SET dead_at = NULL, due_at = 0, attempts = 0, lease_owner = NULL, lease_until = NULL
            WHERE dead_at IS NOT NULL AND webhook_id IN (SELECT id FROM webhooks WHERE disabled_at IS NULL)
            """;
    /** Also what was put in at the very moment when its webhook was deleted. */
    private static final String FORGETTABLE =
            " (dead_at <= :before OR NOT EXISTS (SELECT 1 FROM webhooks w WHERE w.id = deliveries.webhook_id))";

    private static final String FORGOTTEN = "SELECT id FROM deliveries WHERE" + FORGETTABLE + " LIMIT 500";
    private static final String FORGET = "DELETE FROM deliveries WHERE id IN (<ids>) AND" + FORGETTABLE;
    private static final String FORGET_SECRETS = """
            UPDATE webhooks SET old_secret_sealed = NULL WHERE old_secret_sealed IS NOT NULL AND old_secret_until <= :before
            """;

    private static final String BACKLOG = """
            SELECT (SELECT count(*) FROM deliveries WHERE dead_at IS NULL) AS pending,
                (SELECT count(*) FROM deliveries WHERE dead_at IS NOT NULL) AS dead
            """;

    private final SqlGate gate;
    private final WebhookSecrets secrets;

    SqlWebhooks(SqlGate gate, Keyset keyset) {
        this.gate = gate;
        this.secrets = new WebhookSecrets(keyset);
    }

    @Override
    public void add(Webhook webhook, Secret url, Secret secret) {
        gate.change(handle -> secrets.bind(handle.createUpdate(INSERT), webhook.id(), url, secret)
                .bind("target", webhook.target())
                .bind(
                        "types",
                        webhook.types().stream().map(AlertType::word).sorted().collect(Collectors.joining(" ")))
                .bind("format", webhook.format().word())
                .bind("description", webhook.description())
                .bind("createdAt", webhook.createdAt().toEpochMilli())
                .execute());
    }

    @Override
    public List<Webhook> all() {
        return gate.read(handle -> handle.createQuery(SELECT + "ORDER BY w.created_at, w.id")
                .map((row, _) -> webhook(row))
                .list());
    }

    @Override
    public Optional<Webhook> find(String id) {
        return gate.read(handle -> handle.createQuery(SELECT + "WHERE w.id = :id")
                .bind("id", id)
                .map((row, _) -> webhook(row))
                .findOne());
    }

    @Override
    public boolean delete(String id) {
        return gate.write(handle -> {
            boolean deleted = execute(handle, DELETE, id) == 1;
            execute(handle, DELETE_DELIVERIES, id);
            return deleted;
        });
    }

    @Override
    public boolean rotate(String id, Secret fresh, Instant oldUntil) {
        return gate.write(handle -> secrets.rotate(handle, id, fresh, oldUntil));
    }

    @Override
    public boolean enable(String id) {
        return gate.write(handle -> execute(handle, ENABLE, id) == 1);
    }

    @Override
    public boolean send(String id, Alert alert) {
        return gate.write(handle -> AlertColumns.send(handle, alert, id));
    }

    @Override
    public List<DeadLetter> dead(Optional<String> webhook, OptionalLong before, int limit) {
        String sql = DEAD + (webhook.isPresent() ? "AND webhook_id = :webhook " : "") + "ORDER BY id DESC LIMIT :limit";
        return gate.read(handle -> handle.createQuery(sql)
                .bind("before", before.orElse(Long.MAX_VALUE))
                .bind("webhook", webhook)
                .bind("limit", limit)
                .map((row, _) -> new DeadLetter(
                        row.getLong("id"),
                        row.getString("webhook_id"),
                        AlertColumns.read(row),
                        row.getInt("attempts"),
                        Instant.ofEpochMilli(row.getLong("dead_at")),
                        Optional.ofNullable(row.getString("last_error")).orElse("")))
                .list());
    }

    @Override
    public boolean retry(long id) {
        return gate.write(handle ->
                handle.createUpdate(RETRY + " AND id = :id").bind("id", id).execute() == 1);
    }

    @Override
    public int retryAll(Optional<String> webhook) {
        return gate.write(
                handle -> handle.createUpdate(RETRY + (webhook.isPresent() ? " AND webhook_id = :webhook" : ""))
                        .bind("webhook", webhook)
                        .execute());
    }

    @Override
    public int forgetDead(Instant before) {
        int forgotten = 0;
        List<Long> ids = forgettable(before);
        while (!ids.isEmpty() && !Thread.currentThread().isInterrupted()) {
            List<Long> these = ids;
            forgotten += gate.write(handle -> handle.createUpdate(FORGET)
                    .bindList("ids", these)
                    .bind("before", before.toEpochMilli())
                    .execute());
            ids = forgettable(before);
        }
        return forgotten;
    }

    private List<Long> forgettable(Instant before) {
        return gate.read(handle -> handle.createQuery(FORGOTTEN)
                .bind("before", before.toEpochMilli())
                .mapTo(Long.class)
                .list());
    }

    @Override
    public int forgetOldSecrets(Instant before) {
        return gate.write(handle -> handle.createUpdate(FORGET_SECRETS)
                .bind("before", before.toEpochMilli())
                .execute());
    }

    @Override
    public Backlog backlog() {
        return gate.read(handle -> handle.createQuery(BACKLOG)
                .map((row, _) -> new Backlog(row.getLong("pending"), row.getLong("dead")))
                .one());
    }

    private static int execute(Handle handle, String sql, String id) {
        return handle.createUpdate(sql).bind("id", id).execute();
    }

    private static Webhook webhook(ResultSet row) throws SQLException {
        return new Webhook(
                row.getString("id"),
                row.getString("target"),
                types(row.getString("types")),
                WebhookFormat.parse(row.getString("format")),
                row.getString("description"),
                Instant.ofEpochMilli(row.getLong("created_at")),
                time(row, "old_secret_until"),
                new Webhook.Health(
                        row.getInt("failures"),
                        time(row, "failing_since"),
                        time(row, "last_success_at"),
                        time(row, "last_failure_at"),
                        Optional.ofNullable(row.getString("last_error")),
                        time(row, "disabled_at"),
                        Optional.ofNullable(row.getString("disabled_why"))),
                row.getLong("pending"),
                row.getLong("dead"));
    }

    private static Set<AlertType> types(String words) {
        return Arrays.stream(words.split(" ", -1))
                .filter(word -> !word.isEmpty())
                .map(AlertType::parse)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }
}
