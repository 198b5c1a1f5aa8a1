package dev.roost.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.cli.CanaryRequests.Request;
import dev.roost.cli.wiring.LogFormat;
import dev.roost.core.access.KeyScope;
import dev.roost.simulator.LedgerToken;
import dev.roost.simulator.Simulator;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Calls every tool of every family rightly and wrongly, in both eras, over HTTP and over standard input and output, and looks
 * for secrets in all that was answered, logged, counted and noted, plain or encoded. What a tool that takes tokens answers when
 * it succeeds is not looked at, and no request's own id.
 */
@Timeout(300)
final class McpCanaryTest {
    private static final String ALL = "all,mcpsocial";
    private static final String META = "io.modelcontextprotocol/";
    private static final String CANARY = "Q2FuYXJ5VG9rZW5PZkE6MTc5MDAwMDAwMDAwMDE6cnQ_x-" + "7hGq9ZtK".repeat(6);
    private static final String APP_SECRET = "canary-app-secret_0123456789abcdefghijklmnopqrstuv";
    private static final Set<String> GIVE_TOKENS =
            Set.of("twitter_refresh_token", "exchangeTwitterAuthCode", "refreshTwitterToken", "getTwitterAuthUrl");

    private final CanaryRequests canaries = new CanaryRequests(CANARY);
    private final List<String> seen = new ArrayList<>();
    private final List<String> secrets = new ArrayList<>(List.of(CANARY, APP_SECRET, TestTerminal.SECRET));
    private int ids;

    @TempDir
    private Path data;

    @Test
    void noSecretLeavesOverHttp() {
        try (ServingRoost serving = new ServingRoost(data, LogFormat.JSON, Map.of("ROOST_MCP_TOOLS", ALL))) {
            serving.keep("1001", "ada");
            serving.x().addUser("1002", "grace");
            String key = serving.key(KeyScope.ADMIN);
            secrets.add(key);
            Map<String, String> bearer = Map.of("Authorization", "Bearer " + key);
            HttpResponse<String> welcome = serving.postMcp(initialize(), bearer);
            Map<String, String> session = new LinkedHashMap<>(bearer);
            session.put(
                    "Mcp-Session-Id",
                    welcome.headers().firstValue("Mcp-Session-Id").orElseThrow());
            JsonNode tools = result(serving.postMcp(legacy(list()), session));
            for (Request request : requests(tools, access(serving.x()))) {
                see(request, serving.postMcp(legacy(request), session));
                see(request, serving.postMcp(modern(request), modernHeaders(request, bearer)));
            }
            canaries.broken().forEach(message -> see(list(), serving.postMcp(message, session)));
            headers(session).forEach(wrong -> see(list(), serving.postMcp(legacy(list()), wrong)));
            headers(modernHeaders(list(), bearer))
                    .forEach(wrong -> see(list(), serving.postMcp(modern(list()), wrong)));
            metas().forEach(message -> see(list(), serving.postMcp(message, modernHeaders(list(), bearer))));
            see(last(), serving.postMcp(legacy(last()), session));
            assertThat(seen).hasSizeGreaterThan(800);
            seen.add(serving.printed());
            seen.add(serving.metrics());
            ServingRoost.await(
                    () -> !serving.roost().vault().store().audit().newest(5).isEmpty());
            seen.add(serving.roost().vault().store().audit().newest(10_000).toString());
            nothingLeaked(serving.x());
        }
    }

    @Test
    void noSecretLeavesOverStandardOutput() {
        try (TestTerminal terminal = new TestTerminal(data)) {
            terminal.set("LOG_LEVEL", "DEBUG");
            terminal.connect("1001");
            try (StdioAgent agent = StdioAgent.inside(terminal.environment(), "--tools", ALL)) {
                agent.line(initialize());
                JsonNode tools = agent.answer(agent.ask("tools/list", StdioAgent.json("{}")))
                        .at("/result/tools");
                ids = 10_000;
                Map<Integer, Request> asked = new LinkedHashMap<>();
                for (Request request : requests(tools, access(terminal.x()))) {
                    agent.line(legacy(request));
                    asked.put(ids, request);
                    agent.line(modern(request));
                    asked.put(ids, request);
                }
                canaries.broken().forEach(agent::line);
                metas().forEach(agent::line);
                agent.askModern(
                        "subscriptions/listen",
                        StdioAgent.json(
                                "{'notifications':{'resourceSubscriptions':['roost://accounts/" + CANARY + "']}}"),
                        "{}");
                agent.line(legacy(last()));
                assertThat(agent.end()).isZero();
                assertThat(agent.all()).hasSizeGreaterThan(800);
                for (String line : agent.all()) {
                    JsonNode answer = JsonMapper.shared().readTree(line);
                    see(asked.getOrDefault(answer.path("id").asInt(-1), list()), line);
                }
                seen.add(agent.err());
            }
            nothingLeaked(terminal.x());
        }
    }

    private List<Request> requests(JsonNode tools, String access) {
        assertThat(tools).hasSizeGreaterThan(25);
        secrets.add(access);
        return Stream.of(
                        CanaryRequests.right(tools, access).stream(),
                        canaries.calls(tools).stream(),
                        canaries.misplaced().stream(),
                        new CanaryRequests(APP_SECRET).misplaced().stream())
                .flatMap(all -> all)
                .filter(request -> !request.isOf("twitter_disconnect_account")
                        || !request.params()
                                .at("/arguments/account")
                                .asString("")
                                .equals("@ada"))
                .toList();
    }

    private static Request list() {
        return new Request("tools/list", StdioAgent.json("{}"));
    }

    /** After it, there is no account any more. */
    private static Request last() {
        return CanaryRequests.call("twitter_disconnect_account", StdioAgent.json("{'account':'@ada'}"));
    }

    private static String access(Simulator x) {
        return x.issue("shop", "1002").accessToken();
    }

    private String initialize() {
        return "{\"jsonrpc\":\"2.0\",\"id\":\"begin\",\"method\":\"initialize\",\"params\":{\"protocolVersion\":\""
                + CANARY
                + "\",\"capabilities\":{\"" + CANARY + "\":{}},\"clientInfo\":{\"name\":\"" + CANARY
                + "\",\"version\":\"" + CANARY + "\"}}}";
    }

    private String legacy(Request request) {
        ObjectNode message =
                StdioAgent.json("{'jsonrpc':'2.0'}").put("id", ++ids).put("method", request.method());
        message.set("params", request.params());
        return message.toString();
    }

    private String modern(Request request) {
        ObjectNode params = request.params().deepCopy();
        ObjectNode meta = params.withObject("_meta")
                .put(META + "protocolVersion", "2026-07-28")
                .put(META + "logLevel", "debug");
        meta.putObject(META + "clientCapabilities");
        meta.putObject(META + "clientInfo").put("name", CANARY).put("version", CANARY);
        return legacy(new Request(request.method(), params));
    }

    private static Map<String, String> modernHeaders(Request request, Map<String, String> more) {
        Map<String, String> headers = new LinkedHashMap<>(more);
        headers.put("MCP-Protocol-Version", "2026-07-28");
        headers.put("Mcp-Method", request.method());
        JsonNode name = request.params().path("name");
        JsonNode uri = request.params().path("uri");
        headers.put("Mcp-Name", request.method().equals("resources/read") ? uri.asString("") : name.asString(""));
        return headers;
    }

    /** The same headers, each time with a secret in one of them. */
    private static List<Map<String, String>> headers(Map<String, String> right) {
        return Stream.of(
                        "Mcp-Session-Id",
                        "MCP-Protocol-Version",
                        "Mcp-Method",
                        "Mcp-Name",
                        "Mcp-Param-x",
                        "Accept",
                        "Content-Type",
                        "Authorization",
                        "X-API-Key",
                        "Origin",
                        "Last-Event-ID",
                        "X-Request-Id",
                        "User-Agent",
                        "traceparent")
                .map(name -> {
                    Map<String, String> wrong = new LinkedHashMap<>(right);
                    wrong.put(name, name.equals("Authorization") ? "Bearer " + CANARY : CANARY);
                    return wrong;
                })
                .toList();
    }

    /** Wrong values for what a modern request says of itself. */
    private List<String> metas() {
        return Stream.of("protocolVersion", "clientCapabilities", "clientInfo", "logLevel")
                .map(name -> {
                    ObjectNode message = StdioAgent.json(modern(list()));
                    message.withObject("/params/_meta").put(META + name, CANARY);
                    return message.toString();
                })
                .toList();
    }

    private static JsonNode result(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body()).at("/result/tools");
    }

    private void see(Request request, HttpResponse<String> answer) {
        seen.add(answer.statusCode() + " " + answer.headers().map());
        see(request, answer.body());
    }

    private void see(Request request, String body) {
        boolean succeeded = body.contains("\"result\"") && !body.contains("\"isError\":true");
        if (!succeeded || GIVE_TOKENS.stream().noneMatch(request::isOf)) {
            seen.add("> " + body.replace("\"id\":\"" + CANARY + "\"", "\"id\":\"its own\""));
        }
    }

    private void nothingLeaked(Simulator x) {
        for (String user : List.of("1001", "1002")) {
            x.ledger().tokensOf(user).stream().map(LedgerToken::value).forEach(secrets::add);
        }
        assertThat(secrets).hasSizeGreaterThan(6);
        List<String> forms = secrets.stream().flatMap(McpCanaryTest::forms).toList();
        assertThat(seen.stream()
                        .flatMap(String::lines)
                        .filter(line -> forms.stream().anyMatch(line::contains))
                        .limit(20))
                .isEmpty();
    }

    /** As it is, in part, in a URL, and in Base64 at each of the three places that it can have there. */
    private static Stream<String> forms(String secret) {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        Stream<String> encoded = Stream.of(0, 1, 2).flatMap(offset -> {
            byte[] shifted = new byte[offset + bytes.length];
            System.arraycopy(bytes, 0, shifted, offset, bytes.length);
            return Stream.of(Base64.getEncoder(), Base64.getUrlEncoder()).map(base64 -> {
                String text = base64.withoutPadding().encodeToString(shifted);
                return text.substring(offset == 0 ? 0 : 4, text.length() - 4);
            });
        });
        return Stream.concat(
                Stream.of(secret, secret.substring(0, 16), URLEncoder.encode(secret, StandardCharsets.UTF_8)), encoded);
    }
}
