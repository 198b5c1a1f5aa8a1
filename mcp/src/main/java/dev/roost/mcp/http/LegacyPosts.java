package dev.roost.mcp.http;

import dev.roost.mcp.catalog.McpException;
import dev.roost.mcp.protocol.Answer;
import dev.roost.mcp.protocol.Codes;
import dev.roost.mcp.protocol.JsonRpc;
import dev.roost.mcp.protocol.McpServer;
import dev.roost.mcp.protocol.Message;
import dev.roost.mcp.protocol.Revision;
import dev.roost.mcp.protocol.Ticket;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.function.LongSupplier;
import tools.jackson.databind.node.ArrayNode;

/**
 * Messages of 2025-11-25 and older. A client that hangs up does not cancel: it may come back for the rest of the stream. Safe for
 * many threads.
 */
final class LegacyPosts {
    private static final int MOST_TOGETHER = 100;

    private final McpServer server;
    private final Sessions sessions;
    private final HttpLimits limits;
    private final ThreadFactory threads;
    private final LongSupplier nanoTime;

    LegacyPosts(McpServer server, Sessions sessions, HttpLimits limits, ThreadFactory threads, LongSupplier nanoTime) {
        this.server = server;
        this.sessions = sessions;
        this.limits = limits;
        this.threads = threads;
        this.nanoTime = nanoTime;
    }

    HttpReply initialize(HttpRequest http, Message.Request request) {
        EventStream news = new EventStream("n", nanoTime);
        Optional<HttpSession> begun = sessions.begin(
                http.principal(),
                id -> new HttpSession(server.begin(id, http.principal(), request, news), news, nanoTime));
        if (begun.isEmpty()) {
            return Problems.of(
                    503,
                    Optional.of(request.id()),
                    Codes.INTERNAL_ERROR,
                    "there are too many sessions; end some with DELETE, or try again later");
        }
        Answer welcome = server.welcome(request, begun.get().protocol());
        return new HttpReply.Whole(
                200,
                Map.of("Mcp-Session-Id", begun.get().protocol().id()),
                Optional.of(welcome.message()),
                Optional.empty());
    }

    HttpReply answer(HttpRequest http, HttpSession session, Message message) throws InterruptedException {
        return switch (message) {
            case Message.Request request -> answer(http, session, request);
            case Message.Notification notification -> {
                session.protocol().notified(notification);
                yield Problems.empty(202);
            }
            case Message.Response response -> {
                session.protocol().answered(response);
                yield Problems.empty(202);
            }
            case Message.Broken broken -> Problems.of(400, broken.id(), broken.code(), broken.reason());
        };
    }

    private HttpReply answer(HttpRequest http, HttpSession session, Message.Request request)
            throws InterruptedException {
        Accepted accepted = Accepted.of(http);
        EventStream stream = session.stream();
        Ticket ticket = new Ticket(threads, stream, self -> {
            stream.end(server.legacy(request, session.protocol(), http.principal(), self, accepted.events()));
            session.forget();
        });
        Optional<McpException> refusal = session.protocol().begin(request, ticket);
        if (refusal.isPresent()) {
            session.drop(stream);
            return Problems.of(400, Optional.of(request.id()), refusal.get());
        }
        ticket.start();
        return reply(accepted, session, stream);
    }

    /** Answers a batch, which revisions before 2025-06-18 have. */
    HttpReply batch(HttpRequest http, HttpSession session, ArrayNode batch) throws InterruptedException {
        if (session.protocol().revision().hasWhatCameWith(Revision.R2025_06_18)) {
            return Problems.noBatches();
        }
        if (batch.isEmpty() || batch.size() > MOST_TOGETHER) {
            return Problems.of(
                    400, Optional.empty(), Codes.INVALID_REQUEST, "a batch has 1 to " + MOST_TOGETHER + " messages");
        }
        List<Message> messages = batch.valueStream().map(JsonRpc::message).toList();
        int answers = (int) messages.stream().filter(Message::wantsAnswer).count();
        Accepted accepted = Accepted.of(http);
        EventStream stream = session.stream();
        Gathered gathered = new Gathered(answers, all -> {
            stream.end(all);
            session.forget();
        });
        for (Message message : messages) {
            switch (message) {
                case Message.Request request -> start(http, session, request, stream, gathered);
                case Message.Broken broken ->
                    gathered.add(Optional.of(JsonRpc.error(broken.id(), broken.code(), broken.reason())));
                case Message.Notification notification -> session.protocol().notified(notification);
                case Message.Response response -> session.protocol().answered(response);
            }
        }
        if (answers == 0) {
            session.drop(stream);
            return Problems.empty(202);
        }
        return reply(accepted, session, stream);
    }

    private void start(
            HttpRequest http, HttpSession session, Message.Request request, EventStream stream, Gathered gathered) {
        boolean canAsk = Accepted.of(http).events();
        Ticket ticket = new Ticket(
                threads,
                stream,
                self -> gathered.add(server.legacy(request, session.protocol(), http.principal(), self, canAsk)
                        .map(Answer::message)));
        Optional<McpException> refusal = session.protocol().begin(request, ticket);
        if (refusal.isPresent()) {
            gathered.add(Optional.of(JsonRpc.error(Optional.of(request.id()), refusal.get())));
        } else {
            ticket.start();
        }
    }

    private HttpReply reply(Accepted accepted, HttpSession session, EventStream stream) throws InterruptedException {
        if (!accepted.events()) {
            Optional<Answer> answer = stream.awaitEnd();
            session.drop(stream);
            return answer.map(Problems::whole).orElseGet(() -> Problems.empty(202));
        }
        stream.awaitFirst(limits.grace());
        Optional<Answer> only = stream.onlyAnswer();
        if (only.isPresent() && accepted.isWhole(only.get())) {
            session.drop(stream);
            return Problems.whole(only.get());
        }
        return new HttpReply.Events(Map.of("X-Accel-Buffering", "no"), sink -> write(session, stream, sink));
    }

    /** Older clients take an event without data for a broken message. */
    private void write(HttpSession session, EventStream stream, HttpReply.Sink sink) throws InterruptedException {
        boolean canPoll = session.protocol().revision().hasWhatCameWith(Revision.R2025_11_25);
        EventWriter writer =
                new EventWriter(stream, limits.heartbeat(), canPoll ? limits.pollAfter() : Optional.empty());
        session.reading();
        try {
            if (canPoll) {
                writer.writeWithStart(sink);
            } else {
                writer.writeFrom(0, sink);
            }
        } finally {
            session.left();
        }
    }
}
