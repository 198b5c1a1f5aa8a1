package dev.roost.bench;

import dev.roost.simulator.Simulator;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a call of a tool costs over HTTP: processor time of the server process for {@code twitter_get_user_tweets}, 8 clients,
 * 3,000 calls a round. Run it with {@code bench/mcp-calls}; an argument gives the number of rounds (5) after three of warm-up.
 * Roost as {@code roost serve} runs it, a process for each era, and the same tool on Node take turns in the same run. All ask
 * the same simulated X, which is in this process.
 */
public final class McpCallsBench {
    private static final String NODE = "Node, session";
    private static final String APP = "bench-app";
    private static final int CLIENTS = 8;
    private static final int POSTS = 10;
    private static final int CALLS = 3000;
    private static final int WARM_UP_ROUNDS = 10;
    private static final PrintStream OUT = System.out;

    private final Map<String, List<Double>> micros = new LinkedHashMap<>();
    private final Simulator x;

    private McpCallsBench(Simulator x) {
        this.x = x;
        x.addApp(APP, null);
        for (int i = 0; i < CLIENTS; i++) {
            x.addUser("" + (1000 + i), "user" + i);
            for (int post = 1; post <= POSTS; post++) {
                x.addPost("" + (1000 + i), "post " + post);
            }
        }
    }

    /**
     * Measures, and prints what it finds.
     *
     * @param arguments the Node binary, the baseline's script, and the number of rounds
     */
    public static void main(String[] arguments) throws Exception {
        int rounds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 5;
        try (Simulator x = Simulator.start()) {
            McpCallsBench bench = new McpCallsBench(x);
            try (ServedMcp roost = ServedMcp.roost(x.uri());
                    ServedMcp modern = ServedMcp.roost(x.uri());
                    ServedMcp node = ServedMcp.node(arguments[0], Path.of(arguments[1]), x.uri())) {
                for (int round = 0; round < WARM_UP_ROUNDS + rounds; round++) {
                    bench.measure(NODE, node, McpCaller.Era.SESSION);
                    bench.measure("Roost, session", roost, McpCaller.Era.SESSION);
                    bench.measure("Roost, 2026-07-28", modern, McpCaller.Era.MODERN);
                }
            }
            bench.print();
        }
    }

    private void measure(String name, ServedMcp server, McpCaller.Era era) throws Exception {
        // X lets a user read so many times in 15 minutes.
        x.advance(Duration.ofMinutes(15));
        List<McpCaller> callers = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            String user = "" + (1000 + i);
            callers.add(McpCaller.begin(
                    server.endpoint(), era, user, x.issue(APP, user).accessToken()));
        }
        double before = server.cpuSeconds();
        Load.times(callers.stream().<Load.Deed>map(caller -> caller::call).toList(), CALLS / CLIENTS);
        double spent = server.cpuSeconds() - before;
        for (McpCaller caller : callers) {
            caller.close();
        }
        micros.computeIfAbsent(name, key -> new ArrayList<>()).add(spent / CALLS * 1e6);
    }

    private void print() {
        OUT.printf(
                Locale.ROOT,
                "processor time of a call in us, in rounds of %,d calls by %d clients; the first %d are warm-up%n",
                CALLS,
                CLIENTS,
                WARM_UP_ROUNDS);
        micros.forEach((name, all) -> {
            String rounds = all.stream()
                    .map(one -> String.format(Locale.ROOT, "%5.0f", one))
                    .collect(Collectors.joining());
            OUT.printf(Locale.ROOT, "%-18s %s   median after warm-up: %4.0f%n", name, rounds, median(name));
        });
        for (String roost : List.of("Roost, session", "Roost, 2026-07-28")) {
            OUT.printf(
                    Locale.ROOT,
                    "%s / Node: %.2f (wanted: under 1); cold, the first %,d calls: %.2f%n",
                    roost,
                    median(roost) / median(NODE),
                    CALLS,
                    micros.get(roost).getFirst() / micros.get(NODE).getFirst());
        }
    }

    private double median(String name) {
        List<Double> sorted =
                micros.get(name).stream().skip(WARM_UP_ROUNDS).sorted().toList();
        return sorted.get(sorted.size() / 2);
    }
}
