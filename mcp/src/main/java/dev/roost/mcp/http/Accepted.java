package dev.roost.mcp.http;

import dev.roost.mcp.protocol.Answer;
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

    /** Tells whether an answer that comes alone goes out whole: a missing scope always does, for only a status can challenge. */
    boolean isWhole(Answer answer) {
        return json || answer.missingScope().isPresent();
    }

    boolean isAny() {
        return json || events;
    }
}
