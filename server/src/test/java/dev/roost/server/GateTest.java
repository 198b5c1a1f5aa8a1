package dev.roost.server;

import static dev.roost.server.TestClient.json;
import static dev.roost.server.TestClient.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.core.access.KeyScope;
import dev.roost.server.TestServer.Plan;
import dev.roost.server.http.Call;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GateTest {
    private static final String PAGE = "https://app.example.com";

    private final TestServer server = TestServer.start(new Plan(false, Set.of(PAGE), Set.of(), false));
    private final TestClient anybody = server.client();
    private final TestClient writer = server.client(KeyScope.ACCOUNTS_WRITE);

    @AfterEach
    void close() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "evil.example:80", "127.0.0.1.evil.example", "169.254.169.254"})
    void requestForAnotherHostIsRefused(String host) {
        String answer = ask(server, "GET / HTTP/1.1", "Host: " + host);
        assertThat(answer).startsWith("HTTP/1.1 421 ");
        assertThat(answer).contains("wrong_host").contains("this machine only");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost:3001", "[::1]:3001", "LOCALHOST"})
    void requestForThisHostIsAnswered(String host) {
        String answer = ask(server, "GET /health/live HTTP/1.1", "Host: " + host);
        assertThat(answer).startsWith("HTTP/1.1 200 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"roost.example", "localhost"})
    void nothingIsLocalBehindAProxyWithANameOfItsOwn(String host) {
        try (TestServer fronted = TestServer.start(new Plan(false, Set.of(), Set.of(), false, "roost.example"))) {
            String live = ask(fronted, "GET /health/live HTTP/1.1", "Host: " + host);
            assertThat(live).startsWith("HTTP/1.1 200 ");
            String tools = ask(fronted, "GET /mcp/tools HTTP/1.1", "Host: " + host);
            assertThat(tools).startsWith("HTTP/1.1 401 ");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: localhost\r\nForwarded: for=203.0.113.7",
                "Host: localhost\r\nX-Forwarded-For: 203.0.113.7",
                "Host: localhost\r\nVia: 1.1 proxy"
            })
    void aRequestThatAProxyBroughtNeedsAKey(String headers) {
        String open = ask(server, "GET /mcp/tools HTTP/1.1", "Host: localhost");
        assertThat(open).startsWith("HTTP/1.1 200 ");
        String brought = ask(server, "GET /mcp/tools HTTP/1.1", headers);
        assertThat(brought).startsWith("HTTP/1.1 401 ");
        assertThat(brought).contains("roost api-key create");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://evil.example", "null", "https://app.example.com.evil.example", "http://app.example.com"
            })
    void pageOfAnotherOriginIsRefused(String origin) {
        HttpResponse<String> answer = anybody.get("/health/live", "Origin", origin);
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(text(answer, "code")).isEqualTo("wrong_origin");
        assertThat(text(answer, "detail")).contains("ROOST_ALLOWED_ORIGINS");
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    void pageOfThisServerIsAnswered() {
        assertThat(anybody.get("/health/live", "Origin", server.uri().toString())
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void pageThatIsAllowedMayAskFirstAndSeesTheAnswer() {
        HttpResponse<String> first = anybody.send(
                "OPTIONS",
                "/v1/accounts",
                Optional.empty(),
                "Origin",
                PAGE,
                "Access-Control-Request-Method",
                "POST",
                "Access-Control-Request-Headers",
                "authorization");
        assertThat(first.statusCode()).isEqualTo(204);
        assertThat(first.headers().firstValue("Access-Control-Allow-Origin")).contains(PAGE);
        assertThat(first.headers().firstValue("Access-Control-Allow-Headers").orElseThrow())
                .contains("Authorization", "Mcp-Session-Id", "MCP-Protocol-Version");
        HttpResponse<String> then = anybody.get("/health/live", "Origin", PAGE);
        assertThat(then.headers().firstValue("Access-Control-Allow-Origin")).contains(PAGE);
        assertThat(then.headers().firstValue("Vary")).contains("Origin");
        assertThat(then.headers().firstValue("Access-Control-Allow-Credentials"))
                .isEmpty();
    }

    @Test
    void requestKeepsTheNameThatItBrings() {
        assertThat(anybody.get("/health/live", "X-Request-Id", "abc-1.2_3")
                        .headers()
                        .firstValue("X-Request-Id"))
                .contains("abc-1.2_3");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "has space",
                "quote\"",
                "<b>",
                "0123456789012345678901234567890123456789012345678901234567890123456789"
            })
    void requestWithAStrangeNameGetsAnother(String name) {
        assertThat(anybody.get("/health/live", "X-Request-Id", name)
                        .headers()
                        .firstValue("X-Request-Id")
                        .orElseThrow())
                .matches("[0-9a-f]{16}");
    }

    @Test
    void everyAnswerIsKeptByNobodyAndSniffedByNobody() {
        for (HttpResponse<String> answer :
                List.of(anybody.get("/health/live"), anybody.get("/v1/key"), anybody.get("/no"))) {
            assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
            assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThat(answer.headers().firstValue("Server")).isEmpty();
        }
    }

    @Test
    void wrongMethodIsToldTheRightOnes() {
        HttpResponse<String> answer = writer.send("PUT", "/v1/accounts", Optional.of("{}"));
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD, POST");
        assertThat(text(answer, "detail")).contains("GET, HEAD, POST");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nothing", "/v1/key/", "/V1/key", "/v1"})
    void unknownPathIsNotFound(String path) {
        HttpResponse<String> answer = writer.get(path);
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(text(answer, "detail")).contains("/openapi.json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/../v1/key",
                "//v1/key",
                "/v1/%2e%2e/v1/key",
                "/v1%2fkey",
                "/v1/key;x=1",
                "/v1/accounts//token"
            })
    void roundaboutPathLeadsPastNoGate(String path) {
        String answer = ask(server, "GET " + path + " HTTP/1.1", "Host: localhost");
        assertThat(answer).containsPattern("^HTTP/1.1 40[014] ");
        assertThat(answer).contains("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=%zz", "limit=%", "limit=%ff", "state=%c0%af", "cursor=%00"})
    void queryThatIsNotEncodedAsItShouldBeIsRefused(String query) {
        String answer = ask(
                server,
                "GET /v1/accounts?" + query + " HTTP/1.1",
                "Host: localhost",
                "X-API-Key: " + server.key(KeyScope.ADMIN));
        assertThat(answer).startsWith("HTTP/1.1 400 ");
        assertThat(answer).contains("application/problem+json").doesNotContain("internal");
    }

    @Test
    void bodyThatIsTooLongIsRefused() {
        String body = "{\"label\":\"" + "x".repeat(Call.JSON_LIMIT) + "\"}";
        HttpResponse<String> announced = writer.post("/v1/connections", body);
        assertThat(announced.statusCode()).isEqualTo(413);
        assertThat(text(announced, "detail")).contains("262144");
    }

    /** Closing over the unread rest would reset the connection, and take the answer with it. */
    @RepeatedTest(10)
    void clientThatWritesAllBeforeItReadsSeesTheRefusal() {
        String body = "x".repeat(4 * 1024 * 1024);
        String head = String.join(
                "\r\n",
                "POST /v1/connections HTTP/1.1",
                "Host: localhost",
                "Authorization: Bearer " + server.key(KeyScope.ACCOUNTS_WRITE),
                "Content-Type: application/json",
                "Content-Length: " + body.length());
        String answer = RawRequest.ask(server.uri(), head + "\r\nConnection: close\r\n\r\n" + body);
        assertThat(answer).startsWith("HTTP/1.1 413 ");
        assertThat(answer).contains("body_too_long");
    }

    /** The same with a body that was begun to be read. */
    @RepeatedTest(10)
    void chunkedBodyThatIsTooLongIsRefused() {
        String chunk = "x".repeat(4 * 1024 * 1024);
        String answer = ask(
                server,
                "POST /v1/connections HTTP/1.1",
                "Host: localhost",
                "Authorization: Bearer " + server.key(KeyScope.ACCOUNTS_WRITE),
                "Content-Type: application/json",
                "Transfer-Encoding: chunked",
                "",
                Integer.toHexString(chunk.length()),
                chunk,
                "0");
        assertThat(answer).startsWith("HTTP/1.1 413 ").contains("body_too_long");
    }

    @Test
    void bodyThatIsNotAnnouncedAsJsonIsRefused() {
        HttpResponse<String> answer = writer.post("/v1/connections", "{}", "Content-Type", "text/plain");
        assertThat(answer.statusCode()).isEqualTo(415);
        assertThat(text(answer, "detail")).contains("application/json");
    }

    @Test
    void absurdlyDeepJsonIsRefused() {
        HttpResponse<String> answer = writer.post("/v1/connections", "{\"label\":" + "[".repeat(100_000));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(text(answer, "code")).isEqualTo("malformed_json");
    }

    @Test
    void keyThatAsksTooOftenWaits() {
        TestClient busy = server.client(server.newKey(Set.of(KeyScope.ACCOUNTS_READ), Set.of(), 6)
                .secret()
                .expose());
        int admitted = 0;
        HttpResponse<String> answer = busy.get("/v1/key");
        while (answer.statusCode() == 200 && admitted < 60) {
            admitted++;
            answer = busy.get("/v1/key");
        }
        assertThat(admitted).isBetween(6, 8);
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(text(answer, "code")).isEqualTo("too_many_requests");
        assertThat(text(answer, "detail")).contains("6 requests a minute");
        long wait = Long.parseLong(answer.headers().firstValue("Retry-After").orElseThrow());
        assertThat(wait).isBetween(1L, 10L);
        assertThat(json(answer).path("retryAfter").asLong()).isEqualTo(wait);
        server.advance(Duration.ofSeconds(wait));
        assertThat(busy.get("/v1/key").statusCode()).isEqualTo(200);
        assertThat(writer.get("/v1/key").statusCode()).isEqualTo(200);
    }

    @Test
    void keyMayComeInItsOwnHeader() {
        assertThat(anybody.get("/v1/key", "X-API-Key", server.key(KeyScope.X_READ))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void keyWithAControlCharacterIsOneThatNobodyHas() {
        String answer = ask(server, "GET /v1/key HTTP/1.1", "Host: localhost", "Authorization: Bearer roost_a\tb");
        assertThat(answer).startsWith("HTTP/1.1 401 ");
    }

    @Test
    void callsAreCountedInTheAuditTrail() {
        String key = server.key(KeyScope.ADMIN);
        for (int i = 0; i < 5; i++) {
            server.client(key).get("/v1/key");
        }
        anybody.get("/v1/key");
        anybody.get("/health/live");
        assertThat(server.audit().newest(10))
                .anySatisfy(row -> {
                    assertThat(row.operation()).isEqualTo("key.read");
                    assertThat(row.outcome()).isEqualTo("ok");
                    assertThat(row.count()).isEqualTo(5);
                })
                .anySatisfy(row -> {
                    assertThat(row.key()).isEqualTo("anybody");
                    assertThat(row.outcome()).isEqualTo("api_key_missing_or_invalid");
                })
                .noneSatisfy(row -> assertThat(row.operation()).isEqualTo("health.live"));
    }

    @Test
    void lineBreaksNeverReachAHeader() {
        String bad = "%0d%0aX-Evil:%201%0d%0a%0d%0a";
        server.connect(TestServer.ADA);
        TestClient admin = server.client(KeyScope.ADMIN);
        for (String path : List.of(
                "/v1/accounts?cursor=" + bad,
                "/v1/accounts?" + bad + "=1",
                "/v1/accounts/" + bad,
                "/v1/connections/" + bad,
                "/v1/accounts/@ada/events?limit=" + bad,
                "/auth/twitter/callback?state=" + bad + "&code=" + bad + "&error=" + bad)) {
            HttpResponse<String> answer = admin.get(path);
            assertThat(answer.statusCode()).as(path).isIn(400, 404);
            assertThat(answer.headers().firstValue("X-Evil")).as(path).isEmpty();
            assertThat(answer.body()).doesNotContain("X-Evil: 1\r\n");
        }
        HttpResponse<String> label = admin.post("/v1/connections", "{\"label\":\"a\\r\\nX-Evil: 1\"}");
        assertThat(label.statusCode()).isEqualTo(400);
        String raw = ask(server, "GET /health/live HTTP/1.1", "Host: localhost", "X-Request-Id: a\rX-Evil: 1");
        assertThat(raw.toLowerCase(Locale.ROOT)).doesNotContain("\r\nx-evil:");
    }

    @Test
    void whatIsNoHttpIsRefusedAsAProblem() {
        String answer = ask(server, "GET / HTTP/1.1", "Host: localhost", "Bad Header: 1");
        assertThat(answer).startsWith("HTTP/1.1 400 ");
        assertThat(answer)
                .contains("\"code\":\"refused\"")
                .doesNotContain("jetty")
                .doesNotContain("Exception");
    }

    /** Sends what no decent client would, and returns the whole answer. */
    private static String ask(TestServer server, String... lines) {
        return RawRequest.ask(server.uri(), String.join("\r\n", lines) + "\r\nConnection: close\r\n\r\n");
    }
}
