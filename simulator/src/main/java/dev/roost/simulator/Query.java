package dev.roost.simulator;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads the parameters of a data call's query. Whatever is wrong goes to the findings, and a default is returned. */
final class Query {

    private final Map<String, String> params;
    private final Findings findings;

    Query(Call call, Findings findings) {
        this.params = call.query();
        this.findings = findings;
    }

    /** Finds fault with parameters other than these. */
    void allow(List<String> names) {
        for (String name : new TreeSet<>(params.keySet())) {
            if (!names.contains(name)) {
                findings.add(
                        name, value(name), "The query parameter [" + name + "] is not one of [" + listed(names) + "]");
            }
        }
    }

    String value(String name) {
        return params.getOrDefault(name, "");
    }

    int number(String name, int otherwise, int least, int most) {
        String value = params.getOrDefault(name, Integer.toString(otherwise));
        if (value.matches("[0-9]{1,9}") && Integer.parseInt(value) >= least && Integer.parseInt(value) <= most) {
            return Integer.parseInt(value);
        }
        fault(name, value, "is not between " + least + " and " + most);
        return otherwise;
    }

    /** Values separated by commas, each one of those allowed. */
    Set<String> list(String name, List<String> allowed) {
        Set<String> values = new LinkedHashSet<>();
        if (params.containsKey(name)) {
            values.addAll(Arrays.asList(value(name).split(",", -1)));
        }
        for (String each : values) {
            if (!allowed.contains(each)) {
                fault(name, each, "is not one of [" + listed(allowed) + "]");
            }
        }
        return values;
    }

    Optional<String> id(String name) {
        if (!params.containsKey(name)) {
            return Optional.empty();
        }
        if (!isId(value(name))) {
            fault(name, value(name), "is not valid");
            return Optional.empty();
        }
        return Optional.of(value(name));
    }

    Optional<Instant> time(String name) {
        try {
            return Optional.ofNullable(params.get(name)).map(Instant::parse);
        } catch (DateTimeParseException e) {
            fault(name, value(name), "is not a valid RFC3339 date-time");
            return Optional.empty();
        }
    }

    void fault(String name, String value, String what) {
        findings.add(name, value, "The `" + name + "` query parameter value [" + value + "] " + what);
    }

    /** Whether a text is 1 to 19 digits. */
    static boolean isId(String text) {
        return text.matches("[0-9]{1,19}");
    }

    private static String listed(List<String> names) {
        return String.join(",", new TreeSet<>(names));
    }
}
