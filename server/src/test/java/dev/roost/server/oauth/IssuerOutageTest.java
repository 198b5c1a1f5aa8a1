package dev.roost.server.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.roost.testkit.ManualClock;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Authorization servers that move, rotate, lie, or do not answer. */
final class IssuerOutageTest {
    private final ManualClock clock = new ManualClock();
    private final TestIssuer issuer = TestIssuer.start(clock);
    private final AgentServer server = AgentServer.guardedBy(issuer.uri(), clock);

    @AfterEach
    void close() {
        server.close();
        issuer.close();
    }

    @Test
    void newKeyIsFoundAndTheOldOneForgotten() {
        String old = token();
        assertThat(server.bearer(old).statusCode()).isEqualTo(200);
        issuer.signWith(issuer.rsa(2048));
        String unpublished = token();
        clock.advance(Duration.ofSeconds(10));
        HttpResponse<String> early = server.bearer(unpublished);
        assertThat(early.statusCode()).isEqualTo(401);
        assertThat(early.body()).contains("no key that its issuer publishes has signed it; get a new one");
        assertThat(challenge(early)).startsWith("Bearer error=\"invalid_token\"");
        issuer.publish();
        clock.advance(Duration.ofSeconds(10));
        assertThat(server.bearer(unpublished).statusCode()).isEqualTo(200);
        assertThat(server.bearer(old).statusCode()).isEqualTo(401);
    }

    @Test
    void unknownKeysMakeRoostLookOnceInTenSecondsOnly() {
        assertThat(server.bearer(token()).statusCode()).isEqualTo(200);
        List<String> strangers = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            issuer.signWith(issuer.ec(com.nimbusds.jose.jwk.Curve.P_256));
            strangers.add(token());
        }
        clock.advance(Duration.ofSeconds(10));
        strangers.forEach(
                stranger -> assertThat(server.bearer(stranger).statusCode()).isEqualTo(401));
        assertThat(issuer.asked())
                .containsExactly(TestIssuer.OAUTH, TestIssuer.KEYS, TestIssuer.OAUTH, TestIssuer.KEYS);
    }

    @Test
    void keysAreFetchedAnewAfterFiveMinutes() {
        server.bearer(token());
        clock.advance(Duration.ofSeconds(299));
        server.bearer(token());
        assertThat(issuer.asked()).hasSize(2);
        clock.advance(Duration.ofSeconds(1));
        assertThat(server.bearer(token()).statusCode()).isEqualTo(200);
        assertThat(issuer.asked()).hasSize(4);
    }

    @Test
    void knownKeysOutliveAnOutageForAnHour() {
        assertThat(server.bearer(token()).statusCode()).isEqualTo(200);
        issuer.status(TestIssuer.OAUTH, 503);
        clock.advance(Duration.ofMinutes(59));
        assertThat(server.bearer(token()).statusCode()).isEqualTo(200);
        assertThat(server.log()).contains("cannot be checked with the newest keys");
        clock.advance(Duration.ofMinutes(1));
        unavailable(server.bearer(token()), "answered HTTP 503");
        issuer.metadataAt(TestIssuer.OAUTH);
        clock.advance(Duration.ofSeconds(10));
        assertThat(server.bearer(token()).statusCode()).isEqualTo(200);
    }

    @Test
    void keyThatCannotBeLookedForIsNotCalledWrong() {
        assertThat(server.bearer(token()).statusCode()).isEqualTo(200);
        issuer.signWith(issuer.rsa(2048));
        issuer.publish();
        issuer.status(TestIssuer.KEYS, 500);
        clock.advance(Duration.ofSeconds(10));
        unavailable(server.bearer(token()), "/keys answered HTTP 500");
    }

    @Test
    void issuerThatIsDownIsAskedAgainAfterTenSeconds() throws IOException {
        int nobody;
        try (ServerSocket socket = new ServerSocket(0)) {
            nobody = socket.getLocalPort();
        }
        URI down = URI.create("http://127.0.0.1:" + nobody);
        try (AgentServer other = AgentServer.guardedBy(down, clock)) {
            String token = issuer.token(
                    issuer.claims(AgentServer.RESOURCE).issuer(down.toString()).build());
            unavailable(other.bearer(token), down + TestIssuer.OAUTH + " cannot be reached");
            unavailable(other.bearer(token), "cannot be reached");
            assertThat(other.log().lines().filter(line -> line.contains("newest keys")))
                    .hasSize(1);
            clock.advance(Duration.ofSeconds(10));
            unavailable(other.bearer(token), "cannot be reached");
            assertThat(other.log().lines().filter(line -> line.contains("newest keys")))
                    .hasSize(2);
        }
    }

    @Test
    void keysThatAreDownAreNoReasonToRefuse() {
        issuer.status(TestIssuer.KEYS, 502);
        unavailable(server.bearer(token()), issuer.uri() + "/keys answered HTTP 502");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:1/other", "https://evil.example", ""})
    void metadataOfAnotherIssuerIsNotUsed(String other) {
        issuer.metadataAt(TestIssuer.OAUTH, other, issuer.uri() + TestIssuer.KEYS);
        unavailable(
                server.bearer(token()),
                "names another issuer than " + issuer.uri() + "; set ROOST_MCP_ISSUER to the issuer in there");
        assertThat(issuer.asked()).doesNotContain(TestIssuer.KEYS);
    }

    @Test
    void issuerMayNotEndWithASlashMore() {
        issuer.metadataAt(TestIssuer.OAUTH, issuer.uri() + "/", issuer.uri() + TestIssuer.KEYS);
        unavailable(server.bearer(token()), "names another issuer");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://keys.example/keys",
                "file:///etc/passwd",
                "/keys",
                "",
                "https://",
                "https://a b/",
                "https://user@keys.example/keys"
            })
    void keysAreFetchedFromASafeAddressOnly(String address) {
        issuer.metadataAt(TestIssuer.OAUTH, issuer.uri().toString(), address);
        unavailable(server.bearer(token()), "has no jwks_uri that begins with https");
    }

    @Test
    void hugeMetadataIsNotRead() {
        issuer.json(TestIssuer.OAUTH, "{\"issuer\":\"" + "x".repeat(300 * 1024) + "\"}");
        unavailable(server.bearer(token()), "is longer than 256 KiB");
    }

    @Test
    void endlessKeysAreGivenUp() {
        issuer.on(TestIssuer.KEYS, exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] piece = "[".repeat(64 * 1024).getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < 100; i++) {
                exchange.getResponseBody().write(piece);
            }
        });
        unavailable(server.bearer(token()), "is longer than 256 KiB");
    }

    @Test
    void metadataThatOnlyTricklesIsGivenUp() {
        CountDownLatch end = new CountDownLatch(1);
        issuer.on(TestIssuer.OAUTH, exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            awaited(end);
        });
        unavailable(server.bearer(token()), "did not answer whole within 5 seconds");
        end.countDown();
    }

    @Test
    void redirectsAreNotFollowed() {
        issuer.metadataAt("/elsewhere");
        issuer.on(TestIssuer.OAUTH, exchange -> {
            exchange.getResponseHeaders().set("Location", issuer.uri() + "/elsewhere");
            exchange.sendResponseHeaders(302, -1);
        });
        unavailable(server.bearer(token()), "answered HTTP 302");
        assertThat(issuer.asked()).doesNotContain("/elsewhere");
        try (HttpClient follower = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build()) {
            ProtectedResource resource = new ProtectedResource(issuer.uri(), AgentServer.RESOURCE);
            assertThatThrownBy(() -> new AccessTokens(resource, follower, clock, System::nanoTime))
                    .hasMessageContaining("follows redirects");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>", "[]", "{\"issuer\":", "{\"a\":1,\"a\":2}", "[[[[", "null", "\"x\""})
    void whatIsNoDocumentIsNotUsed(String text) {
        issuer.json(TestIssuer.OAUTH, text);
        unavailable(server.bearer(token()), "answered something that is no JSON object");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"keys\":[]}",
                "{\"keys\":7}",
                "{\"keys\":[7,null,{},{\"kty\":\"RSA\"},{\"kty\":\"new\"}]}",
                "{\"keys\":[{\"kty\":\"oct\",\"k\":\"AAAA\"}]}"
            })
    void keySetWithoutAUsableKeyIsNotUsed(String keys) {
        issuer.json(TestIssuer.KEYS, keys);
        unavailable(server.bearer(token()), "/keys has no RSA or EC key");
    }

    @Test
    void keysThatAreNotUnderstoodAreLeftOut() {
        String good = issuer.key().toPublicJWK().toJSONString();
        issuer.json(
                TestIssuer.KEYS,
                "{\"keys\":[{\"kty\":\"new\"},{\"kty\":\"EC\",\"crv\":\"P-999\",\"x\":\"AA\",\"y\":\"AA\"}," + good
                        + "]}");
        assertThat(server.bearer(token()).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "'',/.well-known/openid-configuration",
        "/t1,/.well-known/oauth-authorization-server/t1",
        "/t1,/.well-known/openid-configuration/t1",
        "/t1,/t1/.well-known/openid-configuration",
        "/a/b/,/.well-known/oauth-authorization-server/a/b"
    })
    void metadataIsFoundWhereTheStandardsPutIt(String path, String where) {
        try (TestIssuer other = TestIssuer.withPath(clock, path);
                AgentServer guarded = AgentServer.guardedBy(other.uri(), clock)) {
            other.metadataAt(where);
            HttpResponse<String> answer = guarded.bearer(
                    other.token(other.claims(AgentServer.RESOURCE).build()));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        }
    }

    @Test
    void manyTokensAtOnceAskForKeysOnce() {
        CountDownLatch all = new CountDownLatch(1);
        issuer.on(TestIssuer.OAUTH, exchange -> {
            awaited(all);
            TestIssuer.send(
                    exchange, 200, "{\"issuer\":\"" + issuer.uri() + "\",\"jwks_uri\":\"" + issuer.uri() + "/keys\"}");
        });
        String token = token();
        ConcurrentLinkedQueue<Integer> statuses = new ConcurrentLinkedQueue<>();
        List<CompletableFuture<Void>> calls = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            calls.add(CompletableFuture.runAsync(
                    () -> statuses.add(server.bearer(token).statusCode()),
                    task -> Thread.ofVirtual().start(task)));
        }
        all.countDown();
        calls.forEach(CompletableFuture::join);
        assertThat(statuses).hasSize(20).containsOnly(200);
        assertThat(issuer.asked()).containsExactly(TestIssuer.OAUTH, TestIssuer.KEYS);
    }

    private String token() {
        JWTClaimsSet claims = issuer.claims(AgentServer.RESOURCE).build();
        return issuer.token(claims);
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void unavailable(HttpResponse<String> answer, String why) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
        assertThat(answer.body())
                .contains("\"code\":\"issuer_unavailable\"")
                .contains("this access token cannot be checked now: ")
                .contains(why);
        assertThat(answer.headers().firstValue("Retry-After")).contains("10");
        assertThat(answer.headers().firstValue("WWW-Authenticate")).isEmpty();
    }

    private static String challenge(HttpResponse<String> answer) {
        return answer.headers().firstValue("WWW-Authenticate").orElse("none");
    }
}
