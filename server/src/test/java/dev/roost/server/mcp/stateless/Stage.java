package dev.roost.server.mcp.stateless;

import dev.roost.core.CallerApp;
import dev.roost.core.Secret;
import dev.roost.mcp.catalog.Content;
import dev.roost.mcp.catalog.Tool;
import dev.roost.mcp.catalog.ToolOutcome;
import dev.roost.mcp.catalog.ToolResult;
import dev.roost.server.TestServer;
import dev.roost.server.mcp.ByAccount;
import dev.roost.simulator.Simulator;
import dev.roost.x.Tweet;
import dev.roost.x.XApi;
import dev.roost.x.XSettings;
import dev.roost.x.XTokenEndpoint;
import dev.roost.x.XTransport;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The tools in front of a simulated X, with the apps {@link #PUBLIC} and {@link #CONFIDENTIAL}. */
final class Stage implements AutoCloseable {
    static final String PUBLIC = TestServer.CLIENT_ID;
    static final String CONFIDENTIAL = "confidential-app";
    static final String SECRET = "canary-app-secret_0123456789abcdefghijklmnopqrstuv";

    private final TestServer server = TestServer.start();
    private final XSettings settings;
    private final XTransport transport;
    private final List<Tool> tools;

    Stage() {
        this(Optional.empty(), Tweet.LengthCheck.STANDARD);
    }

    Stage(Optional<ByAccount> accounts, Tweet.LengthCheck length) {
        Simulator x = server.simulator();
        x.addApp(CONFIDENTIAL, SECRET, TestServer.CALLBACK.toString());
        settings = new XSettings(
                PUBLIC, Optional.empty(), x.authorizeUri(), x.uri(), Duration.ofSeconds(19), Duration.ofSeconds(20));
        transport = new XTransport(settings, "test");
        XApi api = new XApi(settings, transport, x::now);
        tools = StatelessTools.of(
                new Kit(() -> api, x.uri(), server.engine()::callerRefreshes, this::app, accounts, length, x::now));
    }

    /** The engine's own app has the engine's own endpoint. */
    private CallerApp app(String clientId, Optional<Secret> clientSecret) {
        if (clientId.equals(PUBLIC) && clientSecret.isEmpty()) {
            return new CallerApp(server.door().x().tokens(), Optional.empty());
        }
        XSettings app = settings.forApp(clientId, clientSecret);
        return new CallerApp(
                new XTokenEndpoint(app, transport, server.simulator()::now, new SecureRandom()), clientSecret);
    }

    List<Tool> tools() {
        return tools;
    }

    Optional<Tool> find(String name) {
        return tools.stream().filter(tool -> tool.name().equals(name)).findFirst();
    }

    TestServer server() {
        return server;
    }

    Simulator x() {
        return server.simulator();
    }

    /** An access token of ada's for the public app. */
    String access(String... scopes) {
        return x().issue(PUBLIC, TestServer.ADA, scopes).accessToken();
    }

    /** A refresh token of ada's. */
    String refresh(String clientId) {
        return x().issue(clientId, TestServer.ADA).refreshToken();
    }

    /** Calls a tool with members as name and value in turn. */
    ToolResult call(String tool, Object... members) {
        ObjectNode arguments = JsonMapper.shared().createObjectNode();
        for (int i = 0; i < members.length; i += 2) {
            arguments.set(members[i].toString(), JsonMapper.shared().valueToTree(members[i + 1]));
        }
        return call(tool, arguments);
    }

    ToolResult call(String tool, ObjectNode arguments) {
        return (ToolResult) outcome(tool, arguments);
    }

    ToolOutcome outcome(String tool, ObjectNode arguments) {
        try {
            return find(tool).orElseThrow().body().call(arguments, new QuietCall());
        } catch (InterruptedException e) {
            throw new AssertionError("the call was interrupted", e);
        }
    }

    /** The one text of a result. */
    static String text(ToolResult result) {
        return ((Content.Text) result.content().getFirst()).text();
    }

    /** A member of the JSON text of a result. */
    static String member(ToolResult result, String name) {
        return json(result).path(name).asString("");
    }

    static JsonNode json(ToolResult result) {
        return JsonMapper.shared().readTree(text(result));
    }

    @Override
    public void close() {
        transport.close();
        server.close();
    }
}
