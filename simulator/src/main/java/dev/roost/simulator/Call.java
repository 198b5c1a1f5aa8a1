package dev.roost.simulator;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An HTTP request, read to its end.
 *
 * @param method in capitals
 * @param path without the query
 * @param query decoded parameters
 * @param headers names in lower case; the first value of each
 * @param body as UTF-8 text
 */
record Call(String method, String path, Map<String, String> query, Map<String, String> headers, String body) {

    private static final int MAX_BODY_BYTES = 1 << 20;

    /** Copies the maps. */
    Call {
        query = Map.copyOf(query);
        headers = Map.copyOf(headers);
    }

    /** Reads the request of an exchange; a body beyond one MiB is cut off. */
    static Call read(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new HashMap<>();
        for (Map.Entry<String, List<String>> header :
                exchange.getRequestHeaders().entrySet()) {
            headers.put(
                    header.getKey().toLowerCase(Locale.ROOT), header.getValue().getFirst());
        }
        String body = new String(exchange.getRequestBody().readNBytes(MAX_BODY_BYTES), StandardCharsets.UTF_8);
        String rawQuery =
                Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
        return new Call(exchange.getRequestMethod(), exchange.getRequestURI().getPath(), form(rawQuery), headers, body);
    }

    /** The value of a header, whatever the case of its name. */
    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    /**
     * The body's parameters, from a form or from JSON as the content type says; of any other type, none. X takes both at
     * its token endpoint.
     */
    Map<String, String> params() {
        String type = header("content-type").orElse("").toLowerCase(Locale.ROOT);
        if (type.startsWith("application/x-www-form-urlencoded")) {
            return form(body);
        }
        return type.startsWith("application/json") ? fields() : Map.of();
    }

    private Map<String, String> fields() {
        Map<String, String> params = new LinkedHashMap<>();
        try {
            Json.readObject(body)
                    .properties()
                    .forEach(
                            field -> params.put(field.getKey(), field.getValue().asString("")));
        } catch (IllegalArgumentException e) {
            return Map.of();
        }
        return params;
    }

    private static Map<String, String> form(String text) {
        Map<String, String> params = new LinkedHashMap<>();
        for (String pair : text.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                params.putIfAbsent(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
            }
        }
        return params;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // A broken percent sign stands for itself, so that the value is judged wrong rather than the request lost.
            return text;
        }
    }
}
