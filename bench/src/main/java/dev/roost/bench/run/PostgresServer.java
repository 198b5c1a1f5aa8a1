package dev.roost.bench.run;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** A real PostgreSQL with its data on disk, durable as in production, for one run. Safe for many threads. */
final class PostgresServer implements AutoCloseable {
    private final EmbeddedPostgres server;

    private PostgresServer(EmbeddedPostgres server) {
        this.server = server;
    }

    static PostgresServer start(Path folder) throws IOException {
        return new PostgresServer(EmbeddedPostgres.builder()
                .setDataDirectory(folder)
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("shared_buffers", "1GB")
                .setServerConfig("max_wal_size", "8GB")
                .setServerConfig("checkpoint_timeout", "15min")
                .setServerConfig("max_connections", "200")
                .setPGStartupWait(Duration.ofSeconds(60))
                .start());
    }

    /** Makes an empty database, and returns its address. */
    String newDatabase(String name) throws SQLException {
        execute("postgres", "CREATE DATABASE " + name);
        return url(name);
    }

    /** Returns the address of a database in libpq's form. */
    String url(String name) {
        return "postgresql://postgres:postgres@127.0.0.1:" + server.getPort() + "/" + name;
    }

    /** Returns the same for JDBC. */
    String jdbc(String name) {
        return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + name + "?user=postgres&password=postgres";
    }

    Connection connect(String name) throws SQLException {
        return DriverManager.getConnection(jdbc(name));
    }

    void execute(String name, String sql) throws SQLException {
        try (Connection connection = connect(name);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Returns the one value that a query finds. */
    String ask(String name, String sql) throws SQLException {
        try (Connection connection = connect(name);
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            found.next();
            return found.getString(1);
        }
    }

    /** Returns how much was ever written to the log, in bytes. */
    long written() throws SQLException {
        return Long.parseLong(ask("postgres", "SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint"));
    }

    /** Returns the processor time of all its processes that live now. */
    Duration spent() throws SQLException {
        long postmaster =
                Long.parseLong(ask("postgres", "SELECT split_part(pg_read_file('postmaster.pid'), E'\\n', 1)"));
        return ProcessHandle.of(postmaster).stream()
                .flatMap(process ->
                        java.util.stream.Stream.concat(java.util.stream.Stream.of(process), process.children()))
                .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
