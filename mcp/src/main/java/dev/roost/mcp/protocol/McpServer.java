package dev.roost.mcp.protocol;

import dev.roost.mcp.catalog.Catalog;
import dev.roost.mcp.catalog.McpException;
import dev.roost.mcp.catalog.Principal;
import dev.roost.mcp.catalog.ScopeMissingException;
import dev.roost.mcp.catalog.Tool;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers messages of both eras from one catalog. Transports call it on a thread that may be interrupted to cancel; it never
 * throws, and no answer tells of the inside. Safe for many threads.
 */
public final class McpServer implements AutoCloseable {
    private static final int PAGE = 100;
    private static final int SCOPE_MISSING = 403;

    private final Catalog catalog;
    private final Features features;
    private final Modern modern;
    private final Listeners listeners;

    /** Serves this catalog. */
    public McpServer(Catalog catalog, StateSeal seal) {
        this(catalog, seal, PAGE);
    }

    /**
     * Serves this catalog.
     *
     * @param pageSize how many things are on a page of a list
     */
    public McpServer(Catalog catalog, StateSeal seal, int pageSize) {
        this.catalog = catalog;
        this.features = new Features(catalog, pageSize);
        this.listeners = new Listeners(catalog);
        this.modern = new Modern(catalog, features, seal, listeners);
    }

    /** Work that may end in an error of the protocol. */
    @FunctionalInterface
    private interface Work {
        ObjectNode run() throws InterruptedException;
    }

    /** Answers a modern request; empty if it was cancelled. */
    public Optional<Answer> modern(Message.Request request, Envelope envelope, Principal principal, Ticket ticket) {
        return answer(request, ticket, true, () -> modern.answer(request, envelope, principal, ticket));
    }

    /**
     * Answers a request of a session, which {@link LegacySession#begin} was told of; empty if it was cancelled.
     *
     * @param canAsk whether the client reads requests of the server on the way that this request came
     */
    public Optional<Answer> legacy(
            Message.Request request, LegacySession session, Principal principal, Ticket ticket, boolean canAsk) {
        try {
            return answer(request, ticket, false, () -> session.answer(request, principal, ticket, canAsk));
        } finally {
            session.end(request, ticket);
        }
    }

    /**
     * Begins a session by an {@code initialize} request.
     *
     * @param news where what belongs to no request goes
     */
    public LegacySession begin(String id, Principal principal, Message.Request initialize, Outlet news) {
        return new LegacySession(id, principal, initialize.params(), catalog, features, news);
    }

    /** Answers the request that began a session. */
    public Answer welcome(Message.Request initialize, LegacySession session) {
        return Answer.of(JsonRpc.result(initialize.id(), session.welcome()));
    }

    /** Returns the tool of this name. */
    public Optional<Tool> tool(String name) {
        return features.findTool(name);
    }

    /** Ends what waits for changes, each with a result. */
    @Override
    public void close() {
        listeners.close();
    }

    private static Optional<Answer> answer(Message.Request request, Ticket ticket, boolean isModern, Work work) {
        Answer answer;
        try {
            answer = Answer.of(JsonRpc.result(request.id(), work.run()));
        } catch (McpException e) {
            answer = Answer.error(Optional.of(request.id()), e, isModern ? status(e.code()) : 200);
        } catch (ScopeMissingException e) {
            McpException problem = new McpException(SCOPE_MISSING, e.getMessage(), Optional.of(required(e.scope())));
            JsonNode message = JsonRpc.error(Optional.of(request.id()), problem);
            answer = new Answer(message, SCOPE_MISSING, Optional.of(e.scope()));
        } catch (InterruptedException e) {
            // Either the client cancelled, and hears nothing more; or the server stops.
            answer = fault(request, "the server stops");
        } catch (RuntimeException | Error e) {
            // An error too: who is not answered waits for ever.
            Failures.log(McpServer.class, "an MCP request", e);
            answer = fault(request, "a fault of the server's own; its log says more");
        }
        Answer last = answer;
        return ticket.done(last.message()).map(message -> last);
    }

    /** Where the answer is an event, this is all that tells a client what to step up to. */
    private static ObjectNode required(String scope) {
        ObjectNode data = JsonRpc.object();
        data.putArray("requiredScopes").add(scope);
        return data;
    }

    private static Answer fault(Message.Request request, String reason) {
        McpException problem = new McpException(Codes.INTERNAL_ERROR, reason, Optional.empty());
        return Answer.error(Optional.of(request.id()), problem, 200);
    }

    /** Streamable HTTP of 2026-07-28. */
    private static int status(int code) {
        return switch (code) {
            case Codes.METHOD_NOT_FOUND -> 404;
            case Codes.HEADER_MISMATCH, Codes.MISSING_CAPABILITY, Codes.UNSUPPORTED_REVISION -> 400;
            default -> 200;
        };
    }
}
