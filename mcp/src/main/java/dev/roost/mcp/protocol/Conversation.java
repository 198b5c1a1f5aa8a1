package dev.roost.mcp.protocol;

import dev.roost.mcp.catalog.McpException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The requests that the server sends to a legacy client, and their answers. Safe for many threads. */
final class Conversation {
    private static final long MOST_SECONDS = 600;

    private final AtomicLong next = new AtomicLong(1);
    private final Map<Long, CompletableFuture<Message.Response>> open = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /**
     * Asks, and waits up to 10 minutes: a person may have to sign in.
     *
     * @throws McpException if no answer comes
     */
    Message.Response ask(String method, ObjectNode params, Ticket ticket) throws InterruptedException {
        long id = next.getAndIncrement();
        CompletableFuture<Message.Response> answer = new CompletableFuture<>();
        open.put(id, answer);
        try {
            if (closed) {
                throw unanswered();
            }
            ticket.send(JsonRpc.request(id, method, params));
            return answer.get(MOST_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw unanswered();
        } finally {
            open.remove(id);
        }
    }

    /** Takes what a client answered; what nobody asked for is ignored. */
    void answered(Message.Response response) {
        JsonNode id = response.id();
        CompletableFuture<Message.Response> answer = id.isIntegralNumber() ? open.remove(id.asLong(-1)) : null;
        if (answer != null) {
            answer.complete(response);
        }
    }

    /** Lets nobody wait any longer. */
    void close() {
        closed = true;
        open.values().forEach(answer -> answer.completeExceptionally(unanswered()));
    }

    private static McpException unanswered() {
        return new McpException(
                Codes.INTERNAL_ERROR, "the client did not answer the server's question in time", Optional.empty());
    }
}
