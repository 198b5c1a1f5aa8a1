package dev.roost.mcp.http;

import dev.roost.mcp.catalog.McpException;
import dev.roost.mcp.protocol.Answer;
import dev.roost.mcp.protocol.Codes;
import dev.roost.mcp.protocol.JsonRpc;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Replies that refuse; always JSON-RPC errors. */
final class Problems {
    private Problems() {}

    static HttpReply.Whole of(int status, Optional<JsonNode> id, int code, String reason) {
        return whole(status, JsonRpc.error(id, code, reason));
    }

    static HttpReply.Whole of(int status, Optional<JsonNode> id, McpException problem) {
        return whole(status, JsonRpc.error(id, problem));
    }

    /** Refuses a method (RFC 9110 section 15.5.6). */
    static HttpReply.Whole notAllowed(String allow, String reason) {
        JsonNode body = JsonRpc.error(Optional.empty(), Codes.INVALID_REQUEST, reason);
        return new HttpReply.Whole(405, Map.of("Allow", allow), Optional.of(body), Optional.empty());
    }

    static HttpReply.Whole whole(int status, JsonNode body) {
        return new HttpReply.Whole(status, Map.of(), Optional.of(body), Optional.empty());
    }

    static HttpReply.Whole whole(Answer answer) {
        return new HttpReply.Whole(answer.status(), Map.of(), Optional.of(answer.message()), answer.missingScope());
    }

    static HttpReply.Whole noBatches() {
        return of(
                400,
                Optional.empty(),
                Codes.INVALID_REQUEST,
                "send one message with each request; batches are not taken here: only revisions before 2025-06-18 have them");
    }

    static HttpReply.Whole empty(int status) {
        return new HttpReply.Whole(status, Map.of(), Optional.empty(), Optional.empty());
    }
}
