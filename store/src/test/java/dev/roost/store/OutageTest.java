package dev.roost.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.roost.core.AccountId;
import dev.roost.core.RotateAnswer;
import dev.roost.core.Spool;
import dev.roost.core.StoreUnavailableException;
import dev.roost.testkit.ManualClock;
import dev.roost.testkit.Sample;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
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
    void fullDiskIsNamedAndWorksAgainWhenFreed() throws IOException, InterruptedException {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", disk.toString()), "tmpfs cannot be mounted");
        try (StoreFixture fixture =
                new StoreFixture(Database.Sqlite.at(disk.resolve("roost.db")), folder.resolve("keyset.json"))) {
            AccountId id = connect(fixture);
            Spool spool = fixture.store().spool(disk.resolve("spool"));
            fill(disk.resolve("filler"));
            assertThatThrownBy(() -> connectForever(fixture))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining(disk.resolve("roost.db").toString())
                    .hasMessageContaining("the disk is full")
                    .hasMessageContaining("free space");
            assertThat(fixture.tokens().grant(id)).isPresent();
            var rotation = Sample.rotation(id, 1, fixture.clock.instant(), Sample.node("node"));
            assertThatThrownBy(() -> spool.put(rotation))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("free space there");
            assertThat(spool.entries()).isEmpty();
            Files.delete(disk.resolve("filler"));
            spool.put(rotation);
            assertThat(fixture.tokens().rotate(rotation)).isInstanceOf(RotateAnswer.Recorded.class);
        } finally {
            run("umount", "-l", disk.toString());
        }
    }

    @Test
    void serverThatStallsInAStatementIsNoticed() throws SQLException {
        Database.Postgres known = TestPostgres.newDatabase();
        Database database = new Database.Postgres(
                known.hosts(),
                known.name(),
                known.user(),
                known.password(),
                Map.of(),
                2,
                known.connectTimeout(),
                Duration.ofSeconds(1));
        try (StoreFixture fixture = new StoreFixture(database, folder.resolve("keyset.json"))) {
            try (Connection other = DriverManager.getConnection(
                            "jdbc:postgresql://" + known.hosts().getFirst() + "/" + known.name(), known.user(), "");
                    Statement statement = other.createStatement()) {
                other.setAutoCommit(false);
                statement.execute("LOCK TABLE accounts IN ACCESS EXCLUSIVE MODE");
                assertThatThrownBy(() -> connect(fixture)).isInstanceOf(StoreUnavailableException.class);
                other.rollback();
            }
            assertThat(fixture.tokens().account(connect(fixture))).isPresent();
        }
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
                    List.of(new Database.Postgres.Host("127.0.0.1", silent.getLocalPort())),
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

    private static void connectForever(StoreFixture fixture) {
        while (fixture.clock.instant().isBefore(ManualClock.START.plus(Duration.ofDays(1)))) {
            connect(fixture);
            fixture.clock.advance(Duration.ofSeconds(1));
        }
    }

    private static void fill(Path file) throws IOException {
        byte[] block = new byte[4096];
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int i = 0; i < 4096; i++) {
                out.write(block);
            }
            throw new IllegalStateException("the small disk took 16 MB");
        } catch (IOException expected) {
            assertThat(expected).hasMessageContaining("No space left");
        }
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
    }

    private static AccountId connect(StoreFixture fixture) {
        return fixture.tokens()
                .connect(Sample.signedIn(Sample.CLIENT, Sample.user(), fixture.clock.instant()))
                .id();
    }
}
