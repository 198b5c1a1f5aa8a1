package dev.roost.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roost.core.Account;
import dev.roost.core.AccountId;
import dev.roost.core.Lease;
import dev.roost.core.LeaseAnswer;
import dev.roost.testkit.ManualClock;
import dev.roost.testkit.Sample;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Programs of two versions on one database, while nodes are upgraded one after the other. */
@ParameterizedClass
@EnumSource
final class RollingUpgradeTest {
    private static final String HERE = "classpath:dev/roost/store/";
    private static final int ACCOUNTS = 50;

    private final SqlStoreTest.Kind kind;

    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init") // set before every test by JUnit
    private Database database;

    RollingUpgradeTest(SqlStoreTest.Kind kind) {
        this.kind = kind;
    }

    @BeforeEach
    void make() {
        database = Backdoor.fresh(kind, folder);
    }

    @Test
    void worksOnANewerDatabaseThatOnlyAdded() {
        StoreFixture running = open();
        Account ada = connect(running);
        migrate("latest", "migrations", "future/added");
        rotate(running, ada.id(), 1);
        try (StoreFixture started = open()) {
            rotate(started, ada.id(), 2);
            connect(started);
            rotate(running, ada.id(), 3);
        }
        running.close();
        assertThat(Backdoor.of(database).ask("SELECT max(version) FROM flyway_schema_history WHERE version LIKE '9%'"))
                .isEqualTo("9001");
    }

    @Test
    void refusesANewerDatabaseThatTookSomethingAway() {
        open().close();
        migrate("latest", "migrations", "future/added", "future/broken");
        assertThatThrownBy(this::open)
                .isInstanceOf(StoreRefusedException.class)
                .hasMessageContaining("is at version 9002 and works with programs that know version 9001 or later")
                .hasMessageContaining("the newest that this program knows is ")
                .hasMessageContaining("Start the newer Roost");
    }

    /** The statements are those of the program whose newest migration was 11. */
    @Test
    void theVersionBeforeGoesOnWhileTheTablesAreUpgradedUnderIt() throws InterruptedException {
        migrate("11", "migrations");
        List<String> ids = Stream.generate(() -> Sample.accountId().value())
                .limit(ACCOUNTS)
                .toList();
        Backdoor door = Backdoor.of(database);
        ids.forEach(
                id -> door.run(OldProgram.CONNECT.formatted(id, ids.indexOf(id) + 1), OldProgram.GRANT.formatted(id)));
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger done = new AtomicInteger();
        List<String> failures = new ArrayList<>();
        Thread old = Thread.ofPlatform().start(() -> {
            try (Connection connection = DriverManager.getConnection(door.url(), door.user(), door.password())) {
                OldProgram program = new OldProgram(connection);
                while (!over.get()) {
                    program.refresh(ids.get(done.getAndIncrement() % ACCOUNTS));
                    // SQLite does not queue writers: one without a break would keep the other out.
                    LockSupport.parkNanos(20_000_000);
                }
            } catch (SQLException e) {
                failures.add(e.toString());
            }
        });
        awaitMore(done, ACCOUNTS);
        try (StoreFixture upgraded = open()) {
            awaitMore(done, ACCOUNTS);
            over.set(true);
            old.join(Duration.ofSeconds(20));
            assertThat(failures).isEmpty();
            long rotations = ids.stream()
                    .mapToLong(id -> upgraded.tokens()
                                    .account(new AccountId(id))
                                    .orElseThrow()
                                    .generation()
                            - 1)
                    .sum();
            assertThat(rotations).as("rotations that the old program made").isEqualTo(done.get());
            rotate(upgraded, connect(upgraded).id(), 1);
        }
    }

    /** What the program of version 11 said to the database when it refreshed. */
    private record OldProgram(Connection connection) {
        static final String CONNECT =
                "INSERT INTO accounts (id, client_id, x_user_id, username, connected_at, issued_at)"
                        + " VALUES ('%s', 'an-app', '%d', 'ada', 1000, 1000)";
        static final String GRANT = """
                INSERT INTO grants (account_id, client_id, generation, state, state_since, scopes, access_sealed,
                    refresh_sealed, key_id, refresh_fingerprint, access_expires_at, rotated_at, due_at)
                VALUES ('%s', 'an-app', 1, 'active', 1000, 'users.read', NULL, NULL, 1, 'f', 9000, 1000, 5000)""";
        private static final String TAKE = """
                UPDATE grants SET lease_owner = 'old', lease_purpose = 'REFRESH', lease_until = 90000,
                    due_at = 90000, fence = fence + 1, sends = sends + 1,
                    first_sent_at = CASE WHEN sends = 0 THEN 6000 ELSE first_sent_at END,
                    first_node = CASE WHEN sends = 0 THEN 'old' ELSE first_node END
                WHERE account_id = ? AND state = 'active'
                    AND (lease_owner IS NULL OR lease_until <= 6000 OR lease_until > 6000 + 3600000) RETURNING generation""";
        private static final String RECORD = """
                UPDATE grants SET generation = ?, state = 'active', state_since = 6000, scopes = 'users.read',
                    access_sealed = NULL, refresh_sealed = NULL, key_id = 1,
                    refresh_fingerprint = 'f', access_expires_at = 9000, rotated_at = 6000, due_at = 5000,
                    lease_owner = NULL, lease_purpose = NULL, lease_until = NULL,
                    sends = 0, first_sent_at = NULL, first_node = NULL,
                    loss_cause = NULL, loss_sent_at = NULL, loss_node = NULL, failures = 0, failing_since = NULL
                WHERE account_id = ? AND generation = ?""";
        private static final String NOTE = """
                INSERT INTO events (account_id, at, kind, generation, node, detail, sequence, hash)
                VALUES (?, 6000, 'ROTATED', ?, 'old', '', ?, 'h')""";
        private static final String DUE = "SELECT count(*) FROM grants WHERE client_id = 'an-app' AND due_at <= 6000";

        void refresh(String id) throws SQLException {
            long generation = take(id);
            connection.setAutoCommit(false);
            try (PreparedStatement record = connection.prepareStatement(RECORD);
                    PreparedStatement note = connection.prepareStatement(NOTE)) {
                record.setLong(1, generation + 1);
                record.setString(2, id);
                record.setLong(3, generation);
                record.executeUpdate();
                note.setString(1, id);
                note.setLong(2, generation + 1);
                note.setLong(3, generation);
                note.executeUpdate();
                connection.commit();
            } finally {
                connection.setAutoCommit(true);
            }
        }

        private long take(String id) throws SQLException {
            try (PreparedStatement due = connection.prepareStatement(DUE);
                    PreparedStatement take = connection.prepareStatement(TAKE)) {
                due.executeQuery().close();
                take.setString(1, id);
                try (ResultSet rows = take.executeQuery()) {
                    assertThat(rows.next()).as("%s is free", id).isTrue();
                    return rows.getLong(1);
                }
            }
        }
    }

    private static void awaitMore(AtomicInteger done, int more) {
        int end = done.get() + more;
        for (int i = 0; i < 4000 && done.get() < end; i++) {
            LockSupport.parkNanos(5_000_000);
        }
        assertThat(done.get()).as("the old program goes on").isGreaterThanOrEqualTo(end);
    }

    private void migrate(String target, String... folders) {
        Backdoor door = Backdoor.of(database);
        Flyway.configure()
                .dataSource(door.url(), door.user(), door.password())
                .loggers(FlywayLogs.class.getName())
                .locations(Stream.of(folders).map(HERE::concat).toArray(String[]::new))
                .placeholders(Dialect.of(database, new LeaseClock.Injected(new ManualClock()))
                        .types())
                .target(target)
                .load()
                .migrate();
    }

    private StoreFixture open() {
        return new StoreFixture(database, folder.resolve("keyset.json"));
    }

    private static Account connect(StoreFixture store) {
        return store.tokens()
                .connect(Sample.signedIn("an-app", Sample.user(), store.clock().instant()));
    }

    private static void rotate(StoreFixture store, AccountId id, long spent) {
        LeaseAnswer answer =
                store.tokens().lease(id, spent, Lease.Purpose.REFRESH, Sample.node("one"), Duration.ofSeconds(90));
        assertThat(answer).isInstanceOf(LeaseAnswer.Granted.class);
        store.tokens().rotate(Sample.rotation(id, spent, store.clock().instant(), Sample.node("one")));
    }
}
