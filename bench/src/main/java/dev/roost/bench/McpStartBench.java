package dev.roost.bench;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How long an agent waits for Roost: from the start of the process to the answer of {@code tools/list} on standard output. Run
 * it with {@code bench/mcp-start}; an argument gives the number of runs (20). Beside it, taking turns in the same run: a Java
 * program that prints one line, and the same tools on Node.
 */
public final class McpStartBench {
    private static final PrintStream OUT = System.out;

    private final Map<String, List<Double>> millis = new LinkedHashMap<>();

    private McpStartBench() {}

    /**
     * Measures, and prints what it finds.
     *
     * @param arguments the Node binary, the baseline's script, and the number of runs
     */
    public static void main(String[] arguments) throws Exception {
        Path data = Files.createTempDirectory("roost-bench-");
        // Nobody calls X here, so its address need not exist.
        Map<String, String> environment = Map.of("ROOST_DATA", data.toString(), "X_BASE", "http://127.0.0.1:9");
        List<String> roost = List.of("./roost", "mcp");
        List<String> node = List.of(arguments[0], arguments[1]);
        List<String> java = StartedMcp.commandBehind(roost, environment);
        List<String> hello = List.of(java.getFirst(), "-cp", "bench/target/classes", "dev.roost.bench.Hello");
        int runs = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 20;
        McpStartBench bench = new McpStartBench();
        // The first round only warms the caches of the system.
        for (int run = 0; run <= runs; run++) {
            bench.note(run, "Java, one line", StartedMcp.firstLine(hello));
            bench.note(run, "./roost mcp", StartedMcp.toolsListed(roost, environment));
            bench.note(run, "java ... mcp", StartedMcp.toolsListed(java, environment));
            bench.note(run, "Node", StartedMcp.toolsListed(node, environment));
        }
        bench.print(runs);
    }

    private void note(int run, String name, double took) {
        List<Double> all = millis.computeIfAbsent(name, key -> new ArrayList<>());
        if (run > 0) {
            all.add(took);
        }
    }

    private void print(int runs) {
        OUT.printf(Locale.ROOT, "from start to answer, %d runs   median      p90%n", runs);
        millis.keySet()
                .forEach(name ->
                        OUT.printf(Locale.ROOT, "%-27s %7.0f ms %5.0f ms%n", name, share(name, 0.5), share(name, 0.9)));
        double hello = share("Java, one line", 0.5);
        double roost = share("./roost mcp", 0.5);
        OUT.printf(
                Locale.ROOT,
                "./roost mcp / (1.5 x Java, one line + 150 ms = %.0f ms): %.2f (wanted: at most 1)%n",
                1.5 * hello + 150,
                roost / (1.5 * hello + 150));
        OUT.printf(Locale.ROOT, "./roost mcp / Node: %.2f (wanted: under 1)%n", roost / share("Node", 0.5));
    }

    private double share(String name, double share) {
        List<Double> sorted =
                millis.getOrDefault(name, List.of()).stream().sorted().toList();
        return sorted.get((int) Math.min(sorted.size() - 1L, (long) (sorted.size() * share)));
    }
}
