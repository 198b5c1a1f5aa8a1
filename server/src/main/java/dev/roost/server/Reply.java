package dev.roost.server;

import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * An answer to a request.
 *
 * @param status the HTTP status
 * @param type the media type
 * @param policy the content security policy
 * @param body the text
 */
record Reply(int status, String type, String policy, String body) {
    private static final String NOTHING = "default-src 'none'; frame-ancestors 'none'";

    static Reply json(int status, Object body) {
        return new Reply(
                status, "application/json", NOTHING, JsonMapper.shared().writeValueAsString(body) + "\n");
    }

    /**
     * @param code a stable word for programs
     * @param message what happened and what to do, for people
     */
    static Reply error(int status, String code, String message) {
        return json(status, Map.of("error", Map.of("code", code, "message", message)));
    }

    static Reply page(int status, String policy, String html) {
        return new Reply(status, "text/html;charset=utf-8", policy, html);
    }
}
