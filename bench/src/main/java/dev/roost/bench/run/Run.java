package dev.roost.bench.run;

import dev.roost.cli.wiring.LogFormat;
import dev.roost.cli.wiring.Logging;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measures what Roost promises, each figure beside its baseline. Run it with {@code bench/run}. */
public final class Run {
    private static final PrintStream OUT = System.out;
    private static final String QUICK = "--quick";

    private Run() {}

    /** Returns the rows in the order in which they are measured. */
    private static Map<String, Row> rows() {
        Map<String, Row> rows = new LinkedHashMap<>();
        rows.put("http", HttpRow::measure);
        rows.put("inprocess", InProcessRow::measure);
        rows.put("postgres", RecordRows::postgres);
        rows.put("sqlite", RecordRows::sqlite);
        rows.put("cycle", CycleRow::measure);
        rows.put("scale", ScaleRow::measure);
        rows.put("heap", HeapRow::measure);
        rows.put("nodes", NodesRow::measure);
        rows.put("start", StartRow::measure);
        return rows;
    }

    /**
     * Measures, prints the table, and keeps it in {@code bench/results}.
     *
     * @param arguments {@code --quick} for short rounds and fewer accounts, then names of rows; none: all
     * @throws Exception if nothing can be measured at all; a row that fails is left out and noted
     */
    public static void main(String[] arguments) throws Exception {
        Logging.to(System.err, "ERROR", LogFormat.TEXT);
        List<String> names = new ArrayList<>(List.of(arguments));
        boolean quick = names.remove(QUICK);
        Map<String, Row> rows = rows();
        List<String> unknown =
                names.stream().filter(name -> !rows.containsKey(name)).toList();
        if (!unknown.isEmpty()) {
            OUT.println("there is no row " + unknown + "; there are " + rows.keySet() + ", and " + QUICK);
            System.exit(2);
        }
        List<Figure> figures = new ArrayList<>();
        Report report;
        try (Site site = new Site(quick)) {
            Map<String, String> surroundings = Surroundings.look(site);
            for (Map.Entry<String, Row> row : rows.entrySet()) {
                if (names.isEmpty() || names.contains(row.getKey())) {
                    figures.addAll(measured(site, row.getKey(), row.getValue()));
                }
            }
            report = new Report(surroundings, figures, site.notes());
        }
        OUT.print(report.text());
        keep(report, quick || !names.isEmpty());
        System.exit(0);
    }

    private static List<Figure> measured(Site site, String name, Row row) throws InterruptedException {
        Site.say(name);
        long start = System.nanoTime();
        try {
            List<Figure> figures = row.measure(site);
            figures.forEach(figure -> Site.say(figure.name() + " / " + figure.against() + ": "
                    + Report.number(figure.ratio()) + " " + figure.verdict()));
            return figures;
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            e.printStackTrace(System.err);
            site.note("row " + name + " could not be measured: " + e);
            return List.of();
        } finally {
            Site.say(name + " took " + (System.nanoTime() - start) / 1_000_000_000 + " s");
        }
    }

    private static void keep(Report report, boolean partial) throws IOException {
        Path folder = Files.createDirectories(Path.of(partial ? "bench/target/results" : "bench/results"));
        String name = LocalDate.now(ZoneOffset.UTC) + "-run";
        var _ = Files.writeString(folder.resolve(name + ".txt"), report.text());
        var _ = Files.writeString(folder.resolve(name + ".json"), report.json());
        Site.say("kept in " + folder.resolve(name + ".txt"));
    }
}
