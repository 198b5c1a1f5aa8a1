package dev.roost.mcp.protocol;

import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A JSON-RPC message of a client. */
public sealed interface Message {
    /** Tells whether something has to come back for it; an error will do for what is broken. */
    default boolean wantsAnswer() {
        return this instanceof Request || this instanceof Broken;
    }

    /**
     * Wants an answer.
     *
     * @param id a text or a whole number, echoed as it came
     * @param params empty if there were none
     */
    record Request(JsonNode id, String method, ObjectNode params) implements Message {
        /** Without the content: it may hold secrets. */
        @Override
        public String toString() {
            return "Request[method of " + method.length() + " characters]";
        }
    }

    /**
     * Wants none.
     *
     * @param params empty if there were none
     */
    record Notification(String method, ObjectNode params) implements Message {
        /** Without the content: it may hold secrets. */
        @Override
        public String toString() {
            return "Notification[method of " + method.length() + " characters]";
        }
    }

    /**
     * Answers a request of the server.
     *
     * @param result empty if it is an error
     * @param error empty if it is a result
     */
    record Response(JsonNode id, Optional<JsonNode> result, Optional<JsonNode> error) implements Message {
        /** Without the content: it may hold secrets. */
        @Override
        public String toString() {
            return "Response[" + (error.isPresent() ? "error" : "result") + "]";
        }
    }

    /**
     * Is none of these.
     *
     * @param id of what seems to be a request; empty if it has none that can be echoed
     * @param code of the error to answer with
     * @param reason without anything that was sent
     */
    record Broken(Optional<JsonNode> id, int code, String reason) implements Message {}
}
