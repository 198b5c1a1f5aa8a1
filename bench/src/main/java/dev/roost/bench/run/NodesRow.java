package dev.roost.bench.run;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What two and three nodes rotate, each a process, beside one, while X takes 100 ms. */
final class NodesRow {
    private static final int ACCOUNTS = 60_000;
    private static final int NODES = 3;
    private static final Duration RAMP = Duration.ofMillis(1500);

    private NodesRow() {}

    /**
     * A round.
     *
     * @param rate rotations of all nodes in a second
     * @param nodes what the nodes used of one core
     * @param database what PostgreSQL used of one core
     */
    private record Seen(double rate, double nodes, double database) {}

    static List<Figure> measure(Site site) throws Exception {
        Crowd crowd = site.crowd("fleet", ACCOUNTS);
        List<Child> nodes = new ArrayList<>();
        try {
            for (int i = 0; i < NODES; i++) {
                String spool = site.folder("node-" + i).toString();
                List<String> arguments =
                        List.of(crowd.server().url(crowd.name()), crowd.keyset().toString(), spool);
                nodes.add(Child.java(List.of("-Xmx256m"), NodeProcess.class, arguments, site.log("node")));
            }
            for (Child node : nodes) {
                var _ = node.line();
            }
            List<Figure> figures = new ArrayList<>(compare(site, crowd, nodes, 16, Target.atLeast(0.9)));
            figures.addAll(compare(site, crowd, nodes, 64, Target.NONE));
            return figures;
        } finally {
            for (Child node : nodes) {
                node.close();
            }
        }
    }

    private static List<Figure> compare(Site site, Crowd crowd, List<Child> nodes, int concurrency, Target target)
            throws Exception {
        Rounds<Seen> rounds = Rounds.of(
                Math.min(3, site.rounds()),
                List.of(
                        () -> run(site, crowd, nodes.subList(0, 1), concurrency),
                        () -> run(site, crowd, nodes.subList(0, 2), concurrency),
                        () -> run(site, crowd, nodes, concurrency)));
        List<Figure> figures = new ArrayList<>();
        for (int i = 0; i < NODES; i++) {
            site.note(String.format(
                    Locale.ROOT,
                    "%d node%s with %d refreshes at once, X at 100 ms: %s/s; nodes %.2f cores, PostgreSQL %.2f cores of %d",
                    i + 1,
                    i == 0 ? "" : "s",
                    concurrency,
                    Report.number(Figure.median(rounds.of(i, Seen::rate))),
                    Figure.median(rounds.of(i, Seen::nodes)),
                    Figure.median(rounds.of(i, Seen::database)),
                    Runtime.getRuntime().availableProcessors()));
            if (i > 0) {
                figures.add(new Figure(
                        i + 1 + " nodes, X at 100 ms, " + concurrency + " at once each",
                        "/s",
                        rounds.of(i, Seen::rate),
                        i + 1 + " × 1 node",
                        Rounds.times(rounds.of(0, Seen::rate), i + 1),
                        target));
            }
        }
        return figures;
    }

    private static Seen run(Site site, Crowd crowd, List<Child> nodes, int concurrency) throws Exception {
        Duration ahead = site.turn(crowd, CycleRow.ALL_DUE);
        for (Child node : nodes) {
            var _ = node.ask("go " + ahead + " " + concurrency + " 100");
        }
        Thread.sleep(RAMP);
        long start = System.nanoTime();
        long before = count(nodes);
        Duration nodesBefore = spent(nodes);
        Duration databaseBefore = crowd.server().spent();
        Thread.sleep(site.round());
        long rotated = count(nodes) - before;
        double seconds = (System.nanoTime() - start) / 1e9;
        double used = spent(nodes).minus(nodesBefore).toNanos() / 1e9 / seconds;
        double database = crowd.server().spent().minus(databaseBefore).toNanos() / 1e9 / seconds;
        for (Child node : nodes) {
            var _ = node.ask("stop");
        }
        return new Seen(rotated / seconds, used, database);
    }

    private static long count(List<Child> nodes) throws IOException {
        long all = 0;
        for (Child node : nodes) {
            all += Long.parseLong(node.ask("count"));
        }
        return all;
    }

    private static Duration spent(List<Child> nodes) {
        return nodes.stream().map(Child::spent).reduce(Duration.ZERO, Duration::plus);
    }
}
