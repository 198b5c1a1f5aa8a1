package dev.roost.proof.chaos;

import dev.roost.proof.Waiting;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A real PostgreSQL that can be made to stop at once, without a shutdown, and started again on the same data. It ends with
 * the harness, also when that is killed.
 */
final class ChaosDatabase implements AutoCloseable {
    private final Path data;
    private final Path log;
    private final EmbeddedPostgres server;
    private final Process guard;
    private final List<String> command = new ArrayList<>();

    ChaosDatabase(Path folder) throws IOException, InterruptedException {
        data = folder.resolve("postgres");
        log = folder.resolve("postgres.log");
        server = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setServerConfig("max_connections", "200")
                // The embedded one is set to lose the last commits in a crash, and nobody could keep anything on that.
                .setServerConfig("synchronous_commit", "on")
                .start();
        // The same program with the same arguments is what started it; root may start it in a user namespace only.
        if (isRoot()) {
            command.addAll(List.of("unshare", "-U"));
        }
        command.addAll(List.of(Files.readString(Path.of("/proc", String.valueOf(pid()), "cmdline"))
                .split("\0")));
        guard = new ProcessBuilder(
                        "sh", "-c", "cat >/dev/null; test -f \"$0\" && kill -QUIT \"$(head -n 1 \"$0\")\"", pidFile())
                .start();
    }

    int port() {
        return server.getPort();
    }

    /** Makes an empty database. */
    void create(String name) {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot make database " + name, e);
        }
    }

    /** What {@code pg_ctl stop -m immediate} does; returns when it is gone. */
    void crash() {
        ProcessHandle postmaster = ProcessHandle.of(pid()).orElseThrow();
        signal("QUIT", postmaster.pid());
        Waiting.until("the database is gone", () -> !postmaster.isAlive());
    }

    /** Starts it after a crash; returns when it answers, its recovery done. */
    void start() {
        try {
            new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("the database does not start", e);
        }
        Waiting.until("the database answers", this::answers);
    }

    private boolean answers() {
        try (Connection connection = server.getPostgresDatabase().getConnection()) {
            return connection.isValid(2);
        } catch (SQLException e) {
            return false;
        }
    }

    /** Sends a signal to a process that the harness has started. */
    static void signal(String name, long pid) {
        try {
            new ProcessBuilder("kill", "-" + name, String.valueOf(pid)).start().waitFor(10, TimeUnit.SECONDS);
        } catch (IOException e) {
            throw new UncheckedIOException("no signal can be sent", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isRoot() throws IOException {
        return (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0;
    }

    private String pidFile() {
        return data.resolve("postmaster.pid").toString();
    }

    private long pid() {
        try {
            return Long.parseLong(
                    Files.readAllLines(Path.of(pidFile())).getFirst().strip());
        } catch (IOException e) {
            throw new UncheckedIOException("the database does not run", e);
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            guard.getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException("the database did not stop", e);
        }
    }
}
