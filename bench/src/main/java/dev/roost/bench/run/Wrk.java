package dev.roost.bench.run;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The load generator {@code wrk}, in a process of its own. */
final class Wrk {
    private static final String SCRIPT = "bench/wrk.lua";

    private Wrk() {}

    /**
     * What it saw.
     *
     * @param rate answers in a second
     * @param p50 milliseconds within which half of them came
     * @param p99 milliseconds within which 99 of 100 came
     */
    record Seen(double rate, double p50, double p99) {}

    /**
     * Asks again and again over so many kept-alive connections.
     *
     * @param paths if not empty, a file with paths to ask for in turn
     * @throws IOException if an answer had another status than 2xx, or none came
     */
    static Seen run(URI address, String key, int connections, Duration time, Optional<Path> paths, Path log)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                program("wrk"),
                "--threads",
                "1",
                "--connections",
                Integer.toString(connections),
                "--duration",
                time.toSeconds() + "s",
                // A machine that is busy with other things makes answers late, not wrong.
                "--timeout",
                "20s",
                "--script",
                SCRIPT));
        if (!key.isEmpty()) {
            command.addAll(List.of("--header", "Authorization: Bearer " + key));
        }
        command.add(address.toString());
        Map<String, String> environment =
                paths.map(file -> Map.of("BENCH_PATHS", file.toString())).orElse(Map.of());
        try (Child wrk = Child.start(command, environment, log)) {
            String result = wrk.all()
                    .lines()
                    .filter(line -> line.startsWith("RESULT "))
                    .findFirst()
                    .orElseThrow(() -> new IOException("wrk printed no result"));
            String[] parts = result.split(" ", -1);
            if (!"0".equals(parts[4])) {
                throw new IOException(address.getPath() + ": " + parts[4] + " requests failed");
            }
            return new Seen(Double.parseDouble(parts[1]), Double.parseDouble(parts[2]), Double.parseDouble(parts[3]));
        }
    }

    /** Returns where a program of Debian's is. */
    static String program(String name) throws IOException {
        for (String folder : List.of("/usr/sbin/", "/usr/bin/", "/usr/local/sbin/", "/usr/local/bin/")) {
            if (Files.isExecutable(Path.of(folder + name))) {
                return folder + name;
            }
        }
        throw new IOException(name + " is not installed; run: apt-get install nginx-light wrk");
    }
}
