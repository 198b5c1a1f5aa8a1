package dev.roost.simulator;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * An HTTP answer, not yet sent.
 *
 * @param status HTTP status
 * @param headers in the order in which they were added
 * @param body text, empty for none
 */
record Answer(int status, Map<String, String> headers, String body) {

    /** Copies the headers. */
    Answer {
        headers = new LinkedHashMap<>(headers);
    }

    static Answer json(int status, JsonNode body) {
        return new Answer(status, Map.of("Content-Type", "application/json;charset=utf-8"), Json.write(body));
    }

    static Answer problem(int status, JsonNode body) {
        return new Answer(status, Map.of("Content-Type", "application/problem+json"), Json.write(body));
    }

    static Answer html(int status, String page) {
        return new Answer(status, Map.of("Content-Type", "text/html; charset=utf-8"), page);
    }

    static Answer redirect(String location) {
        return new Answer(302, Map.of("Location", location), "");
    }

    static Answer empty(int status) {
        return new Answer(status, Map.of(), "");
    }

    /** The same answer with one more header. */
    Answer with(String name, String value) {
        Answer copy = new Answer(status, headers, body);
        copy.headers.put(name, value);
        return copy;
    }

    /** The same answer with another body. */
    Answer withBody(String otherBody) {
        return new Answer(status, headers, otherBody);
    }

    byte[] bytes() {
        return body.getBytes(StandardCharsets.UTF_8);
    }
}
