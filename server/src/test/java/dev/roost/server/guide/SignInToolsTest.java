package dev.roost.server.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.server.guide.Guide.Answer;
import dev.roost.server.guide.Guide.Wish;
import dev.roost.simulator.Endpoint;
import dev.roost.simulator.Fault;
import dev.roost.simulator.FaultKind;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** {@code getTwitterAuthUrl}, the callback page, {@code exchangeTwitterAuthCode}. */
@Timeout(60)
final class SignInToolsTest {
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
    void makesXsAddressAsTheGuideHasIt() {
        JsonNode result = begin().result();
        assertThat(result.propertyNames())
                .containsExactly("authorizationUrl", "state", "codeVerifier", "callbackUrl", "instructions");
        String url = text(result, "authorizationUrl");
        assertThat(url)
                .startsWith(guide.x().authorizeUri() + "?response_type=code&")
                .contains("&scope=tweet.read%20tweet.write%20users.read%20offline.access&")
                .contains("&redirect_uri=http%3A%2F%2F127.0.0.1%3A3001%2Fauth%2Ftwitter%2Fcallback&");
        Map<String, String> query = Guide.query(URI.create(url));
        assertThat(query.keySet())
                .containsExactly(
                        "response_type",
                        "client_id",
                        "redirect_uri",
                        "state",
                        "scope",
                        "code_challenge",
                        "code_challenge_method");
        assertThat(query)
                .containsEntry("client_id", Guide.CLIENT)
                .containsEntry("code_challenge_method", "S256")
                .containsEntry("state", text(result, "state"));
        assertThat(text(result, "state")).matches("[0-9a-f]{32}");
        assertThat(text(result, "codeVerifier")).matches("[A-Za-z0-9_-]{43}");
        assertThat(text(result, "callbackUrl")).isEqualTo(Guide.CALLBACK);
        assertThat(result.path("instructions")).hasSize(7);
        assertThat(result.path("instructions").path(0).asString(""))
                .isEqualTo("1. IMPORTANT: Save the codeVerifier - you will need it for token exchange!");
        assertThat(text(begin().result(), "state")).isNotEqualTo(text(result, "state"));
    }

    @Test
    void takesTheCallersState() {
        Answer answer = guide.execute("getTwitterAuthUrl", Map.of("callbackUrl", Guide.CALLBACK, "state", "a b&c=d~é"));
        assertThat(text(answer.result(), "state")).isEqualTo("a b&c=d~é");
        assertThat(text(answer.result(), "authorizationUrl")).contains("&state=a%20b%26c%3Dd~%C3%A9&");
        Answer empty = guide.execute("getTwitterAuthUrl", Map.of("callbackUrl", Guide.CALLBACK, "state", ""));
        assertThat(text(empty.result(), "state")).matches("[0-9a-f]{32}");
    }

    @Test
    void asksForTheScopesOfTheSettings() {
        restart(Wish.USUAL.asking("like.write", "tweet.read", "users.read", "offline.access"));
        assertThat(text(begin().result(), "authorizationUrl"))
                .contains("&scope=like.write%20tweet.read%20users.read%20offline.access&");
    }

    @Test
    void exchangesACodeWithTheCallersVerifier() {
        JsonNode begun = begin().result();
        Answer answer = exchange(code(begun), begun);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().propertyNames()).containsExactly("success", "result");
        JsonNode result = answer.result();
        assertThat(result.propertyNames())
                .containsExactly(
                        "success",
                        "message",
                        "accessToken",
                        "tokenType",
                        "expiresIn",
                        "refreshToken",
                        "scope",
                        "usage");
        assertThat(text(result, "message"))
                .isEqualTo("Successfully authenticated with Twitter! You can now use the access_token with other"
                        + " Twitter tools.");
        assertThat(text(result, "tokenType")).isEqualTo("bearer");
        assertThat(result.path("expiresIn").intValue()).isEqualTo(7200);
        assertThat(text(result, "scope")).isEqualTo("tweet.read tweet.write users.read offline.access");
        assertThat(result.path("usage")).hasSize(10);
        assertThat(guide.x().ledger().token(text(result, "accessToken"))).isPresent();
        assertThat(guide.x().ledger().token(text(result, "refreshToken"))).isPresent();
        assertThat(guide.engine().accounts().all(Optional.empty(), 10)).isEmpty();
    }

    @Test
    void sendsACodeOnceAndRepeatsTheAnswerFor30Seconds() {
        JsonNode begun = begin().result();
        String code = code(begun);
        guide.x().queue(Fault.of(Endpoint.TOKEN, FaultKind.HOLD));
        CompletableFuture<Answer> first = CompletableFuture.supplyAsync(() -> exchange(code, begun));
        CompletableFuture<Answer> second = CompletableFuture.supplyAsync(() -> exchange(code, begun));
        guide.x().awaitHeld(1);
        guide.x().release();
        String token = text(first.join().result(), "accessToken");
        assertThat(text(second.join().result(), "accessToken")).isEqualTo(token).isNotEmpty();
        guide.x().advance(Duration.ofSeconds(20));
        JsonNode third = exchange(code, begun).result();
        assertThat(text(third, "accessToken")).isEqualTo(token);
        assertThat(third.path("replayed").booleanValue()).isTrue();
        assertThat(third.path("expiresIn").intValue()).isBetween(7170, 7181);
        assertThat(guide.x().ledger().tokensOf("1001")).hasSize(2);
        guide.x().advance(Duration.ofSeconds(11));
        assertThat(exchange(code, begun).text("error"))
                .startsWith("Twitter OAuth Error: Value passed for the authorization code was invalid.");
    }

    @Test
    void saysWhatIsWrongWithACode() {
        JsonNode begun = begin().result();
        Answer wrong = exchange("no-such-code", begun);
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.text("error"))
                .startsWith("Twitter OAuth Error: Value passed for the authorization code was invalid.");
        assertThat(wrong.text("code")).isEqualTo("authorization_code_refused");
        assertThat(wrong.body().path("reauthRequired").booleanValue()).isTrue();
        assertThat(wrong.body().path("upstream").path("status").intValue()).isEqualTo(400);
        assertThat(wrong.body().path("upstream").path("error").asString("")).isEqualTo("invalid_request");
        JsonNode other = begin().result();
        assertThat(exchange(code(begun), other).text("error"))
                .startsWith("Twitter OAuth Error: ")
                .contains("verifier");
    }

    @Test
    void tellsAWrongSecretFromAWrongCode() {
        restart(Wish.USUAL.withSecret("another"));
        JsonNode begun = begin().result();
        Answer answer = exchange(code(begun), begun);
        assertThat(answer.text("error"))
                .isEqualTo("Twitter OAuth Error: Invalid client credentials. Check your Twitter Client ID and Secret.");
        assertThat(answer.text("code")).isEqualTo("app_rejected");
        assertThat(answer.body().path("reauthRequired").booleanValue()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(
            value = FaultKind.class,
            names = {"STATUS_503", "STATUS_429", "LOSE_ANSWER", "HTML_403"})
    void failsAnExchangeWithoutAnAnswer(FaultKind kind) {
        JsonNode begun = begin().result();
        String code = code(begun);
        guide.x().queue(Fault.of(Endpoint.TOKEN, kind));
        Answer answer = exchange(code, begun);
        assertThat(answer.text("error"))
                .startsWith("Failed to exchange authorization code for access token: "
                        + (kind == FaultKind.LOSE_ANSWER ? "" : "Request failed with status code "));
        assertThat(answer.body().path("retryable").booleanValue()).isTrue();
        assertThat(answer.body().path("reauthRequired").booleanValue()).isFalse();
    }

    @Test
    void warnsWhenXIssuesNoRefreshToken() {
        restart(Wish.USUAL.asking("tweet.read", "users.read"));
        JsonNode begun = begin().result();
        JsonNode result = exchange(code(begun), begun).result();
        assertThat(result.has("refreshToken")).isFalse();
        assertThat(text(result, "warning")).contains("no refresh token", "offline.access");
    }

    @Test
    void helpsAPersonOnTheCallbackPage() {
        JsonNode begun = begin().result();
        URI back = guide.consent(text(begun, "authorizationUrl"), "authorize");
        HttpResponse<String> page = page(back);
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains("Authorized", "30 seconds", "exchangeTwitterAuthCode")
                .doesNotContain(Guide.query(back).getOrDefault("code", "none"), text(begun, "state"));
        assertThat(exchange(Guide.query(back).getOrDefault("code", "none"), begun)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void tellsAPersonWhoSaidNo() {
        JsonNode begun = begin().result();
        HttpResponse<String> page = page(guide.consent(text(begun, "authorizationUrl"), "deny"));
        assertThat(page.statusCode()).isEqualTo(403);
        assertThat(page.body())
                .contains("Access was not granted", "getTwitterAuthUrl")
                .doesNotContain(text(begun, "state"));
    }

    @Test
    void forgetsAStateAfterTenMinutes() {
        JsonNode begun = begin().result();
        URI back = URI.create(Guide.CALLBACK + "?code=abc&state=" + text(begun, "state"));
        guide.x().advance(Duration.ofMinutes(9));
        assertThat(page(back).statusCode()).isEqualTo(200);
        guide.x().advance(Duration.ofMinutes(2));
        assertThat(page(back).body()).contains("This sign-in is not known here");
    }

    private HttpResponse<String> page(URI back) {
        URI here = guide.uri().resolve(back.getRawPath() + "?" + back.getRawQuery());
        return guide.text(HttpRequest.newBuilder(here).build());
    }

    private Answer begin() {
        return guide.execute("getTwitterAuthUrl", Map.of("callbackUrl", Guide.CALLBACK));
    }

    private String code(JsonNode begun) {
        URI back = guide.consent(text(begun, "authorizationUrl"), "authorize");
        return Guide.query(back).getOrDefault("code", "");
    }

    private Answer exchange(String code, JsonNode begun) {
        return guide.execute(
                "exchangeTwitterAuthCode",
                Map.of("code", code, "codeVerifier", text(begun, "codeVerifier"), "callbackUrl", Guide.CALLBACK));
    }

    private static String text(JsonNode object, String name) {
        return object.path(name).asString("");
    }
}
