package dev.roost.x;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which headers a proxy passes on. To X: a short list, so that no key that was meant for Roost gets there. From X: all but
 * those for one connection (RFC 9110 section 7.6.1) and those that would bind or track the people of another host.
 */
final class PassedHeaders {
    private static final Set<String> TO_X = Set.of(
            "accept",
            "accept-encoding",
            "accept-language",
            "cache-control",
            "content-encoding",
            "content-language",
            "content-type",
            "if-match",
            "if-modified-since",
            "if-none-match",
            "if-range",
            "if-unmodified-since",
            "range");

    private static final Set<String> ONE_CONNECTION = Set.of(
            "connection",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authentication-info",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private static final Set<String> ONE_HOST = Set.of(
            "alt-svc",
            "clear-site-data",
            "nel",
            "report-to",
            "reporting-endpoints",
            "set-cookie",
            "set-cookie2",
            "strict-transport-security",
            "x-request-id");

    private PassedHeaders() {}

    /** @throws IllegalArgumentException if one that would pass has a value with other than printable ASCII */
    static Map<String, List<String>> request(Map<String, List<String>> given) {
        Set<String> named = named(given);
        Map<String, List<String>> passed = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        given.forEach((name, values) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (TO_X.contains(lower) && !named.contains(lower)) {
                values.forEach(value -> check(name, value));
                passed.put(name, values);
            }
        });
        return passed;
    }

    /** Those that go back; one that holds the token, as no answer of X's does, stays here. */
    static Map<String, List<String>> answer(Map<String, List<String>> given, String token) {
        Set<String> named = named(given);
        Map<String, List<String>> passed = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        given.forEach((name, values) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            boolean kept = !ONE_CONNECTION.contains(lower)
                    && !ONE_HOST.contains(lower)
                    && !named.contains(lower)
                    && !lower.startsWith(":")
                    && !lower.startsWith("access-control-")
                    && values.stream().noneMatch(value -> value.contains(token));
            if (kept) {
                passed.put(name, List.copyOf(values));
            }
        });
        return passed;
    }

    private static Set<String> named(Map<String, List<String>> given) {
        return given.entrySet().stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase("connection"))
                .flatMap(entry -> entry.getValue().stream())
                .flatMap(value -> Stream.of(value.split(",", -1)))
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
    }

    private static void check(String name, String value) {
        if (!value.chars().allMatch(c -> c >= ' ' && c < 127)) {
            throw new IllegalArgumentException(
                    "header " + name + " has a control character or one outside ASCII; allowed is printable ASCII");
        }
    }
}
