package dev.roost.proof.operations;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A query in PromQL, taken apart as far as the tests need it. */
record Query(String text) {
    private static final Pattern SELECTOR = Pattern.compile("([a-z_][a-z0-9_]*)\\{([^}]*)}");
    private static final Pattern MATCHER = Pattern.compile("(\\w+)(=~|!~|!=|=)\"([^\"]*)\"");
    private static final Pattern GROUPING = Pattern.compile("\\b(?:by|without|on|ignoring) ?\\(([^)]*)\\)");
    private static final Pattern NAME = Pattern.compile("\\b[a-zA-Z_:][a-zA-Z0-9_:]*\\b(?! *\\()");
    private static final Set<String> WORDS = Set.of("and", "or", "unless", "by", "bool", "offset");
    private static final Set<String> OF_PROMETHEUS = Set.of("job", "instance", "le");

    /** Returns the metrics that it reads, but those that Prometheus makes itself. */
    Set<String> metrics() {
        String bare = GROUPING.matcher(text.replaceAll("\\{[^}]*}", "").replaceAll("\\[[^]]*]", ""))
                .replaceAll("");
        Set<String> names = new TreeSet<>(
                NAME.matcher(bare).results().map(MatchResult::group).toList());
        names.removeAll(WORDS);
        names.remove("sum");
        names.remove("up");
        return names;
    }

    /** Returns the labels, each with its metric, that it wants to see: {@code metric label="value"} or {@code metric label=}. */
    List<Wanted> wanted() {
        Stream<Wanted> matched = SELECTOR.matcher(text)
                .results()
                .flatMap(selector -> MATCHER.matcher(selector.group(2))
                        .results()
                        .filter(matcher -> !OF_PROMETHEUS.contains(matcher.group(1)))
                        .map(matcher -> new Wanted(
                                selector.group(1),
                                matcher.group(1) + "=\""
                                        + (matcher.group(2).equals("=") ? matcher.group(3) + "\"" : ""))));
        Stream<Wanted> grouped = GROUPING.matcher(text)
                .results()
                .flatMap(grouping -> Stream.of(grouping.group(1).split(", ?")))
                .filter(label -> !OF_PROMETHEUS.contains(label))
                .flatMap(label -> metrics().stream().map(metric -> new Wanted(metric, label + "=\"")));
        return Stream.concat(matched, grouped)
                .filter(wanted -> !wanted.metric().equals("up"))
                .toList();
    }

    /** That a sample of this metric has this label. */
    record Wanted(String metric, String label) {}
}
