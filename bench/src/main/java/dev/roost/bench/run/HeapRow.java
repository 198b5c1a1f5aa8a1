package dev.roost.bench.run;

import dev.roost.core.RefreshPolicy;
import dev.roost.store.RoostStore;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** A million accounts kept by one {@code roost serve} with 256 MB of heap, while callers read tokens of ever more of them. */
final class HeapRow {
    private static final int LIMIT = 256;
    private static final int SAMPLES = 8;
    private static final int READ = 200_000;

    private HeapRow() {}

    static List<Figure> measure(Site site) throws Exception {
        Crowd crowd = ScaleRow.million(site);
        Path data = site.folder("heap");
        String key;
        try (RoostStore store = crowd.open()) {
            key = Serve.key(store);
        }
        int xPort = Child.freePort();
        URI x = URI.create("http://127.0.0.1:" + xPort);
        List<String> arguments = List.of(Integer.toString(xPort), "100");
        try (Child stub = Child.java(List.of(), StubX.class, arguments, site.log("x"))
                        .awaitAnswer(x.resolve("/up"));
                Serve serve = Serve.start(data, settings(site, crowd, x))) {
            List<Figure> figures = watch(site, crowd, serve, key);
            site.note("processor time of serve " + serve.process().spent() + ", of X's stand-in " + stub.spent());
            return figures;
        }
    }

    private static Map<String, String> settings(Site site, Crowd crowd, URI x) {
        return Map.of(
                "ROOST_DATABASE_URL", crowd.server().jdbc(crowd.name()),
                "ROOST_KEYSET_FILE", crowd.keyset().toString(),
                "ROOST_X_API_URL", x.toString(),
                // Some are due at once, and then as many in a second as ever.
                "ROOST_CLOCK_OFFSET", site.turn(crowd, Duration.ofMinutes(1)).toString(),
                "JAVA_TOOL_OPTIONS", "-Xmx" + LIMIT + "m");
    }

    private static List<Figure> watch(Site site, Crowd crowd, Serve serve, String key) throws Exception {
        Path paths = Files.write(
                site.log("paths"),
                IntStream.range(0, Math.min(READ, crowd.many()))
                        .mapToObj(n ->
                                "/v1/accounts/" + crowd.id(crowd.many() - 1 - n).value() + "/token")
                        .toList());
        // A process reads 10,000 tokens ahead at its start, 500 a second; what comes after that is to be flat.
        Thread.sleep(site.isQuick() ? Duration.ZERO : Duration.ofSeconds(25));
        List<Double> heaps = new ArrayList<>();
        double reads = 0;
        double before = rotated(serve, key);
        long start = System.nanoTime();
        int samples = site.isQuick() ? 4 : SAMPLES;
        for (int i = 0; i < samples; i++) {
            // Two connections: callers leave room for the refreshes.
            Wrk.Seen seen = Wrk.run(serve.uri(), key, 2, site.round(), Optional.of(paths), site.log("wrk"));
            reads += seen.rate() * site.round().toSeconds();
            Thread.sleep(site.round());
            collect(serve);
            heaps.add(metric(serve, key, "jvm_memory_used_bytes{area=\"heap\"") / 1e6);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        double rotations = rotated(serve, key) - before;
        site.note(String.format(
                Locale.ROOT,
                "%,d accounts in -Xmx%dm: heap in use after a full collection %s MB; %.0f rotations a second with X at 100 ms"
                        + " (all would want %.0f, one node takes at most %d), %,.0f tokens read",
                crowd.many(),
                LIMIT,
                heaps.stream().map(Report::number).toList(),
                rotations / seconds,
                crowd.many() / (double) Site.BETWEEN_REFRESHES.toSeconds(),
                RefreshPolicy.DEFAULT.concurrency() * 10,
                reads));
        return figures(crowd, heaps);
    }

    private static List<Figure> figures(Crowd crowd, List<Double> heaps) {
        String name = String.format(Locale.ROOT, "heap after collection, %,d accounts", crowd.many());
        List<Double> early = heaps.subList(0, heaps.size() / 2);
        List<Double> late = heaps.subList(heaps.size() / 2, heaps.size());
        return List.of(
                new Figure(
                        name,
                        "MB",
                        heaps,
                        "-Xmx256m",
                        Collections.nCopies(heaps.size(), (double) LIMIT),
                        Target.atMost(1)),
                new Figure(name + ", later half", "MB", late, "earlier half", early, Target.atMost(1.1)));
    }

    private static void collect(Serve serve) throws IOException, InterruptedException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Process process = new ProcessBuilder(
                        jcmd.toString(), Long.toString(serve.process().pid()), "GC.run")
                .redirectErrorStream(true)
                .start();
        String said = String.join("\n", process.inputReader().readAllLines());
        if (process.waitFor() != 0) {
            throw new IOException("jcmd failed: " + said);
        }
    }

    private static double rotated(Serve serve, String key) throws IOException, InterruptedException {
        return metric(serve, key, "roost_refreshes_total{");
    }

    /** Returns the sum of all values whose line begins so. */
    private static double metric(Serve serve, String key, String name) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(serve.uri().resolve("/metrics"))
                    .header("Authorization", "Bearer " + key)
                    .build();
            String all =
                    client.send(request, HttpResponse.BodyHandlers.ofString()).body();
            return all.lines()
                    .filter(line -> line.startsWith(name))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                    .reduce(Double::sum)
                    .orElseThrow(() -> new IllegalStateException("/metrics has no line that begins with " + name));
        }
    }
}
