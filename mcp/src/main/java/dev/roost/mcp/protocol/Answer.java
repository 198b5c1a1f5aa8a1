package dev.roost.mcp.protocol;

import dev.roost.mcp.catalog.McpException;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What a request came to.
 *
 * @param message a JSON-RPC response
 * @param status the HTTP status that fits
 * @param missingScope if the caller may not do it
 */
public record Answer(JsonNode message, int status, Optional<String> missingScope) {
    /** An answer that is no failure of HTTP. */
    public static Answer of(JsonNode message) {
        return new Answer(message, 200, Optional.empty());
    }

    /** Without the content: it may hold secrets. */
    @Override
    public String toString() {
        return "Answer[status=" + status + "]";
    }

    /** An error. */
    public static Answer error(Optional<JsonNode> id, McpException problem, int status) {
        return new Answer(JsonRpc.error(id, problem), status, Optional.empty());
    }
}
