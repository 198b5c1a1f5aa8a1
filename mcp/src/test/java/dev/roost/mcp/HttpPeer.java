package dev.roost.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.mcp.catalog.Principal;
import dev.roost.mcp.http.HttpLimits;
import dev.roost.mcp.http.HttpReply;
import dev.roost.mcp.http.HttpRequest;
import dev.roost.mcp.http.McpEndpoint;
import dev.roost.mcp.protocol.JsonRpc;
import dev.roost.mcp.protocol.McpServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Clients of an endpoint, without HTTP. The clock runs, and can be turned on. */
final class HttpPeer {
    static final HttpLimits LIMITS = new HttpLimits(
            Duration.ofSeconds(20), Duration.ofMinutes(5), Optional.empty(), 5, 3, Duration.ofMinutes(30));
    static final String BOTH = "application/json, text/event-stream";

    final McpEndpoint endpoint;

    private final AtomicLong turned = new AtomicLong();

    HttpPeer(McpServer server, HttpLimits limits) {
        endpoint = new McpEndpoint(server, limits, Wire.THREADS, () -> System.nanoTime() + turned.get(), new Random(1));
    }

    HttpPeer(McpServer server) {
        this(server, LIMITS);
    }

    void turn(Duration time) {
        turned.addAndGet(time.toNanos());
    }

    /** A request as HTTP would bring it; names of headers in lower case. */
    @SuppressWarnings("ArrayRecordComponent")
    record Sent(String method, Map<String, String> headers, byte[] body, Principal principal) implements HttpRequest {
        @Override
        public Optional<String> header(String name) {
            return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
        }
    }

    /** Puts a request together. */
    static final class Form {
        private final Map<String, String> headers = new HashMap<>();
        private String method = "POST";
        private byte[] body = new byte[0];
        private Principal principal = Caller.ANN;

        Form with(String header, String value) {
            headers.put(header.toLowerCase(Locale.ROOT), value);
            return this;
        }

        Form without(String header) {
            headers.remove(header.toLowerCase(Locale.ROOT));
            return this;
        }

        Form by(Principal who) {
            principal = who;
            return this;
        }

        Form in(String session) {
            return with("Mcp-Session-Id", session);
        }
    }

    static Form bare(String method) {
        Form form = new Form();
        form.method = method;
        return form;
    }

    static Form post(byte[] body) {
        Form form = new Form().with("Content-Type", "application/json").with("Accept", BOTH);
        form.body = body.clone();
        return form;
    }

    static Form post(JsonNode body) {
        return post(JsonRpc.bytes(body));
    }

    static Form get(String session) {
        return bare("GET").with("Accept", "text/event-stream").in(session);
    }

    /** A modern request with the headers that it must have. */
    static Form modern(String method, ObjectNode params) {
        Form form = post(Wire.request("m", method, Wire.modern(params, Peer.ALL)))
                .with("MCP-Protocol-Version", "2026-07-28")
                .with("Mcp-Method", method);
        Optional.ofNullable(params.get("name"))
                .or(() -> Optional.ofNullable(params.get("uri")))
                .filter(JsonNode::isString)
                .ifPresent(name -> form.with("Mcp-Name", name.stringValue()));
        return form;
    }

    static Form legacy(String session, Object id, String method, ObjectNode params) {
        return post(Wire.request(id, method, params)).in(session).with("MCP-Protocol-Version", "2025-11-25");
    }

    HttpReply send(Form form) {
        try {
            return endpoint.answer(new Sent(form.method, Map.copyOf(form.headers), form.body, form.principal));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    HttpReply.Whole whole(Form form) {
        HttpReply reply = send(form);
        assertThat(reply).isInstanceOf(HttpReply.Whole.class);
        return (HttpReply.Whole) reply;
    }

    JsonNode body(Form form) {
        return whole(form).body().orElseThrow();
    }

    Reading read(Form form) {
        HttpReply reply = send(form);
        assertThat(reply).isInstanceOf(HttpReply.Events.class);
        assertThat(((HttpReply.Events) reply).headers()).containsEntry("X-Accel-Buffering", "no");
        return new Reading((HttpReply.Events) reply);
    }

    String session() {
        return session("2025-11-25", Caller.ANN);
    }

    String session(String revision, Principal principal) {
        HttpReply.Whole reply = whole(post(Wire.request(0, "initialize", Wire.initialize(revision, Peer.ALL)))
                .by(principal));
        assertThat(reply.status()).isEqualTo(200);
        return Optional.ofNullable(reply.headers().get("Mcp-Session-Id")).orElseThrow();
    }

    /** A client that reads a stream. */
    static final class Reading {
        private final BlockingQueue<String> pieces = new LinkedBlockingQueue<>();
        private final CompletableFuture<Boolean> end = new CompletableFuture<>();
        private final Thread thread;
        private volatile boolean gone;

        Reading(HttpReply.Events events) {
            thread = Wire.THREADS.newThread(() -> {
                try {
                    events.writer().write(this::take);
                    end.complete(true);
                } catch (InterruptedException | RuntimeException e) {
                    end.completeExceptionally(e);
                }
            });
            thread.start();
        }

        private void take(String piece) throws IOException {
            if (gone) {
                throw new IOException("gone");
            }
            pieces.add(piece);
        }

        /** Hangs up; the server notices when it writes. */
        void hangUp() {
            gone = true;
        }

        void interrupt() {
            thread.interrupt();
        }

        /** Stops reading, and waits until that is so. */
        void stop() {
            interrupt();
            assertThat(end.handle((done, failure) -> true)).succeedsWithin(Duration.ofSeconds(20));
        }

        String piece() {
            try {
                String piece = pieces.poll(20, TimeUnit.SECONDS);
                assertThat(piece).as("the next piece").isNotNull();
                return piece;
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        /** Returns the next event that has data. */
        Event event() {
            while (true) {
                Optional<Event> event = Event.of(piece());
                if (event.isPresent()) {
                    return event.get();
                }
            }
        }

        JsonNode data() {
            return event().data();
        }

        void awaitEnd() {
            assertThat(end.orTimeout(20, TimeUnit.SECONDS)).succeedsWithin(Duration.ofSeconds(20));
        }

        CompletableFuture<Boolean> end() {
            return end;
        }

        int left() {
            return pieces.size();
        }
    }

    /** One event. */
    record Event(String id, JsonNode data) {
        static Optional<Event> of(String piece) {
            assertThat(piece).endsWith("\n\n");
            String id = "";
            String data = "";
            for (String line : piece.strip().split("\n", -1)) {
                id = line.startsWith("id: ") ? line.substring(4) : id;
                data = line.startsWith("data: ") ? line.substring(6) : data;
            }
            return data.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Event(id, JsonRpc.parse(data.getBytes(StandardCharsets.UTF_8))));
        }
    }
}
