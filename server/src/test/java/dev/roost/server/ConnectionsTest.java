package dev.roost.server;

import static dev.roost.server.TestClient.json;
import static dev.roost.server.TestClient.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.core.Account;
import dev.roost.core.Scopes;
import dev.roost.core.SignInFlow;
import dev.roost.core.SignInOrigin;
import dev.roost.core.access.KeyScope;
import dev.roost.server.TestServer.Plan;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConnectionsTest {
    private static final String PLAIN = "https://app.example.com/done";
    private static final String WITH_QUERY = "https://app.example.com/done?tenant=7";

    private final TestServer server =
            TestServer.start(new Plan(false, Set.of(), Set.of(URI.create(PLAIN), URI.create(WITH_QUERY)), false));
    private final TestClient program = server.client(KeyScope.ACCOUNTS_WRITE);
    private final TestClient browser = server.client();
    private final TestPerson ada = new TestPerson(TestServer.ADA);
    private final TestPerson grace = new TestPerson(TestServer.GRACE);

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void personWhoAgreesIsConnected() {
        HttpResponse<String> begun = begin("{\"label\":\"customer 7\"}");
        assertThat(begun.headers().firstValue("Location")).contains("/v1/connections/" + id(begun));
        assertThat(text(begun, "authorizationUrl")).contains("offline.access").contains("code_challenge_method=S256");
        assertThat(text(status(begun), "status")).isEqualTo("pending");
        assertThat(text(status(begun), "label")).isEqualTo("customer 7");

        HttpResponse<String> page = browser.get(ada.agrees(text(begun, "authorizationUrl")));
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("Connected as @ada").contains("go back to the program");

        HttpResponse<String> after = status(begun);
        assertThat(text(after, "status")).isEqualTo("connected");
        assertThat(json(after).at("/account/xUserId").asString()).isEqualTo(TestServer.ADA);
        assertThat(json(after).has("error")).isFalse();
    }

    @Test
    void personWhoRefusesLeavesItDenied() {
        HttpResponse<String> begun = begin("{}");
        HttpResponse<String> page = browser.get(ada.refuses(text(begun, "authorizationUrl")));
        assertThat(page.statusCode()).isEqualTo(403);
        assertThat(page.body()).contains("Access was not granted");
        assertThat(text(status(begun), "status")).isEqualTo("denied");
    }

    @Test
    void personWhoComesTooLateFindsItExpired() {
        HttpResponse<String> begun = begin("{}");
        String back = ada.agrees(text(begun, "authorizationUrl"));
        server.advance(Duration.ofMinutes(10));
        assertThat(text(status(begun), "status")).isEqualTo("expired");
        HttpResponse<String> page = browser.get(back);
        assertThat(page.statusCode()).isEqualTo(410);
        assertThat(page.body()).contains("This sign-in has expired");
        assertThat(text(status(begun), "status")).isEqualTo("expired");
    }

    @Test
    void linkWorksOnce() {
        HttpResponse<String> begun = begin("{}");
        String back = ada.refuses(text(begun, "authorizationUrl"));
        browser.get(back);
        HttpResponse<String> again = browser.get(back);
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(again.body()).contains("This link was used before").contains("Access was not granted");
    }

    @Test
    void strangeLinkIsNotKnown() {
        HttpResponse<String> page = browser.get("/auth/twitter/callback?state=nobodys&code=none");
        assertThat(page.statusCode()).isEqualTo(400);
        assertThat(page.body()).contains("not known here").doesNotContain("nobodys");
    }

    @Test
    void wrongUserFailsIt() {
        HttpResponse<String> begun = begin("{\"expectedUser\":\"@ada\"}");
        HttpResponse<String> page = browser.get(grace.agrees(text(begun, "authorizationUrl")));
        assertThat(page.statusCode()).isEqualTo(409);
        assertThat(page.body()).contains("Another X account came back").contains("@grace");
        HttpResponse<String> after = status(begun);
        assertThat(text(after, "status")).isEqualTo("failed");
        assertThat(json(after).at("/error/code").asString()).isEqualTo("wrong_user");
    }

    @Test
    void grantWithoutOfflineAccessFailsIt() {
        SignInFlow.Started started = server.engine()
                .signInFlow()
                .start(
                        TestServer.CALLBACK,
                        Scopes.of("tweet.read", "users.read"),
                        Optional.empty(),
                        SignInOrigin.of("aaaaaaaaaa"));
        HttpResponse<String> page =
                browser.get(ada.agrees(started.authorizationUrl().toString()));
        assertThat(page.statusCode()).isEqualTo(400);
        assertThat(page.body()).contains("no lasting access").contains("offline.access");
        HttpResponse<String> after = server.client(KeyScope.ADMIN)
                .get("/v1/connections/" + started.signIn().id());
        assertThat(json(after).at("/error/code").asString()).isEqualTo("missing_offline_access");
    }

    @ParameterizedTest
    @CsvSource({
        PLAIN + "," + PLAIN + "?connectionId=%s&status=%s",
        WITH_QUERY + "," + WITH_QUERY + "&connectionId=%s&status=%s"
    })
    void personGoesOnToTheReturnUrl(String returnUrl, String expected) {
        HttpResponse<String> begun = begin("{\"returnUrl\":\"" + returnUrl + "\"}");
        HttpResponse<String> answer = browser.get(ada.agrees(text(begun, "authorizationUrl")));
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location")).contains(expected.formatted(id(begun), "connected"));
    }

    @Test
    void personWhoRefusesGoesOnToTheReturnUrlAndReloadingOffersIt() {
        HttpResponse<String> begun = begin("{\"returnUrl\":\"" + PLAIN + "\"}");
        String back = ada.refuses(text(begun, "authorizationUrl"));
        HttpResponse<String> answer = browser.get(back);
        assertThat(answer.headers().firstValue("Location"))
                .contains(PLAIN + "?connectionId=" + id(begun) + "&status=denied");
        HttpResponse<String> again = browser.get(back);
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(again.body())
                .contains("<a href=\"" + PLAIN + "?connectionId=" + id(begun) + "&amp;status=denied\">")
                .contains("Go on to app.example.com");
    }

    @Test
    void headNeverSpendsACode() {
        HttpResponse<String> begun = begin("{}");
        String back = ada.agrees(text(begun, "authorizationUrl"));
        assertThat(browser.send("HEAD", back, Optional.empty()).statusCode()).isEqualTo(405);
        assertThat(text(status(begun), "status")).isEqualTo("pending");
    }

    @Test
    void otherKeysSeeNothingOfIt() {
        HttpResponse<String> begun = begin("{}");
        HttpResponse<String> other = server.client(KeyScope.ACCOUNTS_WRITE).get("/v1/connections/" + id(begun));
        assertThat(other.statusCode()).isEqualTo(404);
        assertThat(text(other, "code")).isEqualTo("connection_not_found");
        assertThat(server.client(KeyScope.ADMIN)
                        .get("/v1/connections/" + id(begun))
                        .statusCode())
                .isEqualTo(200);
        Account kept = server.connect(TestServer.ADA);
        TestClient limitedAdmin = limited(kept, KeyScope.ADMIN);
        assertThat(limitedAdmin.get("/v1/connections/" + id(begun)).statusCode())
                .isEqualTo(404);
    }

    @Test
    void keyForSomeAccountsReconnectsOnlyThose() {
        Account kept = server.connect(TestServer.ADA);
        server.connect(TestServer.GRACE);
        TestClient limited = limited(kept, KeyScope.ACCOUNTS_WRITE);
        for (String body : new String[] {"{}", "{\"expectedUser\":\"@grace\"}", "{\"expectedUser\":\"@nobody\"}"}) {
            HttpResponse<String> refused = limited.post("/v1/connections", body);
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(text(refused, "code")).isEqualTo("account_not_covered");
            assertThat(text(refused, "detail")).contains("expectedUser");
        }
        HttpResponse<String> begun = limited.post("/v1/connections", "{\"expectedUser\":\"@ada\"}");
        assertThat(begun.statusCode()).isEqualTo(201);
        browser.get(grace.agrees(text(begun, "authorizationUrl")));
        HttpResponse<String> after = limited.get("/v1/connections/" + id(begun));
        assertThat(json(after).at("/error/code").asString()).isEqualTo("wrong_user");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"returnUrl\":\"https://evil.example/\"}|ROOST_RETURN_URLS",
                "{\"returnUrl\":\"https://app.example.com/done/\"}|ROOST_RETURN_URLS",
                "{\"returnUrl\":\"\"}|\"returnUrl\" is an empty text",
                "{\"scopes\":[\"tweet.read\",\"users.read\"]}|offline.access",
                "{\"scopes\":\"tweet.read\"}|\"scopes\" is another text; allowed: an array",
                "{\"scopes\":[1]}|\"scopes\" is an array with something else in it",
                "{\"scopes\":[\"tweet.read offline.access\"]}|array of X scopes",
                "{\"label\":\"a\\nb\"}|none of them a control character",
                "{\"label\":7}|\"label\" is another number",
                "{\"label\":null}|\"label\" is null",
                "{\"expectedUser\":\"not a user\"}|an X user id",
                "{\"retrunUrl\":\"x\"}|a member \"retrunUrl\"; allowed members: expectedUser, label, returnUrl, scopes",
                "[]|send {…}",
                "{\"label\":\"a\",\"label\":\"b\"}|not valid JSON",
                "{\"label\":\"a\"} x|not valid JSON",
                "{|not valid JSON"
            })
    void wrongWishIsRefusedByName(String body, String words) {
        HttpResponse<String> refused = begin(body, 400);
        assertThat(text(refused, "detail")).contains(words);
        assertThat(json(refused).path("retryable").asBoolean()).isFalse();
    }

    @Test
    void nothingNeedBeSaid() {
        assertThat(program.send("POST", "/v1/connections", Optional.empty()).statusCode())
                .isEqualTo(201);
    }

    private TestClient limited(Account account, KeyScope scope) {
        return server.client(
                server.newKey(Set.of(scope), Set.of(account.id()), 0).secret().expose());
    }

    private HttpResponse<String> begin(String body) {
        return begin(body, 201);
    }

    private HttpResponse<String> begin(String body, int status) {
        HttpResponse<String> begun = program.post("/v1/connections", body);
        assertThat(begun.statusCode()).as(begun.body()).isEqualTo(status);
        return begun;
    }

    private HttpResponse<String> status(HttpResponse<String> begun) {
        return program.get("/v1/connections/" + id(begun));
    }

    private static String id(HttpResponse<String> begun) {
        return text(begun, "connectionId");
    }
}
