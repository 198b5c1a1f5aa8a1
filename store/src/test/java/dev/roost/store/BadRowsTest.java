package dev.roost.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roost.core.Account;
import dev.roost.core.AccountId;
import dev.roost.core.Lease;
import dev.roost.core.LeaseAnswer;
import dev.roost.core.Node;
import dev.roost.core.Settlement;
import dev.roost.core.alerting.AlertPolicy;
import dev.roost.core.alerting.AlertType;
import dev.roost.core.alerting.Delivery;
import dev.roost.core.alerting.Webhook;
import dev.roost.core.alerting.WebhookFormat;
import dev.roost.core.alerting.WebhookTargets;
import dev.roost.core.alerting.Webhooks;
import dev.roost.core.overview.AccountSearch;
import dev.roost.testkit.Sample;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows that somebody else changed, or that a process of another version wrote, stop nothing but themselves. */
@ParameterizedClass
@EnumSource(SqlStoreTest.Kind.class)
@Timeout(120)
final class BadRowsTest {
    private final SqlStoreTest.Kind kind;
    private final Node node = Sample.node("one");

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init") // set before every test
    private Database database;

    @SuppressWarnings("NullAway.Init") // set before every test
    private StoreFixture fixture;

    BadRowsTest(SqlStoreTest.Kind kind) {
        this.kind = kind;
    }

    @BeforeEach
    void open() {
        database = Backdoor.fresh(kind, folder);
        fixture = new StoreFixture(database, folder.resolve("keyset.json"));
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void webhookThatDoesNotOpenIsNamedWithTheWayOutAndOthersGoOn() {
        Webhook bad = webhook().webhook();
        Webhook good = webhook().webhook();
        connected();
        run("UPDATE webhooks SET url_sealed = secret_sealed WHERE id = '" + bad.id() + "'");
        assertThatThrownBy(() -> claim(bad))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("or delete the webhook " + bad.id() + " and add it again")
                .hasMessageNotContaining("connect the account");
        assertThat(claim(good)).hasSize(1);
    }

    @Test
    void oldSecretThatDoesNotOpenIsLeftOut() {
        Webhook webhook = webhook().webhook();
        var fresh = webhooks().rotate(webhook.id(), Duration.ofHours(24)).orElseThrow();
        run("UPDATE webhooks SET old_secret_sealed = secret_sealed");
        connected();
        assertThat(claim(webhook).getFirst().secrets()).containsExactly(fresh);
    }

    @Test
    void oldSecretIsDeletedWhenItsTimeIsOver() {
        Webhook webhook = webhook().webhook();
        webhooks().rotate(webhook.id(), Duration.ofHours(24));
        assertThat(fixture.store().webhooks().forgetOldSecrets(fixture.clock.instant()))
                .isZero();
        fixture.clock.advance(Duration.ofHours(25));
        assertThat(fixture.store().webhooks().forgetOldSecrets(fixture.clock.instant()))
                .isEqualTo(1);
        assertThat(Backdoor.of(database).ask("SELECT old_secret_sealed FROM webhooks"))
                .isEqualTo("null");
    }

    @Test
    void alertOfALaterVersionIsLeftToItsProcesses() {
        Webhook webhook = webhook().webhook();
        connected();
        run("UPDATE deliveries SET type = 'account.of_the_future'");
        assertThat(fixture.store().outbox().due()).isEmpty();
        Account other = connected();
        assertThat(claim(webhook))
                .singleElement()
                .satisfies(delivery -> assertThat(
                                delivery.alert().about().orElseThrow().account())
                        .isEqualTo(other.id()));
    }

    @Test
    void whatWasGivenUpLongAgoAndWhatHasNoWebhookAreDeleted() {
        Webhook webhook = webhook().webhook();
        for (int i = 0; i < 3; i++) {
            connected();
        }
        run("UPDATE deliveries SET dead_at = id WHERE id = (SELECT min(id) FROM deliveries)");
        run("UPDATE deliveries SET webhook_id = 'wh_gone' WHERE id = (SELECT max(id) FROM deliveries)");
        assertThat(fixture.store().webhooks().forgetDead(fixture.clock.instant()))
                .isEqualTo(2);
        assertThat(claim(webhook)).hasSize(1);
    }

    @Test
    void headAtNothingDoesNotStopARotation() {
        AccountId id = connected().id();
        run("UPDATE event_heads SET sequence = 0");
        fixture.tokens().rotate(Sample.rotation(id, 1, fixture.clock.advance(Duration.ofHours(1)), node));
        assertThat(fixture.tokens().account(id).orElseThrow().generation()).isEqualTo(2);
    }

    @Test
    void chainWithoutAPlaceLeftDoesNotStopARotationAndIsToldOf() {
        AccountId id = connected().id();
        run(
                "INSERT INTO events (account_id, at, kind, generation, node, detail, sequence) SELECT account_id, at, kind,"
                        + " generation, node, detail, " + Long.MAX_VALUE + " FROM events",
                "INSERT INTO events (account_id, at, kind, generation, node, detail, sequence) SELECT account_id, at, kind,"
                        + " generation, node, detail, " + Long.MIN_VALUE + " FROM events WHERE sequence = 1",
                "UPDATE event_heads SET sequence = " + Long.MAX_VALUE);
        try (Logged logged = new Logged(Journal.class)) {
            fixture.tokens().rotate(Sample.rotation(id, 1, fixture.clock.advance(Duration.ofHours(1)), node));
            assertThat(logged.messages())
                    .singleElement()
                    .asString()
                    .contains("the log of account " + id + " has no place", "roost verify-log " + id);
        }
        assertThat(fixture.tokens().account(id).orElseThrow().generation()).isEqualTo(2);
        assertThat(Backdoor.of(database).ask("SELECT kind FROM events WHERE sequence IS NULL"))
                .isEqualTo("ROTATED");
    }

    @Test
    void firstEntryThatIsWrittenWhileOneLooksIsNotMissing() {
        AccountId id = connected().id();
        run(
                "CREATE TABLE entries_kept AS SELECT * FROM events",
                "CREATE TABLE heads_kept AS SELECT * FROM event_heads",
                "DELETE FROM events",
                "DELETE FROM event_heads");
        String columns = EntryRow.COLUMNS;
        AtomicBoolean done = new AtomicBoolean();
        try (SqlGate gate = new SqlGate(database, new LeaseClock.Injected(fixture.clock))) {
            Keyset keyset = new KeysetCheck(database, gate).open(new KeysetFile(folder.resolve("keyset.json")));
            ChainWalk walk = gate.read(handle -> {
                handle.getConfig(SqlStatements.class).setSqlLogger(new SqlLogger() {
                    @Override
                    public void logAfterExecution(StatementContext context) {
                        if (context.getRawSql().contains("FROM events") && done.compareAndSet(false, true)) {
                            run(
                                    "INSERT INTO events (" + columns + ") SELECT " + columns + " FROM entries_kept",
                                    "INSERT INTO event_heads SELECT * FROM heads_kept");
                        }
                    }

                    @Override
                    public void logException(StatementContext context, SQLException e) {
                        throw new IllegalStateException(e);
                    }
                });
                return ChainWalk.through(handle, new ChainKey(keyset), id);
            });
            assertThat(done).isTrue();
            assertThat(walk.broken()).isEmpty();
            assertThat(walk.last()).isEqualTo(1);
        }
    }

    @Test
    void failuresFromBeforeTheNewestPairAreNotAlarming() {
        Webhook webhook = webhook(AlertType.REFRESH_FAILING).webhook();
        connected();
        fixture.clock.advance(Duration.ofMinutes(10));
        run("UPDATE grants SET failures = 9, failing_since = rotated_at - 1");
        fixture.store().alerts().turn(Sample.CLIENT, fixture.clock.instant(), AlertPolicy.DEFAULT, node);
        assertThat(claim(webhook)).isEmpty();
        run("UPDATE grants SET failing_since = rotated_at + 1");
        fixture.store().alerts().turn(Sample.CLIENT, fixture.clock.instant(), AlertPolicy.DEFAULT, node);
        assertThat(claim(webhook)).hasSize(1);
    }

    @Test
    void manyOpenAlertsOfOneTypeHideNoOther() {
        Webhook webhook = webhook(AlertType.APP_REJECTED).webhook();
        run(
                "INSERT INTO open_alerts (subject, type, client_id, since, seen_at, alert_id, generation, node, detail) WITH"
                        + " RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 600) SELECT 'x' || n,"
                        + " 'account.of_the_future', '" + Sample.CLIENT + "', 0, 0, '', 1, 'n', '' FROM numbers");
        for (int i = 0; i < 4; i++) {
            fixture.store().alerts().appRejected(Sample.CLIENT, now(), node, "X said HTTP 401");
            fixture.store().alerts().turn(Sample.CLIENT, now(), AlertPolicy.DEFAULT, node);
            fixture.clock.advance(Duration.ofSeconds(10));
        }
        assertThat(claim(webhook)).hasSize(1);
    }

    @Test
    void whereNothingIsToBeToldNobodyWaitsForTheLockOfWriters() throws SQLException {
        if (kind == SqlStoreTest.Kind.POSTGRES) {
            return;
        }
        Webhook webhook = webhook(AlertType.REFRESH_FAILING).webhook();
        connected();
        try (Connection writer =
                        DriverManager.getConnection(Backdoor.of(database).url());
                Statement statement = writer.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            fixture.store().alerts().turn(Sample.CLIENT, now(), AlertPolicy.DEFAULT, node);
            assertThat(fixture.store().outbox().due()).isEmpty();
            assertThat(claim(webhook)).isEmpty();
            assertThat(fixture.store().cleaning().events(now())).isZero();
            assertThat(fixture.store().webhooks().forgetDead(now())).isZero();
            statement.execute("ROLLBACK");
        }
    }

    @Test
    void failureOfAnEarlierPairIsNoReason() {
        Webhook webhook = webhook(AlertType.TOKEN_EXPIRING).webhook();
        AccountId id = connected().id();
        Lease lease = ((LeaseAnswer.Granted)
                        fixture.tokens().lease(id, 1, Lease.Purpose.REFRESH, node, Duration.ofSeconds(90)))
                .lease();
        fixture.tokens().settle(lease, new Settlement.NotSpent(now(), now(), "X turned the request away: HTTP 503"));
        fixture.tokens().rotate(Sample.rotation(id, 1, fixture.clock.advance(Duration.ofHours(1)), node));
        Instant end =
                Instant.ofEpochMilli(Long.parseLong(Backdoor.of(database).ask("SELECT access_expires_at FROM grants")));
        fixture.clock.advance(Duration.between(now(), end));
        for (int i = 0; i < 5; i++) {
            fixture.store().alerts().turn(Sample.CLIENT, now(), AlertPolicy.DEFAULT, node);
            fixture.clock.advance(Duration.ofSeconds(10));
        }
        assertThat(claim(webhook))
                .singleElement()
                .extracting(delivery -> delivery.alert().detail())
                .isEqualTo("");
    }

    @Test
    void pairThatDoesNotOpenIsLeftOutOfMany() {
        AccountId bad = connected().id();
        AccountId good = connected().id();
        run("UPDATE grants SET access_sealed = refresh_sealed WHERE account_id = '" + bad + "'");
        assertThat(fixture.tokens().grants(Set.of(bad, good)))
                .containsExactly(fixture.tokens().grant(good).orElseThrow());
    }

    @Test
    void accountsWithoutANameAreListedByNameToo() {
        List<AccountId> all = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            all.add(connected().id());
        }
        run("UPDATE grants SET name_key = ''");
        List<AccountId> listed = new ArrayList<>();
        Optional<String> from = Optional.empty();
        do {
            AccountSearch.Page page = fixture.search()
                    .find(Sample.CLIENT, new AccountSearch.Wanted("", Set.of(), AccountSearch.Order.NAME, from, 1));
            page.accounts().forEach(account -> listed.add(account.id()));
            from = page.next();
        } while (from.isPresent());
        assertThat(listed).containsExactlyInAnyOrderElementsOf(all);
    }

    private Instant now() {
        return fixture.clock.instant();
    }

    private Account connected() {
        return fixture.tokens().connect(Sample.signedIn(Sample.CLIENT, Sample.user(), now()));
    }

    private Webhooks webhooks() {
        return new Webhooks(
                fixture.store().webhooks(), WebhookTargets.PUBLIC, node.value(), fixture.clock, new SecureRandom());
    }

    private Webhooks.Created webhook(AlertType... types) {
        return webhooks().create("https://example.com/hook", Set.of(types), WebhookFormat.STANDARD, "");
    }

    private List<Delivery> claim(Webhook webhook) {
        return fixture.store().outbox().claim(webhook.id(), node, 10, Duration.ofSeconds(60));
    }

    private void run(String... statements) {
        Backdoor.of(database).run(statements);
    }
}
