package dev.roost.server.mcp;

import dev.roost.server.TestServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A client of {@code /mcp} in both eras that shows all that is answered. JSON may be written with single quotes. */
final class McpHttp implements AutoCloseable {
    /** What clients declare that can open pages. */
    static final String OPENS_PAGES = "{'elicitation':{'url':{}}}";

    private static final String META = "io.modelcontextprotocol/";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final AtomicInteger ids = new AtomicInteger();
    private final URI address;
    private final Optional<String> key;

    McpHttp(TestServer server, Optional<String> key) {
        this.address = URI.create(server.uri() + McpRoutes.PATH);
        this.key = key;
    }

    static ObjectNode json(String text) {
        return (ObjectNode) JsonMapper.shared().readTree(text.replace('\'', '"'));
    }

    /** Sends anything. */
    Exchange send(String method, Optional<String> body, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .header("Accept", "application/json, text/event-stream")
                .method(method, body.map(BodyPublishers::ofString).orElseGet(BodyPublishers::noBody));
        body.ifPresent(text -> request.header("Content-Type", "application/json"));
        key.ifPresent(text -> request.header("Authorization", "Bearer " + text));
        headers.forEach(request::setHeader);
        return new Exchange(http.sendAsync(request.build(), BodyHandlers.ofInputStream()));
    }

    /** Begins a session of 2025-11-25. */
    Session initialize(String capabilities) {
        ObjectNode params = json("{'protocolVersion':'2025-11-25','clientInfo':{'name':'t','version':'1'}}");
        params.set("capabilities", json(capabilities));
        Exchange exchange =
                send("POST", Optional.of(message("initialize", params).toString()), Map.of());
        exchange.result();
        Session session = new Session(exchange.header("Mcp-Session-Id"));
        session.tell("notifications/initialized", json("{}"));
        return session;
    }

    /** Calls a tool as 2026-07-28 has it, as a client that can do nothing else. */
    Exchange call(String tool, String arguments) {
        return call(tool, arguments, "{}", json("{}"));
    }

    /** Calls a tool as 2026-07-28 has it; with more parameters. */
    Exchange call(String tool, String arguments, String capabilities, ObjectNode more) {
        ObjectNode params = more.deepCopy().put("name", tool);
        params.set("arguments", json(arguments));
        return ask("tools/call", params, capabilities);
    }

    /** Sends a request of 2026-07-28. */
    Exchange ask(String method, ObjectNode params, String capabilities) {
        ObjectNode meta = params.withObject("_meta").put(META + "protocolVersion", "2026-07-28");
        meta.set(META + "clientCapabilities", json(capabilities));
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("MCP-Protocol-Version", "2026-07-28");
        headers.put("Mcp-Method", method);
        Optional.ofNullable(params.get("name"))
                .or(() -> Optional.ofNullable(params.get("uri")))
                .ifPresent(name -> headers.put("Mcp-Name", name.asString()));
        return send("POST", Optional.of(message(method, params).toString()), headers);
    }

    private ObjectNode message(String method, ObjectNode params) {
        ObjectNode message =
                json("{'jsonrpc':'2.0'}").put("id", ids.incrementAndGet()).put("method", method);
        message.set("params", params);
        return message;
    }

    /** A session of 2025-11-25. */
    final class Session {
        private final String id;

        private Session(String id) {
            this.id = id;
        }

        String id() {
            return id;
        }

        Exchange call(String tool, String arguments) {
            return call(tool, arguments, "{}");
        }

        /** Calls a tool; {@code meta} may hold a progress token. */
        Exchange call(String tool, String arguments, String meta) {
            ObjectNode params = json("{}").put("name", tool);
            params.set("arguments", json(arguments));
            params.set("_meta", json(meta));
            return ask("tools/call", params);
        }

        Exchange ask(String method, ObjectNode params) {
            return post(message(method, params));
        }

        /** Sends a notification. */
        void tell(String method, ObjectNode params) {
            ObjectNode message = message(method, params);
            message.remove("id");
            accepted(post(message));
        }

        /** Answers a request of the server. */
        void answer(JsonNode request, String result) {
            ObjectNode message = json("{'jsonrpc':'2.0'}");
            message.set("id", request.path("id"));
            message.set("result", json(result));
            accepted(post(message));
        }

        /** Opens the stream of what belongs to no request. */
        Exchange listen() {
            return send("GET", Optional.empty(), headers());
        }

        Exchange post(JsonNode message) {
            return send("POST", Optional.of(message.toString()), headers());
        }

        /** Sends a message, and takes only such an answer. */
        Exchange post(JsonNode message, String accept) {
            Map<String, String> headers = new LinkedHashMap<>(headers());
            headers.put("Accept", accept);
            return send("POST", Optional.of(message.toString()), headers);
        }

        private Map<String, String> headers() {
            return Map.of("Mcp-Session-Id", id, "MCP-Protocol-Version", "2025-11-25");
        }

        private static void accepted(Exchange exchange) {
            if (exchange.status() != 202) {
                throw new AssertionError("not accepted: " + exchange.status() + " " + exchange.rest());
            }
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
        http.close();
    }
}
