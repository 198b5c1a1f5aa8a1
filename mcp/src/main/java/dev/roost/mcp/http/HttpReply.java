package dev.roost.mcp.http;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A reply of the MCP endpoint. */
public sealed interface HttpReply {
    /**
     * A whole reply.
     *
     * @param status of HTTP
     * @param headers beside content type and length
     * @param body JSON; empty for none
     * @param missingScope a scope to step up to, with status 403
     */
    record Whole(int status, Map<String, String> headers, Optional<JsonNode> body, Optional<String> missingScope)
            implements HttpReply {
        /** Copies the map. */
        public Whole {
            headers = Map.copyOf(headers);
        }

        /** Without the content: it may hold secrets. */
        @Override
        public String toString() {
            return "Whole[status=" + status + "]";
        }
    }

    /**
     * A stream of server-sent events, with status 200.
     *
     * @param headers beside the content type
     * @param writer writes it
     */
    record Events(Map<String, String> headers, Writer writer) implements HttpReply {
        /** Copies the map. */
        public Events {
            headers = Map.copyOf(headers);
        }
    }

    /** Writes a stream of events. */
    @FunctionalInterface
    interface Writer {
        /** Writes until the stream ends, the client is gone, or the thread is interrupted. */
        void write(Sink sink) throws InterruptedException;
    }

    /** Where the text of events goes. */
    @FunctionalInterface
    interface Sink {
        /**
         * Sends this at once, as UTF-8.
         *
         * @throws IOException if the client is gone
         */
        void send(String text) throws IOException;
    }
}
