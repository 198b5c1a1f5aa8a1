package dev.roost.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roost.core.AccountId;
import dev.roost.core.StoreUnavailableException;
import dev.roost.testkit.Sample;
import dev.roost.testkit.ScriptedX;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers that are demoted, full, or elsewhere: Roost goes on by itself once one takes writes. */
final class FailoverTest {
    private final ScriptedX x = new ScriptedX();

    @TempDir
    Path folder;

    @Test
    void serverThatTakesNoWritesIsAwayUntilItTakesThemAgain() throws IOException, SQLException {
        try (EmbeddedPostgres server = TestPostgres.start();
                FleetNode node = node(TestPostgres.at(server.getPort(), "postgres"))) {
            AccountId id = node.connect(Sample.user(), Duration.ofHours(1));
            assertThat(node.generationServed(id)).isEqualTo(1);
            node.store.check();
            readOnly(server, "on");
            FleetNode.until("the server takes no writes", () -> !isReady(node));
            assertThatThrownBy(() -> node.store.check())
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("takes no writes")
                    .hasMessageContaining("in recovery or set read-only");
            assertThatThrownBy(() -> node.connect(Sample.user(), Duration.ofHours(1)))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("takes no writes");
            assertThat(node.generationServed(id)).isEqualTo(1);
            readOnly(server, "off");
            FleetNode.until("the server takes writes", () -> isReady(node));
            assertThat(node.store.tokens().account(node.connect(Sample.user(), Duration.ofHours(1))))
                    .isPresent();
        }
    }

    @Test
    void fullServerIsAwayUntilThereIsRoom() throws IOException, SQLException {
        try (EmbeddedPostgres server = EmbeddedPostgres.builder()
                        .setServerConfig("max_connections", "8")
                        .setServerConfig("superuser_reserved_connections", "0")
                        .start();
                FleetNode node = node(TestPostgres.at(server.getPort(), "postgres"))) {
            AccountId id = node.connect(Sample.user(), Duration.ofHours(1));
            assertThat(node.generationServed(id)).isEqualTo(1);
            List<Connection> others = new ArrayList<>();
            try {
                FleetNode.until("the server is full and Roost has lost its connections", () -> {
                    fill(server, others);
                    return whyNotReady(node).contains("is full: it takes no more connections");
                });
                assertThat(whyNotReady(node)).contains("raise max_connections");
                assertThat(node.generationServed(id)).isEqualTo(1);
            } finally {
                for (Connection other : others) {
                    other.close();
                }
            }
            FleetNode.until("there is room", () -> isReady(node));
            node.awaitNews();
            assertThat(node.store.tokens().account(node.connect(Sample.user(), Duration.ofHours(1))))
                    .isPresent();
        }
    }

    @Test
    void firstHostIsDeadAndTheSecondServes() {
        Database.Postgres known = TestPostgres.newDatabase();
        Database.Postgres database = Database.Postgres.parse(
                "jdbc:postgresql://postgres@127.0.0.1:1," + known.hosts().getFirst() + "/" + known.name());
        try (FleetNode node = node(database)) {
            node.awaitNews();
            node.store.check();
            assertThat(node.store.tokens().account(node.connect(Sample.user(), Duration.ofHours(1))))
                    .isPresent();
        }
    }

    @Test
    void hostThatTakesNoWritesIsPassedOver() throws IOException, SQLException {
        Database.Postgres known = TestPostgres.newDatabase();
        try (EmbeddedPostgres standby = TestPostgres.start()) {
            readOnly(standby, "on");
            List<Database.Postgres.Host> hosts = List.of(
                    new Database.Postgres.Host("127.0.0.1", standby.getPort()),
                    known.hosts().getFirst());
            try (FleetNode node = node(new Database.Postgres(
                    hosts,
                    known.name(),
                    known.user(),
                    Optional.empty(),
                    Map.of(),
                    4,
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(10)))) {
                assertThat(node.store.tokens().account(node.connect(Sample.user(), Duration.ofHours(1))))
                        .isPresent();
            }
        }
    }

    private static boolean isReady(FleetNode node) {
        return whyNotReady(node).isEmpty();
    }

    private static String whyNotReady(FleetNode node) {
        try {
            node.store.check();
            return "";
        } catch (StoreUnavailableException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** Takes away the connections that Roost has, and all that there are. */
    private static void fill(EmbeddedPostgres server, List<Connection> others) {
        try {
            while (true) {
                Connection other = server.getPostgresDatabase().getConnection();
                others.add(other);
                try (Statement statement = other.createStatement()) {
                    statement.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                            + " WHERE application_name LIKE 'roost%'");
                }
            }
        } catch (SQLException e) {
            assertThat(e.getSQLState()).isEqualTo("53300");
        }
    }

    private static void readOnly(EmbeddedPostgres server, String value) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SET default_transaction_read_only = off");
            statement.execute("ALTER SYSTEM SET default_transaction_read_only = " + value);
            statement.execute("SELECT pg_reload_conf()");
        }
    }

    private FleetNode node(Database database) {
        return new FleetNode("a", database, folder.resolve("keyset.json"), x);
    }
}
