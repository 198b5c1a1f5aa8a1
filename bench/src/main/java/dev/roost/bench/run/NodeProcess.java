package dev.roost.bench.run;

import dev.roost.store.Database;
import dev.roost.store.RoostStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * One node of a fleet: store, engine and scheduler of Roost in a process of their own, with an X that takes a while. Does
 * what the lines of its standard input say, and answers each with one line: {@code go AHEAD CONCURRENCY MILLIS},
 * {@code count}, {@code stop}.
 */
public final class NodeProcess {
    private static final PrintStream OUT = System.out;

    private NodeProcess() {}

    /**
     * Runs until its input ends.
     *
     * @param arguments the database, the keyset file and a folder for the spool
     * @throws IOException if it cannot read its input
     */
    public static void main(String[] arguments) throws IOException {
        Optional<Cycle> running = Optional.empty();
        try (RoostStore store = RoostStore.open(
                        Database.Postgres.parse(arguments[0]), Path.of(arguments[1]), InstantSource.system());
                BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            OUT.println("ready");
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String[] words = line.split(" ", -1);
                switch (words[0]) {
                    case "go" -> {
                        Cycle cycle = cycle(store, Path.of(arguments[2]), words);
                        cycle.start();
                        running = Optional.of(cycle);
                    }
                    case "stop" -> {
                        running.ifPresent(Cycle::close);
                        running = Optional.empty();
                    }
                    default -> {}
                }
                OUT.println(running.map(Cycle::rotated).orElse(0L));
            }
        }
    }

    private static Cycle cycle(RoostStore store, Path spool, String[] words) {
        return new Cycle(
                store,
                spool,
                new ScriptedX(Duration.ofMillis(Long.parseLong(words[3]))),
                Duration.parse(words[1]),
                Integer.parseInt(words[2]));
    }
}
