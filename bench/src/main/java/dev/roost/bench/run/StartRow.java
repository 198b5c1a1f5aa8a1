package dev.roost.bench.run;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** How long {@code roost serve} takes to its first answer, with the launcher's cache of loaded classes and without it. */
final class StartRow {
    private static final String CACHE = "-XX:AOTCache=";

    private StartRow() {}

    static List<Figure> measure(Site site) throws Exception {
        Path data = site.folder("start");
        List<String> cached;
        // The first start makes the database, and tells what the launcher runs.
        try (Serve serve = Serve.start(data, Map.of())) {
            cached = serve.process().commandLine();
        }
        if (cached.stream().noneMatch(option -> option.startsWith(CACHE))) {
            throw new IllegalStateException("the launcher uses no cache yet; wait until it has made one");
        }
        List<String> plain =
                cached.stream().filter(option -> !option.startsWith(CACHE)).toList();
        Rounds<Double> rounds =
                Rounds.of(site.rounds(), List.of(() -> millis(site, data, cached), () -> millis(site, data, plain)));
        return List.of(rounds.figure(
                "start of serve to its first answer, AOT cache",
                "ms",
                0,
                "without a cache",
                1,
                value -> value,
                Target.atMost(0.5)));
    }

    private static double millis(Site site, Path data, List<String> command) throws Exception {
        int port = Child.freePort();
        URI live = URI.create("http://127.0.0.1:" + port + "/health/live");
        long start = System.nanoTime();
        try (Child process = Child.start(command, Serve.environment(data, port, Map.of()), site.log("start"))
                .awaitAnswer(live)) {
            return process.isAlive() ? (System.nanoTime() - start) / 1e6 : Double.NaN;
        }
    }
}
