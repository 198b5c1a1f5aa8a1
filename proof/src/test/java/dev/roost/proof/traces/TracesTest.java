package dev.roost.proof.traces;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.roost.cli.wiring.Logging;
import dev.roost.core.Account;
import dev.roost.core.access.KeyScope;
import dev.roost.proof.Canary;
import dev.roost.proof.Waiting;
import dev.roost.proof.serving.ServedRoost;
import dev.roost.simulator.Simulator;
import dev.roost.testkit.FreePort;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Traces from a request to X, as they reach a collector. */
@SuppressWarnings("NullAway.Init")
final class TracesTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String PARENT = "b7ad6b7169203331";
    private static final String TRACEPARENT = "00-" + TRACE + "-" + PARENT + "-01";

    @TempDir
    private Path data;

    private Collector collector;

    @BeforeEach
    void start() throws Exception {
        collector = new Collector();
    }

    @AfterEach
    void stop() {
        collector.close();
    }

    @Test
    void oneTraceLeadsFromTheCallersSpanByRequestAndRefreshToX() {
        Account ada;
        try (ServedRoost served = served()) {
            ada = served.keep("1001", "ada");
            HttpResponse<String> answer =
                    served.send(HttpRequest.newBuilder(served.address("/v1/accounts/" + ada.id() + "/refresh"))
                            .header("X-API-Key", served.key(KeyScope.ACCOUNTS_WRITE))
                            .header("traceparent", TRACEPARENT)
                            .header("tracestate", "secret=state-canary-99")
                            .POST(HttpRequest.BodyPublishers.noBody()));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        }
        List<Span> trace = collector.spans().stream()
                .filter(span -> hex(span.getTraceId()).equals(TRACE))
                .toList();
        assertThat(trace)
                .extracting(Span::getName)
                .containsExactlyInAnyOrder("accounts.refresh", "refresh", "POST /2/oauth2/token");
        Span request = only(trace, "accounts.refresh");
        Span refresh = only(trace, "refresh");
        Span token = only(trace, "POST /2/oauth2/token");
        assertThat(hex(request.getParentSpanId())).isEqualTo(PARENT);
        assertThat(refresh.getParentSpanId()).isEqualTo(request.getSpanId());
        assertThat(token.getParentSpanId()).isEqualTo(refresh.getSpanId());

        assertThat(request.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_SERVER);
        assertThat(attributes(request))
                .isEqualTo(Map.of(
                        "http.request.method", "POST",
                        "roost.operation", "accounts.refresh",
                        "http.response.status_code", "200"));
        assertThat(attributes(refresh))
                .containsEntry("roost.account", ada.id().value())
                .containsEntry("roost.generation", "1")
                .containsEntry("roost.outcome", "rotated")
                .containsEntry("roost.subject", "kept")
                .containsOnlyKeys("roost.account", "roost.generation", "roost.outcome", "roost.subject", "roost.node");
        assertThat(token.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_CLIENT);
        assertThat(attributes(token))
                .isEqualTo(Map.of("url.template", "POST /2/oauth2/token", "http.response.status_code", "200"));
        assertThat(token.getStartTimeUnixNano()).isBetween(refresh.getStartTimeUnixNano(), token.getEndTimeUnixNano());
        assertThat(token.getEndTimeUnixNano()).isLessThanOrEqualTo(refresh.getEndTimeUnixNano());
        assertThat(collector.everything()).doesNotContain("state-canary");
        assertThat(collector.resources().getFirst().getResource().getAttributesList())
                .extracting(KeyValue::getKey)
                .contains("service.name", "service.version", "service.instance.id");
    }

    @Test
    void aCallOfAnAgentsToolIsInTheTraceOfItsRequest() {
        try (ServedRoost served = served()) {
            Account ada = served.keep("1001", "ada");
            served.x().advance(Duration.ofHours(3));
            HttpResponse<String> answer = served.send(HttpRequest.newBuilder(served.address("/mcp"))
                    .header("X-API-Key", served.key(KeyScope.ADMIN))
                    .header("Content-Type", "application/json")
                    .header("Accept", "application/json, text/event-stream")
                    .header("traceparent", TRACEPARENT)
                    .header("MCP-Protocol-Version", "2026-07-28")
                    .header("Mcp-Method", "tools/call")
                    .header("Mcp-Name", "twitter_get_profile")
                    .POST(HttpRequest.BodyPublishers.ofString("""
                            {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "twitter_get_profile",
                             "arguments": {"account": "@ada"},
                             "_meta": {"io.modelcontextprotocol/protocolVersion": "2026-07-28",
                                       "io.modelcontextprotocol/clientCapabilities": {},
                                       "io.modelcontextprotocol/clientInfo": {"name": "t", "version": "1"}}}}
                            """)));
            assertThat(answer.body()).contains(ada.user().username());
        }
        assertThat(collector.spans())
                .filteredOn(span -> hex(span.getTraceId()).equals(TRACE))
                .extracting(Span::getName)
                .contains("refresh", "POST /2/oauth2/token", "GET /2/users/me");
    }

    @Test
    void noTokenNorSecretLeavesWithATrace() {
        Canary canary;
        try (ServedRoost served = served()) {
            Account ada = served.keep("1001", "ada");
            String key = served.key(KeyScope.ADMIN);
            String path = "/v1/accounts/" + ada.id();
            served.get(path + "/token", "X-API-Key", key);
            served.get(path + "/profile?user=" + "%40ada", "X-API-Key", key);
            served.get("/x/2/users/1001/likes-canary?words=query-canary", "X-API-Key", key, "Roost-Account", "@ada");
            String refresh = served.x().issue("shop", "1001").refreshToken();
            served.send(HttpRequest.newBuilder(served.address("/mcp/execute"))
                    .header("Content-Type", "application/json")
                    .header("traceparent", "00-" + refresh + "-x-01")
                    .POST(HttpRequest.BodyPublishers.ofString(
                            "{\"toolName\":\"refreshTwitterToken\",\"params\":{\"refreshToken\":\"" + refresh
                                    + "\"}}")));
            served.get("/auth/twitter/callback?code=" + refresh + "&state=" + refresh);
            served.x().revoke("1001");
            served.send(HttpRequest.newBuilder(served.address(path + "/refresh"))
                    .header("X-API-Key", key)
                    .method("POST", HttpRequest.BodyPublishers.noBody()));
            served.send(
                    HttpRequest.newBuilder(served.address(path)).method("BREW", HttpRequest.BodyPublishers.noBody()));
            canary = Canary.of(served.x().ledger())
                    .and(List.of(
                            ServedRoost.CLIENT_SECRET,
                            key.substring(key.lastIndexOf('_') + 1),
                            "likes-canary",
                            "query-canary"));
        }
        assertThat(collector.spans())
                .extracting(Span::getName)
                .contains("refresh", "other", "guide.execute", "callback");
        assertThat(collector.spans())
                .filteredOn(span -> span.getName().equals("refresh"))
                .extracting(span -> attributes(span).get("roost.outcome"))
                .contains("grant_refused");
        canary.assertAbsentFrom("the traces", collector.everything());
    }

    @Test
    void aRefreshThatWasDueIsATraceOfItsOwnAndADullRequestNone() {
        try (ServedRoost served = served()) {
            Account ada = served.keep("1001", "ada");
            served.roost().engine().keeper().refreshNow(ada.id());
            served.get("/metrics");
            served.get("/health/ready");
        }
        Span refresh = only(collector.spans(), "refresh");
        assertThat(refresh.getParentSpanId().isEmpty()).isTrue();
        assertThat(refresh.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_UNSET);
        assertThat(collector.spans()).extracting(Span::getName).doesNotContain("metrics", "health.ready");
    }

    @Test
    void aCollectorThatRefusesOrIsGoneDisturbsNothingAndIsLoggedOnce() {
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        Logging.to(new PrintStream(log, true, StandardCharsets.UTF_8), "DEBUG");
        collector.answer(503);
        try (ServedRoost served = served()) {
            Account ada = served.keep("1001", "ada");
            Waiting.until("two exports are refused", () -> {
                served.get("/");
                return collector.asked() > 1;
            });
            collector.close();
            served.roost().engine().keeper().refreshNow(ada.id());
            assertThat(served.roost().engine().accounts().find("@ada").generation())
                    .isEqualTo(2);
        } finally {
            Logging.to(System.err, "WARN");
        }
        assertThat(log.toString(StandardCharsets.UTF_8).lines().filter(line -> line.contains("traces are not taken")))
                .hasSize(1)
                .allMatch(line -> line.contains("WARN") && line.contains("ROOST_OTLP_ENDPOINT"));
        assertThat(log.toString(StandardCharsets.UTF_8)).doesNotContain("opentelemetry");
    }

    @Test
    void withoutTheSettingNothingOfItIsLoaded() throws Exception {
        Path classes = data.resolve("classes.txt");
        try (Simulator x = Simulator.start()) {
            ProcessBuilder builder = new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow",
                    "-Xlog:class+load:file=" + classes,
                    "-cp",
                    System.getProperty("java.class.path"),
                    "dev.roost.cli.Main",
                    "serve");
            builder.environment()
                    .putAll(Map.of(
                            "ROOST_DATA", data.resolve("roost").toString(),
                            "PORT", String.valueOf(FreePort.find()),
                            "ROOST_X_API_URL", x.uri().toString(),
                            "ROOST_X_AUTHORIZE_URL", x.authorizeUri().toString(),
                            "TWITTER_CLIENT_ID", "shop"));
            Process serve = builder.redirectErrorStream(true).start();
            try (BufferedReader output = serve.inputReader(StandardCharsets.UTF_8)) {
                assertThat(output.lines().anyMatch(line -> line.contains("listens on")))
                        .isTrue();
            } finally {
                serve.destroy();
                serve.waitFor();
            }
        }
        assertThat(Files.readString(classes)).contains("dev.roost.cli.wiring.Traces ");
        assertThat(Files.readAllLines(classes))
                .filteredOn(
                        line -> line.contains("] io.opentelemetry.") || line.contains("] dev.roost.server.tracing."))
                .isEmpty();
    }

    private ServedRoost served() {
        return ServedRoost.start(
                data, Map.of("ROOST_OTLP_ENDPOINT", collector.address() + "/", "ROOST_MCP_TOOLS", "all"));
    }

    private static Span only(List<Span> spans, String name) {
        List<Span> found =
                spans.stream().filter(span -> span.getName().equals(name)).toList();
        assertThat(found).as(name).hasSize(1);
        return found.getFirst();
    }

    private static Map<String, String> attributes(Span span) {
        return span.getAttributesList().stream()
                .collect(Collectors.toMap(KeyValue::getKey, attribute -> text(attribute.getValue())));
    }

    private static String text(AnyValue value) {
        return value.hasStringValue() ? value.getStringValue() : Long.toString(value.getIntValue());
    }

    private static String hex(ByteString bytes) {
        return HexFormat.of().formatHex(bytes.toByteArray());
    }
}
