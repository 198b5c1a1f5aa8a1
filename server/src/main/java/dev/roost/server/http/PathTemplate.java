package dev.roost.server.http;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A path with places for values: {@code /v1/accounts/{account}}; {@code {rest*}} at the end takes all that follows.
 *
 * @param text as it is written in the API's description
 * @param segments between the slashes
 */
public record PathTemplate(String text, List<String> segments) {
    /** Copies the list. */
    public PathTemplate {
        segments = List.copyOf(segments);
    }

    /** Reads a template. */
    public static PathTemplate of(String text) {
        return new PathTemplate(text, split(text));
    }

    /** Returns the values in the path, or empty if it is another path. A value is never empty. */
    Optional<Map<String, String>> match(List<String> path) {
        if (!fits(path)) {
            return Optional.empty();
        }
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < segments.size(); i++) {
            String segment = segments.get(i);
            if (isRest(segment)) {
                values.put(segment.substring(1, segment.length() - 2), String.join("/", rest(path, i)));
                return path.size() > i ? Optional.of(values) : Optional.empty();
            }
            if (i >= path.size() || !takes(segment, path.get(i), values)) {
                return Optional.empty();
            }
        }
        return path.size() == segments.size() ? Optional.of(values) : Optional.empty();
    }

    /** Sorts out most paths without remembering anything. */
    private boolean fits(List<String> path) {
        for (int i = 0; i < Math.min(segments.size(), path.size()); i++) {
            String segment = segments.get(i);
            if (!segment.startsWith("{") && !segment.equals(path.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** Returns the names of the values. */
    List<String> names() {
        return segments.stream()
                .filter(segment -> segment.startsWith("{"))
                .map(segment -> segment.replaceAll("[{}*]", ""))
                .toList();
    }

    static List<String> split(String path) {
        return Arrays.asList(path.substring(1).split("/", -1));
    }

    private static boolean takes(String segment, String value, Map<String, String> values) {
        if (!segment.startsWith("{")) {
            return segment.equals(value);
        }
        values.put(segment.substring(1, segment.length() - 1), value);
        return !value.isEmpty();
    }

    private static boolean isRest(String segment) {
        return segment.endsWith("*}");
    }

    private static List<String> rest(List<String> path, int from) {
        return path.subList(Math.min(from, path.size()), path.size());
    }

    @Override
    public String toString() {
        return text;
    }
}
