package dev.roost.mcp.http;

import dev.roost.mcp.catalog.McpException;
import dev.roost.mcp.protocol.Answer;
import dev.roost.mcp.protocol.Codes;
import dev.roost.mcp.protocol.Envelope;
import dev.roost.mcp.protocol.McpServer;
import dev.roost.mcp.protocol.Message;
import dev.roost.mcp.protocol.Revision;
import dev.roost.mcp.protocol.Ticket;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.function.LongSupplier;

/** Requests of 2026-07-28. A client that hangs up cancels. Safe for many threads. */
final class ModernPosts {
    /** Methods that nothing can keep waiting; while others wait, only a stream tells that the client hung up. */
    private static final Set<String> AT_ONCE = Set.of(
            "tools/list",
            "resources/list",
            "resources/templates/list",
            "prompts/list",
            "server/discover",
            "completion/complete");

    private final McpServer server;
    private final HttpLimits limits;
    private final ThreadFactory threads;
    private final LongSupplier nanoTime;
    private final ModernHeaders headers;

    ModernPosts(McpServer server, HttpLimits limits, ThreadFactory threads, LongSupplier nanoTime) {
        this.server = server;
        this.limits = limits;
        this.threads = threads;
        this.nanoTime = nanoTime;
        this.headers = new ModernHeaders(server::tool);
    }

    HttpReply answer(HttpRequest http, Message.Request request) throws InterruptedException {
        Envelope envelope;
        try {
            envelope = Envelope.of(request.params());
            headers.check(http, request, envelope);
        } catch (McpException e) {
            return Problems.of(400, Optional.of(request.id()), e);
        }
        if (!Accepted.of(http).events() && !AT_ONCE.contains(request.method())) {
            return Problems.of(
                    406,
                    Optional.of(request.id()),
                    Codes.INVALID_REQUEST,
                    "the answer to this method may come as events: accept text/event-stream beside application/json"
                            + " with this request");
        }
        EventStream stream = new EventStream("m", nanoTime);
        Ticket ticket = new Ticket(
                threads, stream, self -> stream.end(server.modern(request, envelope, http.principal(), self)));
        if (isListening(request, envelope)) {
            return events(sink -> {
                ticket.start();
                write(stream, ticket, sink);
            });
        }
        ticket.start();
        return reply(http, stream, ticket);
    }

    private HttpReply reply(HttpRequest http, EventStream stream, Ticket ticket) throws InterruptedException {
        try {
            if (!Accepted.of(http).events()) {
                return stream.awaitEnd().map(Problems::whole).orElseGet(() -> Problems.empty(202));
            }
            stream.awaitFirst(limits.grace());
        } catch (InterruptedException e) {
            ticket.cancel();
            throw e;
        }
        Optional<Answer> only = stream.onlyAnswer();
        if (only.isPresent() && Accepted.of(http).isWhole(only.get())) {
            return Problems.whole(only.get());
        }
        return events(sink -> write(stream, ticket, sink));
    }

    /** Such a request ends only with its stream, so it does not begin before somebody writes that. */
    private static boolean isListening(Message.Request request, Envelope envelope) {
        return request.method().equals("subscriptions/listen")
                && Revision.of(envelope.requested()).filter(Revision::isModern).isPresent();
    }

    private static HttpReply events(HttpReply.Writer writer) {
        return new HttpReply.Events(Map.of("X-Accel-Buffering", "no"), writer);
    }

    /** However the writing ends before the stream does, nobody waits for the work any more. Does nothing if it is done. */
    private void write(EventStream stream, Ticket ticket, HttpReply.Sink sink) throws InterruptedException {
        try {
            new EventWriter(stream, limits.heartbeat(), Optional.empty()).write(sink);
        } finally {
            ticket.cancel();
        }
    }
}
