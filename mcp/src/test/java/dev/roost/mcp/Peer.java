package dev.roost.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.mcp.catalog.Principal;
import dev.roost.mcp.protocol.Answer;
import dev.roost.mcp.protocol.Envelope;
import dev.roost.mcp.protocol.JsonRpc;
import dev.roost.mcp.protocol.LegacySession;
import dev.roost.mcp.protocol.McpServer;
import dev.roost.mcp.protocol.Message;
import dev.roost.mcp.protocol.Ticket;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Talks to a server without a transport. */
final class Peer {
    static final ObjectNode ALL = Wire.object("{'elicitation':{'form':{},'url':{}},'sampling':{},'roots':{}}");
    static final ObjectNode NOTHING = Wire.object("{}");

    final McpServer server;
    final BlockingQueue<ObjectNode> news = new LinkedBlockingQueue<>();
    final Optional<LegacySession> session;

    private final ObjectNode capabilities;
    private final Principal principal;
    private final AtomicInteger ids = new AtomicInteger();

    Peer(McpServer server, Era era, ObjectNode capabilities) {
        this(server, era == Era.LEGACY ? "2025-11-25" : "2026-07-28", capabilities, Caller.ANN);
    }

    Peer(McpServer server, String revision, ObjectNode capabilities, Principal principal) {
        this.server = server;
        this.capabilities = capabilities;
        this.principal = principal;
        this.session = revision.equals("2026-07-28")
                ? Optional.empty()
                : Optional.of(server.begin(
                        "s", principal, asked("initialize", Wire.initialize(revision, capabilities)), news::add));
    }

    /**
     * A request under way.
     *
     * @param told what came before the answer
     */
    record Running(
            Message.Request request,
            Ticket ticket,
            CompletableFuture<Optional<Answer>> end,
            BlockingQueue<ObjectNode> told) {
        Optional<Answer> await() {
            try {
                return end.get(20, TimeUnit.SECONDS);
            } catch (Exception e) {
                throw new AssertionError("no end of " + request.method(), e);
            }
        }

        JsonNode answer() {
            return await().orElseThrow().message();
        }

        ObjectNode next() {
            return Peer.next(told);
        }
    }

    static ObjectNode next(BlockingQueue<ObjectNode> told) {
        try {
            ObjectNode message = told.poll(20, TimeUnit.SECONDS);
            assertThat(message).as("the next message").isNotNull();
            return message;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    Running begin(String method, ObjectNode params) {
        ObjectNode all = session.isPresent() ? params : Wire.modern(params, capabilities);
        Message.Request request = asked(method, all);
        BlockingQueue<ObjectNode> told = new LinkedBlockingQueue<>();
        CompletableFuture<Optional<Answer>> end = new CompletableFuture<>();
        Ticket ticket = new Ticket(Wire.THREADS, told::add, self -> end.complete(answer(request, self)));
        session.ifPresent(one -> assertThat(one.begin(request, ticket)).isEmpty());
        ticket.start();
        return new Running(request, ticket, end, told);
    }

    private Optional<Answer> answer(Message.Request request, Ticket ticket) {
        return session.isPresent()
                ? server.legacy(request, session.get(), principal, ticket, true)
                : server.modern(request, Envelope.of(request.params()), principal, ticket);
    }

    /** Asks, and returns the whole response. */
    JsonNode ask(String method, ObjectNode params) {
        return begin(method, params).answer();
    }

    JsonNode ask(String method, String params) {
        return ask(method, Wire.object(params));
    }

    JsonNode call(String tool, String arguments) {
        return ask("tools/call", Wire.call(tool, arguments));
    }

    void answerWith(JsonNode request, String result) {
        ObjectNode response = Wire.object("{'jsonrpc':'2.0'}");
        response.set("id", request.get("id"));
        response.set("result", Wire.object(result));
        session.orElseThrow().answered((Message.Response) JsonRpc.message(response));
    }

    private Message.Request asked(String method, ObjectNode params) {
        return (Message.Request) JsonRpc.message(Wire.request(ids.incrementAndGet(), method, params));
    }
}
