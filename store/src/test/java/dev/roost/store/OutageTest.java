package dev.roost.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roost.core.AccountId;
import dev.roost.core.RotateAnswer;
import dev.roost.core.StoreUnavailableException;
import dev.roost.testkit.ManualClock;
import dev.roost.testkit.Sample;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OutageTest {
    @TempDir
    Path folder;

    @Test
    void lockedFileIsNamedAndWorksAgainWhenUnlocked() throws SQLException {
        Path file = folder.resolve("roost.db");
        Database database = new Database.Sqlite(file, Duration.ofMillis(50));
        try (StoreFixture fixture = new StoreFixture(database, folder.resolve("keyset.json"))) {
            try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
                    Statement statement = other.createStatement()) {
                statement.execute("BEGIN IMMEDIATE");
                assertThatThrownBy(() -> connect(fixture))
                        .isInstanceOf(StoreUnavailableException.class)
                        .hasMessageContaining(file.toString())
                        .hasMessageContaining("locked by another process for longer than PT0.05S")
                        .hasMessageContaining("fuser -v");
                statement.execute("ROLLBACK");
            }
            assertThat(fixture.tokens().account(connect(fixture))).isPresent();
        }
    }

    @Test
    void fullDiskIsNamedAndNothingIsHalfDone() {
        SQLException full = new org.sqlite.SQLiteException("disk full", org.sqlite.SQLiteErrorCode.SQLITE_FULL);
        Outages outages = new Outages(Database.Sqlite.at(folder.resolve("roost.db")));
        assertThat(outages.explain(full))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("roost.db")
                .hasMessageContaining("the disk is full")
                .hasMessageContaining("free space");
    }

    @Test
    void mistakeInAStatementIsNoOutage() {
        Outages outages = new Outages(TestPostgres.at(1, "db"));
        assertThat(outages.explain(new SQLException("syntax", "42601"))).isInstanceOf(IllegalStateException.class);
        assertThat(outages.explain(new SQLException("gone", "57P01"))).isInstanceOf(StoreUnavailableException.class);
        assertThat(outages.explain(new SQLException("read-only", "25006")))
                .isInstanceOf(StoreUnavailableException.class);
    }

    @Test
    void postgresGoesAwayAndComesBackWithoutReopening() throws IOException {
        Path data = folder.resolve("pg");
        EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .start();
        int port = server.getPort();
        try (StoreFixture fixture =
                new StoreFixture(TestPostgres.at(port, "postgres"), folder.resolve("keyset.json"))) {
            AccountId id = connect(fixture);
            var rotation = Sample.rotation(id, 1, fixture.clock.instant(), Sample.node("node"));
            server.close();
            assertThatThrownBy(() -> fixture.tokens().rotate(rotation))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("PostgreSQL 127.0.0.1:" + port + "/postgres does not answer")
                    .hasMessageNotContaining("canary-password");
            server = EmbeddedPostgres.builder()
                    .setDataDirectory(data)
                    .setCleanDataDirectory(false)
                    .setPort(port)
                    .start();
            assertThat(fixture.tokens().rotate(rotation)).isInstanceOf(RotateAnswer.Recorded.class);
            assertThat(fixture.tokens().rotate(rotation)).isInstanceOf(RotateAnswer.Recorded.class);
            assertThat(fixture.tokens().account(id).orElseThrow().generation()).isEqualTo(2);
        } finally {
            server.close();
        }
    }

    @Test
    void serverThatTakesConnectionsAndSaysNothingIsNoticed() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Database database = new Database.Postgres(
                    "127.0.0.1",
                    silent.getLocalPort(),
                    "db",
                    "user",
                    Optional.empty(),
                    Map.of(),
                    2,
                    Duration.ofMillis(500),
                    Duration.ofSeconds(1));
            assertThatThrownBy(() -> RoostStore.open(database, folder.resolve("keyset.json"), new ManualClock()))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("127.0.0.1:" + silent.getLocalPort() + "/db");
            assertThat(folder.resolve("keyset.json")).doesNotExist();
        }
    }

    private static AccountId connect(StoreFixture fixture) {
        return fixture.tokens()
                .connect(Sample.signedIn(Sample.CLIENT, Sample.user(), fixture.clock.instant()))
                .id();
    }
}
