package dev.roost.mcp.http;

import dev.roost.mcp.catalog.McpException;
import dev.roost.mcp.protocol.Codes;
import dev.roost.mcp.protocol.Envelope;
import dev.roost.mcp.protocol.JsonRpc;
import dev.roost.mcp.protocol.McpServer;
import dev.roost.mcp.protocol.Message;
import dev.roost.mcp.protocol.Revision;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ThreadFactory;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/**
 * The MCP endpoint, both eras (Streamable HTTP of 2025-03-26 to 2025-11-25, and of 2026-07-28). All refusals are JSON-RPC
 * errors. Safe for many threads.
 */
public final class McpEndpoint implements AutoCloseable {
    private static final Pattern JSON = Pattern.compile("application/json\\s*(;.*)?");
    private static final String SESSION = "Mcp-Session-Id";
    private static final String REVISION = "MCP-Protocol-Version";

    private final ModernPosts modern;
    private final LegacyPosts legacy;
    private final Sessions sessions;
    private final McpServer server;
    private final HttpLimits limits;

    /**
     * Serves over HTTP.
     *
     * @param threads makes the threads that requests are worked on, one each
     * @param random names the sessions; must not be guessable
     */
    public McpEndpoint(
            McpServer server, HttpLimits limits, ThreadFactory threads, LongSupplier nanoTime, RandomGenerator random) {
        this.server = server;
        this.limits = limits;
        this.sessions = new Sessions(limits, nanoTime, random);
        this.modern = new ModernPosts(server, limits, threads, nanoTime);
        this.legacy = new LegacyPosts(server, sessions, limits, threads, nanoTime);
    }

    /** Answers a request. Waits until the answer is there, or until it is clear that it will be streamed. */
    public HttpReply answer(HttpRequest http) throws InterruptedException {
        sessions.sweep();
        return switch (http.method()) {
            case "POST" -> post(http);
            case "GET", "DELETE" -> session(http);
            default -> Problems.notAllowed("POST, GET, DELETE", "this address takes POST, GET and DELETE");
        };
    }

    /**
     * Ends what waits for news or for people, and takes no more of it. Requests under way go on: what X has answered them must
     * still reach the client.
     */
    public void stop() {
        server.close();
        sessions.stop();
    }

    /** Ends all sessions, and cancels what is still under way. */
    @Override
    public void close() {
        stop();
        sessions.close();
    }

    private HttpReply post(HttpRequest http) throws InterruptedException {
        Optional<HttpReply> refusal = refusal(http);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        JsonNode body;
        try {
            body = JsonRpc.parse(http.body());
        } catch (McpException e) {
            return Problems.of(400, Optional.empty(), e);
        }
        if (body instanceof ArrayNode batch) {
            return http.header(SESSION).isEmpty()
                    ? Problems.noBatches()
                    : withSession(http, session -> legacy.batch(http, session, batch));
        }
        return post(http, JsonRpc.message(body));
    }

    private HttpReply post(HttpRequest http, Message message) throws InterruptedException {
        return switch (message) {
            case Message.Broken broken -> Problems.of(400, broken.id(), broken.code(), broken.reason());
            case Message.Request request when isModern(http, request) -> modern.answer(http, request);
            case Message.Request request when request.method().equals("initialize") -> legacy.initialize(http, request);
            case Message.Notification notification when http.header(SESSION).isEmpty() -> Problems.empty(202);
            default -> withSession(http, session -> legacy.answer(http, session, message));
        };
    }

    private static boolean isModern(HttpRequest http, Message.Request request) {
        return Envelope.isIn(request.params()) || namesModern(http);
    }

    private static boolean namesModern(HttpRequest http) {
        return http.header(REVISION)
                .flatMap(text -> Revision.of(text.strip()))
                .filter(Revision::isModern)
                .isPresent();
    }

    private static Optional<HttpReply> refusal(HttpRequest http) {
        String type = http.header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        if (!JSON.matcher(type).matches()) {
            return Optional.of(Problems.of(
                    415, Optional.empty(), Codes.INVALID_REQUEST, "send JSON, with Content-Type: application/json"));
        }
        if (!Accepted.of(http).isAny()) {
            return Optional.of(Problems.of(
                    406,
                    Optional.empty(),
                    Codes.INVALID_REQUEST,
                    "accept application/json and text/event-stream with this request"));
        }
        return Optional.empty();
    }

    private HttpReply session(HttpRequest http) throws InterruptedException {
        if (namesModern(http)) {
            return Problems.notAllowed("POST", "since 2026-07-28 this address takes POST only");
        }
        return withSession(http, session -> http.method().equals("GET") ? listen(http, session) : end(session));
    }

    /** Something to do with a session. */
    @FunctionalInterface
    private interface Within {
        HttpReply answer(HttpSession session) throws InterruptedException;
    }

    private HttpReply withSession(HttpRequest http, Within work) throws InterruptedException {
        Optional<String> id = http.header(SESSION).map(String::strip);
        if (id.isEmpty()) {
            return Problems.of(
                    400,
                    Optional.empty(),
                    Codes.INVALID_REQUEST,
                    "the header Mcp-Session-Id is missing; begin with initialize. Since 2026-07-28 there are no sessions:"
                            + " say the revision in params._meta of each request");
        }
        Optional<HttpSession> session = sessions.find(id.get(), http.principal());
        if (session.isEmpty()) {
            return Problems.of(
                    404,
                    Optional.empty(),
                    Codes.INVALID_REQUEST,
                    "there is no such session, or it has ended; begin anew with initialize");
        }
        Optional<String> revision = http.header(REVISION).map(String::strip);
        if (revision.isPresent() && Revision.of(revision.get()).isEmpty()) {
            return Problems.of(
                    400,
                    Optional.empty(),
                    Codes.INVALID_REQUEST,
                    "the header MCP-Protocol-Version names no revision that is spoken here; allowed: "
                            + String.join(", ", Revision.texts()));
        }
        return work.answer(session.get());
    }

    private HttpReply end(HttpSession session) {
        sessions.end(session);
        return Problems.empty(204);
    }

    private HttpReply listen(HttpRequest http, HttpSession session) {
        if (!Accepted.of(http).events()) {
            return Problems.of(406, Optional.empty(), Codes.INVALID_REQUEST, "accept text/event-stream with GET");
        }
        Place place = Place.of(http.header("Last-Event-ID").orElse(""), session);
        return new HttpReply.Events(Map.of("X-Accel-Buffering", "no"), sink -> {
            session.reading();
            try {
                EventWriter writer = new EventWriter(place.stream(), limits.heartbeat(), limits.pollAfter());
                if (place.after().isPresent()) {
                    writer.writeFrom(place.after().getAsLong(), sink);
                } else {
                    writer.writeRest(sink);
                }
            } finally {
                session.left();
            }
        });
    }

    /** Where a client takes up a stream: after the last event that it knows, or (empty) what nobody got of the session's news. */
    private record Place(EventStream stream, OptionalLong after) {
        static Place of(String lastEvent, HttpSession session) {
            int dash = lastEvent.lastIndexOf('-');
            if (dash > 0 && lastEvent.substring(dash + 1).matches("[0-9]{1,15}")) {
                Optional<EventStream> known = session.stream(lastEvent.substring(0, dash));
                if (known.isPresent()) {
                    return new Place(known.get(), OptionalLong.of(Long.parseLong(lastEvent.substring(dash + 1))));
                }
            }
            return new Place(session.news(), OptionalLong.empty());
        }
    }
}
