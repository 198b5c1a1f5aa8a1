package dev.roost.server.guide;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.roost.core.AccessToken;
import dev.roost.core.Account;
import dev.roost.core.AccountId;
import dev.roost.core.IssuedPair;
import dev.roost.core.Node;
import dev.roost.core.RefreshToken;
import dev.roost.core.Scopes;
import dev.roost.core.SignedIn;
import dev.roost.core.TokenPair;
import dev.roost.core.XUser;
import dev.roost.server.guide.Guide.Answer;
import dev.roost.server.guide.Guide.Wish;
import dev.roost.simulator.Endpoint;
import dev.roost.simulator.Fault;
import dev.roost.simulator.FaultKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** {@code refreshTwitterToken}. */
@Timeout(60)
final class RefreshToolTest {
    private Guide guide = Guide.start();

    @AfterEach
    void stop() {
        guide.close();
    }

    private void restart(Wish wish) {
        guide.close();
        guide = Guide.start(wish);
    }

    @Test
    void answersAsTheGuideHasIt() {
        String token = refreshToken();
        Answer answer = refresh(token);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().propertyNames()).containsExactly("success", "result");
        JsonNode result = answer.result();
        assertThat(result.propertyNames())
                .containsExactly(
                        "success", "message", "accessToken", "tokenType", "expiresIn", "refreshToken", "scope", "note");
        assertThat(text(result, "message"))
                .isEqualTo("Successfully refreshed Twitter access token! Use the new access_token with Twitter tools.");
        assertThat(text(result, "note"))
                .isEqualTo("Store the new accessToken and refreshToken securely. The old access token is now invalid.");
        assertThat(result.path("expiresIn").intValue()).isEqualTo(7200);
        assertThat(text(result, "tokenType")).isEqualTo("bearer");
        assertThat(text(result, "scope")).isEqualTo("tweet.read tweet.write users.read offline.access");
        assertThat(guide.x().ledger().liveRefreshToken(Guide.CLIENT, "1001")).contains(text(result, "refreshToken"));
        assertThat(guide.x().ledger().token(text(result, "accessToken"))).isPresent();
    }

    @Test
    void givesTheOldRefreshTokenBackWhenXSendsNoNewOne() {
        String token = refreshToken();
        guide.x().queue(Fault.of(Endpoint.TOKEN, FaultKind.NO_REFRESH_TOKEN_200));
        assertThat(text(refresh(token).result(), "refreshToken")).isEqualTo(token);
    }

    @Test
    void refusesADeadTokenAndSaysSoInBothWordings() {
        Answer answer = refresh("dead-token");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("error"))
                .isEqualTo("Twitter Token Refresh Error: Value passed for the token was invalid. Invalid refresh token."
                        + " You may need to re-authenticate.");
        assertThat(answer.text("code")).isEqualTo("refresh_token_refused");
        assertThat(answer.body().path("reauthRequired").booleanValue()).isTrue();
        assertThat(answer.body().path("retryable").booleanValue()).isFalse();
        assertThat(answer.body().path("upstream").toString())
                .isEqualTo("{\"status\":400,\"error\":\"invalid_request\","
                        + "\"error_description\":\"Value passed for the token was invalid.\"}");
    }

    @Test
    void usesTheGuidesSentenceAloneWhenXGivesNoReason() throws IOException {
        HttpServer bare = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        bare.createContext("/", exchange -> {
            byte[] body = "{\"error\":\"invalid_grant\"}".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(400, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        bare.start();
        try {
            restart(Wish.USUAL.at(
                    URI.create("http://127.0.0.1:" + bare.getAddress().getPort())));
            assertThat(refresh("some-token").text("error"))
                    .isEqualTo("Twitter Token Refresh Error: Invalid refresh token. You may need to re-authenticate.");
        } finally {
            bare.stop(0);
        }
    }

    @Test
    void blamesTheAppAndNotTheTokenForA401() {
        restart(Wish.USUAL.withSecret("another"));
        Answer answer = refresh(refreshToken());
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("error"))
                .startsWith(
                        "Twitter Token Refresh Error: Invalid client credentials or refresh token has been revoked.")
                .contains("Invalid client credentials.", "TWITTER_CLIENT_SECRET", "not spent: keep it");
        assertThat(answer.text("code")).isEqualTo("app_rejected");
        assertThat(answer.body().path("reauthRequired").booleanValue()).isFalse();
        assertThat(answer.body().path("upstream").path("status").intValue()).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({
        "STATUS_429,429,rate_limited",
        "STATUS_402,402,turned_away",
        "HTML_403,403,turned_away",
        "STATUS_500,502,answer_missing",
        "STATUS_503,502,answer_missing",
        "REFUSE,504,answer_missing",
        "UNREADABLE_200,502,answer_missing"
    })
    void neverTellsPeopleToSignInAgainWhenTheGrantIsGood(FaultKind kind, int truthful, String code) {
        restart(Wish.USUAL.truthfully());
        String token = refreshToken();
        guide.x().queue(Fault.of(Endpoint.TOKEN, kind));
        Answer answer = refresh(token);
        assertThat(answer.text("error"))
                .startsWith("Failed to refresh access token: ")
                .contains("keep it")
                .doesNotContain("re-authenticate");
        assertThat(answer.status()).isEqualTo(truthful);
        assertThat(answer.text("code")).isEqualTo(code);
        assertThat(answer.body().path("retryable").booleanValue()).isTrue();
        assertThat(answer.body().path("reauthRequired").booleanValue()).isFalse();
    }

    @Test
    void passesOnHowLongToWait() {
        guide.x().queue(Fault.rateLimited(Endpoint.TOKEN, Duration.ofSeconds(42)));
        Answer answer = refresh(refreshToken());
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().path("retryAfter").intValue()).isEqualTo(42);
        assertThat(answer.raw().headers().firstValue("Retry-After")).contains("42");
        assertThat(answer.text("error"))
                .startsWith("Failed to refresh access token: Request failed with status code 429.");
    }

    @Test
    void saysThatXIsNotReached() {
        guide.x().close();
        Answer answer = refresh("some-token");
        assertThat(answer.text("error"))
                .startsWith("Failed to refresh access token: ")
                .contains("not spent: keep it");
        assertThat(answer.text("code")).isEqualTo("not_sent");
        assertThat(answer.body().path("retryable").booleanValue()).isTrue();
    }

    @Test
    void tellsAfterTheRetryThatTheAnswerOfXWasLost() {
        String token = refreshToken();
        guide.x().queue(Fault.of(Endpoint.TOKEN, FaultKind.LOSE_ANSWER));
        Answer first = refresh(token);
        assertThat(first.text("error"))
                .startsWith("Failed to refresh access token: ")
                .contains("keep it, and make the same call once more");
        assertThat(first.text("code")).isEqualTo("answer_missing");
        assertThat(first.body().path("retryable").booleanValue()).isTrue();
        assertThat(first.body().path("reauthRequired").booleanValue()).isFalse();
        Answer second = refresh(token);
        assertThat(second.text("error"))
                .startsWith("Twitter Token Refresh Error: Value passed for the token was invalid.")
                .contains("was lost on its way");
        assertThat(second.body().path("reauthRequired").booleanValue()).isTrue();
        assertThat(guide.x().ledger().rotations()).isEqualTo(1);
    }

    @Test
    void savesTheGrantWhenXHadNotSpentTheToken() {
        String token = refreshToken();
        guide.x().queue(Fault.of(Endpoint.TOKEN, FaultKind.REFUSE));
        assertThat(refresh(token).text("code")).isEqualTo("answer_missing");
        assertThat(refresh(token).status()).isEqualTo(200);
    }

    @Test
    void savesTheGrantWhenXForgivesALostAnswer() {
        guide.x().switches().graceWindow(Duration.ofMinutes(1));
        String token = refreshToken();
        guide.x().queue(Fault.of(Endpoint.TOKEN, FaultKind.LOSE_ANSWER));
        assertThat(refresh(token).text("code")).isEqualTo("answer_missing");
        assertThat(text(refresh(token).result(), "refreshToken"))
                .isEqualTo(guide.x()
                        .ledger()
                        .liveRefreshToken(Guide.CLIENT, "1001")
                        .orElseThrow());
    }

    @Test
    void givesACallerWhoseConnectionBrokeTheSamePair() throws IOException {
        String token = refreshToken();
        guide.x().queue(Fault.of(Endpoint.TOKEN, FaultKind.HOLD));
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), guide.uri().getPort())) {
            String body = "{\"toolName\":\"refreshTwitterToken\",\"params\":{\"refreshToken\":\"" + token + "\"}}";
            String head = "POST /mcp/execute HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
                    + "Content-Length: " + body.length() + "\r\n\r\n";
            socket.getOutputStream().write((head + body).getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            guide.x().awaitHeld(1);
            socket.setSoLinger(true, 0);
        }
        guide.x().release();
        JsonNode result = refresh(token).result();
        assertThat(text(result, "refreshToken"))
                .isEqualTo(guide.x()
                        .ledger()
                        .liveRefreshToken(Guide.CLIENT, "1001")
                        .orElseThrow());
        assertThat(text(refresh(token).result(), "accessToken")).isEqualTo(text(result, "accessToken"));
        assertThat(guide.x().ledger().rotations()).isEqualTo(1);
        assertThat(guide.x().ledger().timesPresented(token)).isEqualTo(1);
    }

    @Test
    void asksXOnceForCallsAtTheSameTime() {
        String token = refreshToken();
        guide.x().queue(Fault.of(Endpoint.TOKEN, FaultKind.HOLD));
        CompletableFuture<Answer> first = CompletableFuture.supplyAsync(() -> refresh(token));
        CompletableFuture<Answer> second = CompletableFuture.supplyAsync(() -> refresh(token));
        guide.x().awaitHeld(1);
        guide.x().release();
        assertThat(text(first.join().result(), "accessToken"))
                .isEqualTo(text(second.join().result(), "accessToken"))
                .isNotEmpty();
        assertThat(guide.x().ledger().timesPresented(token)).isEqualTo(1);
    }

    @Test
    void repeatsForTwoMinutesAndNoLonger() {
        String token = refreshToken();
        String access = text(refresh(token).result(), "accessToken");
        guide.x().advance(Duration.ofSeconds(100));
        JsonNode again = refresh(token).result();
        assertThat(text(again, "accessToken")).isEqualTo(access);
        assertThat(again.path("replayed").booleanValue()).isTrue();
        assertThat(again.path("expiresIn").intValue()).isBetween(7080, 7101);
        guide.x().advance(Duration.ofSeconds(30));
        assertThat(refresh(token).text("code")).isEqualTo("refresh_token_refused");
    }

    @Test
    void rotatesAKeptAccountThroughTheEngine() {
        dev.roost.simulator.IssuedPair pair = guide.x().issue(Guide.CLIENT, "1001");
        Account account = keep(pair);
        JsonNode result = refresh(pair.refreshToken()).result();
        assertThat(text(result, "account")).isEqualTo(account.id().value());
        assertThat(text(result, "accessToken"))
                .isEqualTo(guide.engine().keeper().token(account.id()).token().expose());
        assertThat(text(result, "refreshToken"))
                .isEqualTo(guide.x()
                        .ledger()
                        .liveRefreshToken(Guide.CLIENT, "1001")
                        .orElseThrow());
        assertThat(guide.x().ledger().rotations()).isEqualTo(1);
    }

    @Test
    void saysRevokedWhenAKeptGrantIsGone() {
        restart(Wish.USUAL.truthfully());
        dev.roost.simulator.IssuedPair pair = guide.x().issue(Guide.CLIENT, "1001");
        keep(pair);
        guide.x().revoke("1001");
        Answer answer = refresh(pair.refreshToken());
        assertThat(answer.text("error"))
                .startsWith("Twitter Token Refresh Error: Invalid client credentials or refresh token has been revoked."
                        + " Re-authentication required.");
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.text("code")).isEqualTo("refresh_token_revoked");
        assertThat(answer.body().path("reauthRequired").booleanValue()).isTrue();
    }

    private Account keep(dev.roost.simulator.IssuedPair pair) {
        TokenPair tokens = new TokenPair(AccessToken.of(pair.accessToken()), RefreshToken.of(pair.refreshToken()));
        return guide.store()
                .connect(new SignedIn(
                        AccountId.random(new Random(7)),
                        Guide.CLIENT,
                        new XUser("1001", "ada"),
                        new IssuedPair(tokens, guide.x().now().plus(Duration.ofHours(2)), Scopes.DEFAULT),
                        guide.x().now().plus(Duration.ofMinutes(112)),
                        guide.x().now(),
                        new Node("test"),
                        "sign-in"));
    }

    private String refreshToken() {
        return guide.x().issue(Guide.CLIENT, "1001").refreshToken();
    }

    private Answer refresh(String token) {
        return guide.execute("refreshTwitterToken", Map.of("refreshToken", token));
    }

    private static String text(JsonNode object, String name) {
        return object.path(name).asString("");
    }
}
