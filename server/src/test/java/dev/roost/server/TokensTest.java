package dev.roost.server;

import static dev.roost.server.TestClient.json;
import static dev.roost.server.TestClient.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.core.AccessGrant;
import dev.roost.core.Account;
import dev.roost.core.TokenKeeper;
import dev.roost.core.access.KeyScope;
import dev.roost.simulator.Endpoint;
import dev.roost.simulator.Fault;
import dev.roost.simulator.FaultKind;
import dev.roost.testkit.MemoryStore.Outage;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TokensTest {
    private static final String TOKEN = "/v1/accounts/@ada/token";
    private static final String REFRESH = "/v1/accounts/@ada/refresh";

    private final TestServer server = TestServer.start();
    private final TestClient holder = server.client(KeyScope.TOKEN_READ);
    private final TestClient writer = server.client(KeyScope.ACCOUNTS_WRITE);

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void tokenIsHandedOutFromMemoryWhileTheStoreIsAway() {
        Account ada = server.connect(TestServer.ADA);
        String path = "/v1/accounts/" + ada.id() + "/token";
        HttpResponse<String> first = holder.get(path);
        assertThat(text(first, "tokenType")).isEqualTo("bearer");
        assertThat(first.headers().firstValue("Cache-Control")).contains("no-store");
        server.store().outage(Outage.BEFORE);
        HttpResponse<String> second = holder.get(path);
        server.store().outage(Outage.NONE);
        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(text(second, "accessToken")).isEqualTo(text(first, "accessToken"));
    }

    @Test
    void tokenThatWasReadAheadIsHandedOutWhileTheStoreIsAwayThoughNobodyEverAskedForIt() {
        Account ada = server.connect(TestServer.ADA);
        var _ = server.engine().scheduler().turn();
        assertThat(holder.get("/v1/accounts/@grace/token").statusCode())
                .as("the key is known, and no account")
                .isEqualTo(404);
        server.store().outage(Outage.BEFORE);
        HttpResponse<String> answer = holder.get("/v1/accounts/" + ada.id() + "/token");
        server.store().outage(Outage.NONE);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer).path("generation").asInt()).isEqualTo(1);
    }

    @Test
    void tokenFromMemoryIsForGoodKeysOnlyAndIsCountedAndNoted() {
        Account ada = server.connect(TestServer.ADA);
        String path = "/v1/accounts/" + ada.id() + "/token";
        TestClient reader = server.client(KeyScope.ACCOUNTS_READ);
        for (int i = 0; i < 3; i++) {
            assertThat(holder.get(path).statusCode()).isEqualTo(200);
            HttpResponse<String> refused = reader.get(path);
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(text(refused, "code")).isEqualTo("scope_missing");
        }
        server.keys().all().forEach(key -> server.keys().revoke(key.id()));
        assertThat(holder.get(path).statusCode()).isEqualTo(401);
        assertThat(server.audit().newest(10))
                .filteredOn(entry -> entry.operation().equals("token.read"))
                .extracting(entry -> entry.outcome() + " " + entry.account().isPresent() + " " + entry.count())
                .contains("ok true 3", "scope_missing false 3");
    }

    @Test
    void tokenFromMemoryIsOnlyThereWhileNothingIsToBeDone() {
        Account ada = server.connect(TestServer.ADA);
        TokenKeeper keeper = server.engine().keeper();
        assertThat(keeper.remembered(ada.id())).isEmpty();
        AccessGrant grant = keeper.token(ada.id());
        assertThat(keeper.remembered(ada.id())).contains(grant);
        server.advance(Duration.ofSeconds(6));
        assertThat(keeper.remembered(ada.id())).isEmpty();
        assertThat(keeper.token(ada.id())).isEqualTo(grant);
        var _ = keeper.refreshRejected(ada.id(), grant.generation());
        assertThat(keeper.remembered(ada.id())).isNotEqualTo(Optional.of(grant));
    }

    @Test
    void tokenThatLastsTooShortIsRefreshedFirst() {
        server.connect(TestServer.ADA);
        server.advance(Duration.ofMinutes(65));
        assertThat(json(holder.get(TOKEN)).path("generation").asInt()).isEqualTo(1);
        assertThat(json(holder.get(TOKEN + "?minTtl=3600")).path("generation").asInt())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "3601", "soon", "", "1.5", "%0d%0aX-Evil:1"})
    void wrongTimeToLiveIsRefused(String value) {
        server.connect(TestServer.ADA);
        HttpResponse<String> refused = holder.get(TOKEN + "?minTtl=" + value);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(text(refused, "detail")).contains("\"minTtl\"").contains("0 to 3600");
        assertThat(refused.headers().firstValue("X-Evil")).isEmpty();
    }

    @Test
    void refreshAtWillBringsANewPair() {
        server.connect(TestServer.ADA);
        server.advance(Duration.ofMinutes(1));
        HttpResponse<String> answer = writer.post(REFRESH, "{}");
        assertThat(json(answer).path("refreshed").asBoolean()).isTrue();
        assertThat(json(answer).path("generation").asInt()).isEqualTo(2);
        assertThat(text(answer, "lastRefreshAt")).isNotEmpty();
    }

    @Test
    void rejectedGenerationIsReplacedOnce() {
        server.connect(TestServer.ADA);
        HttpResponse<String> first = holder.post(REFRESH, "{\"rejectedGeneration\":1}");
        assertThat(json(first).path("refreshed").asBoolean()).isTrue();
        HttpResponse<String> second = holder.post(REFRESH, "{\"rejectedGeneration\":1}");
        assertThat(json(second).path("refreshed").asBoolean()).isFalse();
        assertThat(json(second).path("generation").asInt()).isEqualTo(2);
    }

    @Test
    void keyThatOnlyTakesTokensRefreshesNotAtWill() {
        server.connect(TestServer.ADA);
        HttpResponse<String> refused = holder.post(REFRESH, "{}");
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(text(refused, "code")).isEqualTo("scope_missing");
        assertThat(text(refused, "detail")).contains("accounts:write").contains("rejectedGeneration");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"rejectedGeneration\":0}|a whole number from 1",
                "{\"rejectedGeneration\":\"1\"}|is another text; allowed: a whole number from 1",
                "{\"rejectedGeneration\":1.5}|a whole number from 1",
                "{\"rejectedGeneration\":99999999999999999999}|a whole number from 1",
                "{\"rejectedGeneration\":2}|has not reached; allowed: 1 to 1",
                "{\"generation\":1}|allowed members: rejectedGeneration"
            })
    void wrongRefreshIsRefusedByName(String body, String words) {
        server.connect(TestServer.ADA);
        HttpResponse<String> refused = writer.post(REFRESH, body);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(text(refused, "detail")).contains(words);
    }

    @Test
    void throttledRefreshSaysWhenToComeAgain() {
        server.connect(TestServer.ADA);
        server.simulator().queue(Fault.rateLimited(Endpoint.TOKEN, Duration.ofSeconds(40)));
        HttpResponse<String> answer = writer.post(REFRESH, "{}");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(text(answer, "code")).isEqualTo("x_throttled");
        assertThat(json(answer).path("retryable").asBoolean()).isTrue();
        assertThat(Integer.parseInt(answer.headers().firstValue("Retry-After").orElseThrow()))
                .isPositive();
    }

    @Test
    void missingAnswerIsSaidAndTheAccountIsUncertain() {
        server.connect(TestServer.ADA);
        server.simulator().queue(Fault.of(Endpoint.TOKEN, FaultKind.LOSE_ANSWER));
        HttpResponse<String> answer = writer.post(REFRESH, "{}");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(text(answer, "code")).isEqualTo("answer_missing");
        HttpResponse<String> account = server.client(KeyScope.ACCOUNTS_READ).get("/v1/accounts/@ada");
        assertThat(text(account, "state")).isEqualTo("uncertain");
        assertThat(text(account, "stateReason")).contains("is missing");
    }

    @Test
    void expiredTokenThatCannotBeRefreshedNowIsPending() {
        server.connect(TestServer.ADA);
        server.advance(Duration.ofMinutes(121));
        server.simulator().queue(Fault.of(Endpoint.TOKEN, FaultKind.STATUS_503));
        HttpResponse<String> answer = holder.get(TOKEN);
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(text(answer, "code")).isEqualTo("refresh_pending");
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    }

    @Test
    void lostGrantLeadsToASignInThatBringsItBack() {
        Account ada = lost();
        HttpResponse<String> answer = holder.get(TOKEN);
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(text(answer, "code")).isEqualTo("needs_reauthorization");
        String url = text(answer, "reauthorizeUrl");

        TestClient browser = server.client();
        assertThat(browser.get(new TestPerson(TestServer.ADA).agrees(url)).body())
                .contains("Connected as @ada");
        HttpResponse<String> after = holder.get("/v1/accounts/" + ada.id() + "/token");
        assertThat(after.statusCode()).isEqualTo(200);
    }

    @Test
    void lostGrantIsBroughtBackByItsOwnUserOnly() {
        lost();
        String url = text(writer.post(REFRESH, "{}"), "reauthorizeUrl");
        HttpResponse<String> page = server.client().get(new TestPerson(TestServer.GRACE).agrees(url));
        assertThat(page.statusCode()).isEqualTo(409);
        assertThat(page.body()).contains("Another X account came back");
    }

    @Test
    void sameSignInIsOfferedWhileItIsGoodForTwoMinutes() {
        lost();
        String first = text(holder.get(TOKEN), "reauthorizeUrl");
        server.advance(Duration.ofMinutes(7));
        assertThat(text(holder.get(TOKEN), "reauthorizeUrl")).isEqualTo(first);
        server.advance(Duration.ofMinutes(2));
        String second = text(holder.get(TOKEN), "reauthorizeUrl");
        assertThat(second).isNotEqualTo(first);
        server.client().get(new TestPerson(TestServer.ADA).refuses(second));
        assertThat(text(holder.get(TOKEN), "reauthorizeUrl")).isNotEqualTo(second);
    }

    @Test
    void disconnectedAccountHasNoToken() {
        server.connect(TestServer.ADA);
        assertThat(writer.delete("/v1/accounts/@ada").statusCode()).isEqualTo(200);
        for (HttpResponse<String> answer : List.of(holder.get(TOKEN), writer.post(REFRESH, "{}"))) {
            assertThat(answer.statusCode()).isEqualTo(410);
            assertThat(text(answer, "code")).isEqualTo("account_disconnected");
        }
    }

    private Account lost() {
        Account ada = server.connect(TestServer.ADA);
        server.simulator().revoke(TestServer.ADA);
        server.advance(Duration.ofMinutes(121));
        server.engine().keeper().refreshNow(ada.id());
        return ada;
    }
}
