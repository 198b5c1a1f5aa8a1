package dev.roost.mcp.stdio;

import dev.roost.mcp.catalog.McpException;
import dev.roost.mcp.catalog.Principal;
import dev.roost.mcp.protocol.Answer;
import dev.roost.mcp.protocol.Codes;
import dev.roost.mcp.protocol.Envelope;
import dev.roost.mcp.protocol.JsonRpc;
import dev.roost.mcp.protocol.LegacySession;
import dev.roost.mcp.protocol.McpServer;
import dev.roost.mcp.protocol.Message;
import dev.roost.mcp.protocol.Revision;
import dev.roost.mcp.protocol.Ticket;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Serves one client over a pair of streams, both eras. Requests are worked on at the same time; what comes after the end of
 * input is waited for. Used by one thread, which {@link #close}
 * may be called beside.
 */
public final class StdioServer implements AutoCloseable {
    /** The longest line that is read, in bytes. */
    public static final int LONGEST_LINE = 16 * 1024 * 1024;

    /** A process has one, so its name need not be a secret; drawing one would also cost a start 7 ms. */
    private static final String ONLY_SESSION = "stdio";

    private static final int MOST_NEWS = 100;
    private static final long LAST_ANSWERS_SECONDS = 45;

    private final McpServer server;
    private final Principal principal;
    private final Lines lines;
    private final Sender sender;
    private final ThreadFactory threads;
    private final Runnable ending;
    private final Semaphore newsPlaces = new Semaphore(MOST_NEWS);
    private final UnderWay underWay = new UnderWay();
    private volatile Optional<LegacySession> session = Optional.empty();
    private volatile boolean stopping;

    /**
     * Serves this client.
     *
     * @param out nothing else may write to it
     * @param threads makes the threads that requests are worked on, one each
     * @param ending told when it begins to end: whoever waits for a person should stop then
     */
    public StdioServer(
            McpServer server,
            Principal principal,
            InputStream in,
            OutputStream out,
            ThreadFactory threads,
            Runnable ending) {
        this.server = server;
        this.principal = principal;
        this.lines = new Lines(in, LONGEST_LINE);
        this.sender = new Sender(out);
        this.threads = threads;
        this.ending = ending;
    }

    /**
     * Serves until the end of input, then finishes what is under way (45 s at most).
     *
     * @throws IOException if the input cannot be read
     */
    public void serve() throws IOException, InterruptedException {
        try {
            Optional<Lines.Line> line = lines.next();
            while (line.isPresent() && !sender.isBroken()) {
                take(line.get());
                line = lines.next();
            }
        } finally {
            close();
        }
    }

    /**
     * Takes no more requests, and waits until those under way are answered (45 s at most): what was done for them must still reach
     * the client. May be called by another thread, when the process is told to end.
     */
    @Override
    public void close() {
        stopping = true;
        ending.run();
        Optional<LegacySession> begun = session;
        begun.ifPresent(LegacySession::nobodyAnswers);
        server.close();
        try {
            underWay.finish(LAST_ANSWERS_SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        begun.ifPresent(LegacySession::close);
    }

    private void take(Lines.Line line) throws InterruptedException {
        switch (line) {
            case Lines.Line.TooLong tooLong ->
                sender.send(JsonRpc.error(
                        Optional.empty(),
                        Codes.INVALID_REQUEST,
                        "a line is longer than " + LONGEST_LINE + " bytes and was passed over"));
            case Lines.Line.Whole whole -> {
                if (!new String(whole.bytes(), StandardCharsets.ISO_8859_1).isBlank()) {
                    take(whole.bytes());
                }
            }
        }
    }

    private void take(byte[] json) throws InterruptedException {
        JsonNode node;
        try {
            node = JsonRpc.parse(json);
        } catch (McpException e) {
            sender.send(JsonRpc.error(Optional.empty(), e));
            return;
        }
        if (node instanceof ArrayNode batch) {
            new Batch(sender).take(batch, this);
        } else {
            take(JsonRpc.message(node), sender::write);
        }
    }

    /** Tells whether the client speaks a revision that has batches. */
    boolean hasBatches() {
        return session.isPresent() && !session.get().revision().hasWhatCameWith(Revision.R2025_06_18);
    }

    /** @param answers where the answer goes, if there is one */
    void take(Message message, Answers answers) throws InterruptedException {
        switch (message) {
            case Message.Broken broken -> answers.answered(JsonRpc.error(broken.id(), broken.code(), broken.reason()));
            case Message.Response response -> session.ifPresent(one -> one.answered(response));
            case Message.Notification notification -> notified(notification);
            case Message.Request request -> asked(request, answers);
        }
    }

    private void notified(Message.Notification notification) {
        session.ifPresent(one -> one.notified(notification));
        if (notification.method().equals("notifications/cancelled")) {
            underWay.cancel(notification.params().path("requestId"));
        }
    }

    private void asked(Message.Request request, Answers answers) throws InterruptedException {
        if (stopping) {
            answers.answered(
                    JsonRpc.error(Optional.of(request.id()), Codes.INTERNAL_ERROR, "the server stops; start it again"));
        } else if (Envelope.isIn(request.params())) {
            modern(request, answers);
        } else if (session.isPresent()) {
            legacy(request, session.get(), answers);
        } else if (request.method().equals("initialize")) {
            LegacySession begun = server.begin(ONLY_SESSION, principal, request, this::news);
            session = Optional.of(begun);
            answers.answered(server.welcome(request, begun).message());
        } else if (request.method().equals("ping")) {
            answers.answered(JsonRpc.result(request.id(), JsonRpc.object()));
        } else {
            answers.answered(JsonRpc.error(
                    Optional.of(request.id()),
                    Codes.INVALID_PARAMS,
                    "begin with initialize; or, since 2026-07-28, say the revision in params._meta of each request"));
        }
    }

    private void modern(Message.Request request, Answers answers) throws InterruptedException {
        Envelope envelope;
        try {
            envelope = Envelope.of(request.params());
        } catch (McpException e) {
            answers.answered(JsonRpc.error(Optional.of(request.id()), e));
            return;
        }
        Ticket ticket = new Ticket(
                threads,
                sender,
                self -> finish(request, self, server.modern(request, envelope, principal, self), answers));
        if (underWay.name(request.id(), ticket)) {
            start(ticket);
        } else {
            answers.answered(JsonRpc.error(
                    Optional.of(request.id()),
                    Codes.INVALID_REQUEST,
                    "a request of this id is under way; give each its own"));
        }
    }

    private void legacy(Message.Request request, LegacySession within, Answers answers) throws InterruptedException {
        Ticket ticket = new Ticket(
                threads,
                sender,
                self -> finish(request, self, server.legacy(request, within, principal, self, true), answers));
        Optional<McpException> refusal = within.begin(request, ticket);
        if (refusal.isPresent()) {
            answers.answered(JsonRpc.error(Optional.of(request.id()), refusal.get()));
        } else {
            start(ticket);
        }
    }

    /** Not on the thread that tells of a change: it must not wait for a client that does not read. */
    private void news(ObjectNode message) {
        if (newsPlaces.tryAcquire()) {
            threads.newThread(() -> {
                        try {
                            sender.send(message);
                        } finally {
                            newsPlaces.release();
                        }
                    })
                    .start();
        }
    }

    private void start(Ticket ticket) throws InterruptedException {
        underWay.begin(ticket);
        ticket.start();
    }

    private void finish(Message.Request request, Ticket ticket, Optional<Answer> answer, Answers answers) {
        underWay.unname(request.id(), ticket);
        try {
            answer.map(Answer::message).ifPresentOrElse(answers::answered, answers::cancelled);
        } finally {
            underWay.end(ticket);
        }
    }
}
