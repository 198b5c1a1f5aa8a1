package dev.roost.simulator;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An HTTP request.
 *
 * @param method in capitals
 * @param path without the query
 * @param query decoded parameters
 * @param headers names in lower case
 * @param content the body
 */
record Call(String method, String path, Map<String, String> query, Map<String, String> headers, Body content) {

    /** Copies the maps. */
    Call {
        query = Map.copyOf(query);
        headers = Map.copyOf(headers);
    }

    /** A request for a target as it stands in the request line, RFC 9112 section 3.2.1. */
    static Call of(String method, String target, Map<String, String> headers, Body content) {
        int mark = target.indexOf('?');
        String rawPath = mark < 0 ? target : target.substring(0, mark);
        String rawQuery = mark < 0 ? "" : target.substring(mark + 1);
        return new Call(method, decode(rawPath.replace("+", "%2B")), form(rawQuery), headers, content);
    }

    /** The body as UTF-8 text. */
    String body() {
        return content.text();
    }

    /** Whether the client means to send another request on the same connection. */
    boolean keepsConnection() {
        return !header("connection").orElse("").toLowerCase(Locale.ROOT).contains("close");
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
            return form(body());
        }
        return type.startsWith("application/json") ? fields() : Map.of();
    }

    private Map<String, String> fields() {
        Map<String, String> params = new LinkedHashMap<>();
        try {
            Json.readObject(body())
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
