package dev.roost.bench;

import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/** A client of a server's MCP endpoint, on one kept-alive connection. Used by one thread. */
final class McpCaller implements AutoCloseable {
    private static final String HEADERS = """
            Content-Type: application/json\r
            Accept: application/json, text/event-stream\r
            """;

    private final KeptAlive connection;
    private final byte[] call;

    private McpCaller(KeptAlive connection, byte[] call) {
        this.connection = connection;
        this.call = call;
    }

    /** How it talks. */
    enum Era {
        /** As most clients do: 2025-11-25, with a session. */
        SESSION,
        /** 2026-07-28, without. */
        MODERN
    }

    /** Connects, and begins a session if that era has them. */
    static McpCaller begin(URI endpoint, Era era, String user, String token) throws IOException {
        KeptAlive connection = new KeptAlive(endpoint);
        String headers =
                switch (era) {
                    case SESSION -> session(connection, endpoint);
                    case MODERN -> """
                            MCP-Protocol-Version: 2026-07-28\r
                            Mcp-Method: tools/call\r
                            Mcp-Name: twitter_get_user_tweets\r
                            """;
                };
        String meta =
                switch (era) {
                    case SESSION -> "";
                    case MODERN -> """
                            ,"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",\
                            "io.modelcontextprotocol/clientInfo":{"name":"bench","version":"1"},\
                            "io.modelcontextprotocol/clientCapabilities":{}}""";
                };
        String body = """
                {"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"twitter_get_user_tweets",\
                "arguments":{"twitter_access_token":"%s","user_id":"%s"}%s}}""".formatted(token, user, meta);
        return new McpCaller(connection, KeptAlive.request("POST", endpoint.getPath(), HEADERS + headers, body));
    }

    private static String session(KeptAlive connection, URI endpoint) throws IOException {
        connection.exchange(KeptAlive.request("POST", endpoint.getPath(), HEADERS, """
                {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},\
                "clientInfo":{"name":"bench","version":"1"}}}"""));
        Optional<String> id = connection.header("Mcp-Session-Id");
        String headers = "MCP-Protocol-Version: 2025-11-25\r\nMcp-Session-Id: " + id.orElseThrow() + "\r\n";
        connection.exchange(KeptAlive.request(
                "POST",
                endpoint.getPath(),
                HEADERS + headers,
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}"));
        return headers;
    }

    /** Calls the tool once. */
    void call() throws IOException {
        String answer = connection.exchange(call);
        if (!answer.contains("post 10")) {
            throw new IOException("the tool did not bring the posts but " + answer);
        }
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
