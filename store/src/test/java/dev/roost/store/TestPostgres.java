package dev.roost.store;

import dev.roost.testkit.Sample;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** One PostgreSQL server for all tests of this run, with a new database for whoever asks. */
final class TestPostgres {
    private static final EmbeddedPostgres SERVER = start();

    private TestPostgres() {}

    static Database.Postgres newDatabase() {
        String name = "roost_" + Sample.hex(12);
        try (Connection connection = SERVER.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new IllegalStateException("the test database could not be made", e);
        }
        return at(SERVER.getPort(), name);
    }

    static Database.Postgres at(int port, String name) {
        return with(Database.Postgres.parse("postgresql://postgres:canary-password@127.0.0.1:" + port + "/" + name));
    }

    private static Database.Postgres with(Database.Postgres parsed) {
        return new Database.Postgres(
                parsed.hosts(),
                parsed.name(),
                parsed.user(),
                parsed.password(),
                parsed.options(),
                6,
                Duration.ofMillis(500),
                Duration.ofSeconds(10));
    }

    static EmbeddedPostgres start() {
        try {
            return EmbeddedPostgres.start();
        } catch (IOException e) {
            throw new UncheckedIOException("embedded PostgreSQL did not start", e);
        }
    }
}
