package dev.roost.bench.run;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What the rows of a run share: a folder, a PostgreSQL, crowds of accounts, notes. For one thread. */
final class Site implements AutoCloseable {
    private static final PrintStream OUT = System.err;
    /** What lies between two refreshes of an account. */
    static final Duration BETWEEN_REFRESHES = Duration.ofMinutes(110);

    private final Path folder;
    private final boolean quick;
    private final List<String> notes = new ArrayList<>();
    private final Map<String, Crowd> crowds = new LinkedHashMap<>();
    private final Map<String, Duration> turned = new LinkedHashMap<>();
    private int logs;
    private Optional<PostgresServer> postgres = Optional.empty();

    Site(boolean quick) throws IOException {
        this.folder = Files.createTempDirectory("roost-bench-run-");
        this.quick = quick;
    }

    boolean isQuick() {
        return quick;
    }

    int rounds() {
        return quick ? 2 : 5;
    }

    Duration round() {
        return Duration.ofSeconds(quick ? 2 : 4);
    }

    /** Returns a new folder. */
    Path folder(String name) throws IOException {
        return Files.createDirectory(folder.resolve(name));
    }

    /** Returns a file for what a process says. */
    Path log(String name) {
        return folder.resolve(name + "-" + ++logs + ".log");
    }

    PostgresServer postgres() throws IOException {
        if (postgres.isEmpty()) {
            postgres = Optional.of(PostgresServer.start(folder.resolve("postgres")));
        }
        return postgres.get();
    }

    /** Returns so many accounts, made when first asked for: due evenly between two refreshes. */
    Crowd crowd(String name, int many) throws IOException, SQLException {
        Crowd known = crowds.get(name);
        if (known != null) {
            return known;
        }
        say("making " + many + " accounts");
        long start = System.nanoTime();
        Crowd crowd = Crowd.fill(postgres(), name, folder(name), many, BETWEEN_REFRESHES);
        say("made in " + (System.nanoTime() - start) / 1_000_000_000 + " s");
        crowds.put(name, crowd);
        return crowd;
    }

    /** Turns the clock by which a crowd is refreshed, and returns how far ahead it now is. */
    Duration turn(Crowd crowd, Duration by) {
        return turned.merge(crowd.name(), by, Duration::plus);
    }

    /** Adds to what stands below the table. */
    void note(String text) {
        notes.add(text);
        say(text);
    }

    List<String> notes() {
        return List.copyOf(notes);
    }

    /** Tells whoever waits. */
    static void say(String text) {
        OUT.println("bench/run: " + text);
    }

    @Override
    public void close() throws IOException {
        if (postgres.isPresent()) {
            postgres.get().close();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (UncheckedIOException e) {
            say("left in " + folder + ": " + e.getMessage());
        }
    }
}
