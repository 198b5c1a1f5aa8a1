package dev.roost.store;

import dev.roost.core.Node;
import dev.roost.core.Secret;
import dev.roost.core.StoreUnavailableException;
import dev.roost.core.alerting.AlertType;
import dev.roost.core.alerting.Delivery;
import dev.roost.core.alerting.DeliveryEnding;
import dev.roost.core.alerting.Outbox;
import dev.roost.core.alerting.WebhookFormat;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/**
 * The table {@code deliveries} as those see it who deliver. Every note changes the row of the webhook first, so that no two of
 * them wait for each other.
 */
final class SqlOutbox implements Outbox {
    private static final Logger LOG = System.getLogger(SqlOutbox.class.getName());
    private static final String FREE = "(d.lease_until IS NULL OR d.lease_until <= <now>)";
    private static final String SENDABLE = """
             d.dead_at IS NULL AND +d.due_at <= <now> AND
            """ + FREE + """
             AND (w.disabled_at IS NULL OR d.type = 'test') AND d.type IN (<types>)
            AND NOT EXISTS (SELECT 1 FROM deliveries b WHERE b.webhook_id = d.webhook_id AND b.subject = d.subject
                AND b.dead_at IS NULL AND b.id < d.id AND d.type <> 'test')
            """;
    private static final String DUE = "SELECT w.id FROM webhooks w WHERE EXISTS (SELECT 1 FROM deliveries d"
            + " WHERE d.webhook_id = w.id AND" + SENDABLE + ")";
    private static final String NEXT = "SELECT d.id FROM deliveries d JOIN webhooks w ON w.id = d.webhook_id"
            + " WHERE d.webhook_id = :webhook AND" + SENDABLE;
    /** Looked for before anybody has to wait; an index gives them in this order, and the first will do. */
    static final String CANDIDATES = NEXT + " ORDER BY d.id LIMIT :limit";

    private static final String CLAIM = """
            UPDATE deliveries SET lease_owner = :owner, lease_until = <now> + :length, attempts = attempts + 1
            WHERE id IN (
            """ + NEXT + """
             AND d.id IN (<ids>) ORDER BY d.id <skipping>) AND dead_at IS NULL
                AND (lease_until IS NULL OR lease_until <= <now>) RETURNING *
            """;
    /** A type of a later version, which is for its processes to tell. */
    private static final List<String> TYPES =
            Arrays.stream(AlertType.values()).map(AlertType::word).toList();

    private static final String MINE = " id = :id AND lease_owner = :owner AND attempts = :attempt";
    private static final String OF_MINE =
            " WHERE id = :webhook AND EXISTS (SELECT 1 FROM deliveries WHERE" + MINE + ")";
    private static final String WELL =
            "UPDATE webhooks SET failures = 0, failing_since = NULL, last_success_at = <now>" + OF_MINE;
    private static final String UNWELL = "UPDATE webhooks SET failures = failures + 1, last_failure_at = <now>,"
            + " failing_since = coalesce(failing_since, <now>), last_error = :error" + OF_MINE;
    private static final String REMOVE = "DELETE FROM deliveries WHERE" + MINE;
    private static final String POSTPONE = "UPDATE deliveries SET lease_owner = NULL, lease_until = NULL,"
            + " due_at = <now> + :after, last_error = :error WHERE" + MINE;
    private static final String BURY = "UPDATE deliveries SET lease_owner = NULL, lease_until = NULL,"
            + " dead_at = <now>, last_error = :error WHERE" + MINE;
    private static final String DISABLE = """
            UPDATE webhooks SET disabled_at = <now>, disabled_why = :why WHERE id = :webhook AND disabled_at IS NULL
            """;
    private static final String TOO_LONG = " AND failing_since <= <now> - :longest";
    /** Also what is under way: if it arrives after all, it is removed all the same. */
    private static final String BURY_ALL = """
            UPDATE deliveries SET dead_at = <now>, last_error = coalesce(last_error, 'its webhook was disabled')
            WHERE webhook_id = :webhook AND dead_at IS NULL
            """;

    private final SqlGate gate;
    private final WebhookSecrets secrets;

    SqlOutbox(SqlGate gate, Keyset keyset) {
        this.gate = gate;
        this.secrets = new WebhookSecrets(keyset);
    }

    @Override
    public List<String> due() {
        return gate.read(handle -> handle.createQuery(gate.dialect().sql(DUE))
                .bindList("types", TYPES)
                .bind("leaseNow", gate.leaseNow())
                .mapTo(String.class)
                .list());
    }

    @Override
    public List<Delivery> claim(String webhook, Node owner, int limit, Duration lease) {
        List<Long> ids = gate.read(handle -> handle.createQuery(gate.dialect().sql(CANDIDATES))
                .bindList("types", TYPES)
                .bind("leaseNow", gate.leaseNow())
                .bind("webhook", webhook)
                .bind("limit", limit)
                .mapTo(Long.class)
                .list());
        return ids.isEmpty() ? List.of() : gate.write(handle -> claim(handle, webhook, ids, owner, lease));
    }

    private List<Delivery> claim(Handle handle, String webhook, List<Long> ids, Node owner, Duration lease) {
        Optional<WebhookSecrets.Opened> target = opened(handle, webhook);
        Optional<WebhookFormat> format = handle.createQuery("SELECT format FROM webhooks WHERE id = :id")
                .bind("id", webhook)
                .mapTo(String.class)
                .findOne()
                .map(WebhookFormat::parse);
        if (target.isEmpty() || format.isEmpty()) {
            return List.of();
        }
        List<Delivery> claimed =
                new ArrayList<>(handle.createQuery(gate.dialect().sql(CLAIM))
                        .define("skipping", gate.dialect().skipping())
                        .bindList("types", TYPES)
                        .bindList("ids", ids)
                        .bind("leaseNow", gate.leaseNow())
                        .bind("webhook", webhook)
                        .bind("owner", owner.value())
                        .bind("length", lease.toMillis())
                        .map((row, _) -> delivery(row, owner, target.get(), format.get()))
                        .list());
        claimed.sort(Comparator.comparingLong(Delivery::id));
        return claimed;
    }

    /** What does not open is no outage of the store: others can still be sent. */
    private Optional<WebhookSecrets.Opened> opened(Handle handle, String webhook) {
        try {
            return secrets.find(handle, webhook);
        } catch (StoreUnavailableException e) {
            if (e.getCause() instanceof SealBrokenException) {
                throw new IllegalStateException(e.getMessage(), e);
            }
            throw e;
        }
    }

    @Override
    public boolean note(Delivery delivery, DeliveryEnding ending) {
        return gate.write(handle -> switch (ending) {
            case DeliveryEnding.Arrived a -> {
                boolean mine = execute(handle, WELL, delivery) == 1;
                yield mine && execute(handle, REMOVE, delivery) == 1;
            }
            case DeliveryEnding.Later later -> {
                boolean mine = unwell(handle, delivery, later.error());
                if (mine) {
                    var _ = update(handle, POSTPONE, delivery)
                            .bind("after", later.after().toMillis())
                            .bind("error", later.error())
                            .execute();
                    disable(handle, delivery, TOO_LONG, "nothing has arrived for 5 days");
                }
                yield mine;
            }
            case DeliveryEnding.GivenUp given -> {
                boolean mine = unwell(handle, delivery, given.error());
                if (mine) {
                    bury(handle, delivery, given.error());
                    disable(handle, delivery, TOO_LONG, "nothing has arrived for 5 days");
                }
                yield mine;
            }
            case DeliveryEnding.Gone gone -> {
                boolean mine = unwell(handle, delivery, gone.error());
                if (mine) {
                    bury(handle, delivery, gone.error());
                    disable(handle, delivery, "", "the receiver says that it is gone (410)");
                }
                yield mine;
            }
        });
    }

    private boolean unwell(Handle handle, Delivery delivery, String error) {
        return update(handle, UNWELL, delivery).bind("error", error).execute() == 1;
    }

    private void bury(Handle handle, Delivery delivery, String error) {
        var _ = update(handle, BURY, delivery).bind("error", error).execute();
    }

    private void disable(Handle handle, Delivery delivery, String condition, String why) {
        boolean disabled = update(handle, DISABLE + condition, delivery)
                        .bind("why", why)
                        .bind("longest", LONGEST_FAILING.toMillis())
                        .execute()
                == 1;
        if (disabled) {
            execute(handle, BURY_ALL, delivery);
            LOG.log(
                    Level.WARNING,
                    "webhook {0} is disabled: {1}. Nothing that happens from now on is kept for it. Take it into use again"
                            + " with: roost webhooks enable {0}",
                    delivery.webhook(),
                    why);
        }
    }

    private int execute(Handle handle, String sql, Delivery delivery) {
        return update(handle, sql, delivery).execute();
    }

    private org.jdbi.v3.core.statement.Update update(Handle handle, String sql, Delivery delivery) {
        return named(handle.createUpdate(gate.dialect().sql(sql)), delivery).bind("leaseNow", gate.leaseNow());
    }

    private static <S extends SqlStatement<S>> S named(S statement, Delivery delivery) {
        return statement
                .bind("webhook", delivery.webhook())
                .bind("id", delivery.id())
                .bind("owner", delivery.owner().value())
                .bind("attempt", delivery.attempt());
    }

    private Delivery delivery(ResultSet row, Node owner, WebhookSecrets.Opened target, WebhookFormat format)
            throws SQLException {
        List<Secret> signing = new ArrayList<>(List.of(target.secret()));
        target.old().filter(old -> target.oldUntil() > gate.leaseNow()).ifPresent(signing::add);
        return new Delivery(
                row.getLong("id"),
                row.getInt("attempts"),
                owner,
                AlertColumns.read(row),
                target.id(),
                target.url(),
                format,
                signing);
    }
}
