package dev.roost.bench.run;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;

/**
 * Everything that a run found.
 *
 * @param surroundings versions and machine, by name
 * @param figures the lines of the table
 * @param notes what else is worth knowing, in order
 */
record Report(Map<String, String> surroundings, List<Figure> figures, List<String> notes) {
    private static final List<String> HEAD =
            List.of("figure", "unit", "Roost", "baseline", "value", "ratio", "min..max", "target", "");

    /** Returns the table for people. */
    String text() {
        StringBuilder out = new StringBuilder();
        surroundings.forEach((name, value) -> out.append(String.format(Locale.ROOT, "%-16s %s%n", name, value)));
        out.append(System.lineSeparator());
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEAD);
        figures.forEach(figure -> rows.add(cells(figure)));
        rows.forEach(row -> out.append(line(row, widths(rows))).append(System.lineSeparator()));
        out.append(System.lineSeparator());
        notes.forEach(note -> out.append("- ").append(note).append(System.lineSeparator()));
        return out.toString();
    }

    /** Returns the same for programs, with the value of each round. */
    String json() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("surroundings", surroundings);
        all.put("figures", figures.stream().map(Report::members).toList());
        all.put("notes", notes);
        return JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(all);
    }

    private static Map<String, Object> members(Figure figure) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("figure", figure.name());
        members.put("unit", figure.unit());
        members.put("roost", figure.roost());
        members.put("against", figure.against());
        members.put("baseline", figure.baseline());
        members.put("ratio", figure.ratio());
        members.put("target", figure.target().text());
        members.put("verdict", figure.verdict());
        return members;
    }

    private static List<String> cells(Figure figure) {
        List<Double> ratios = figure.ratios();
        return List.of(
                figure.name(),
                figure.unit(),
                number(Figure.median(figure.roost())),
                figure.against(),
                number(Figure.median(figure.baseline())),
                number(figure.ratio()),
                number(Collections.min(ratios)) + ".." + number(Collections.max(ratios)),
                figure.target().text(),
                figure.verdict());
    }

    private static List<Integer> widths(List<List<String>> rows) {
        return IntStream.range(0, HEAD.size())
                .mapToObj(i ->
                        rows.stream().mapToInt(row -> row.get(i).length()).max().orElse(1))
                .toList();
    }

    private static String line(List<String> row, List<Integer> widths) {
        return IntStream.range(0, row.size())
                .mapToObj(i -> String.format(Locale.ROOT, "%-" + Math.max(1, widths.get(i)) + "s", row.get(i)))
                .collect(Collectors.joining("  "))
                .stripTrailing();
    }

    static String number(double value) {
        double size = Math.abs(value);
        String form = size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : size >= 0.1 || size == 0 ? "%.2f" : "%.4f";
        return String.format(Locale.ROOT, form, value);
    }
}
