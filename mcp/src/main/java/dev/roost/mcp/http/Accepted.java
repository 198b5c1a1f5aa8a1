package dev.roost.mcp.http;

import java.util.Locale;

/**
 * What a client takes for an answer. Who says nothing takes JSON.
 *
 * @param json plain JSON
 * @param events a stream of events
 */
record Accepted(boolean json, boolean events) {
    static Accepted of(HttpRequest http) {
        String accept = http.header("Accept").orElse("").toLowerCase(Locale.ROOT);
        boolean anything = accept.isBlank() || accept.contains("*/*") || accept.contains("application/*");
        return new Accepted(anything || accept.contains("application/json"), accept.contains("text/event-stream"));
    }

    boolean isAny() {
        return json || events;
    }
}
