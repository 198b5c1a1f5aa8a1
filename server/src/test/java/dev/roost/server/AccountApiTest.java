package dev.roost.server;

import static dev.roost.server.TestClient.json;
import static dev.roost.server.TestClient.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.core.Account;
import dev.roost.core.access.ApiKeys.Created;
import dev.roost.core.access.KeyScope;
import dev.roost.simulator.Endpoint;
import dev.roost.simulator.Fault;
import dev.roost.simulator.FaultKind;
import dev.roost.testkit.MemoryStore.Outage;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

final class AccountApiTest {
    private final TestServer server = TestServer.start();
    private final TestClient reader = server.client(KeyScope.ACCOUNTS_READ);
    private final TestClient writer = server.client(KeyScope.ACCOUNTS_WRITE);

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void accountIsFoundUnderEachOfItsNames() {
        Account ada = server.connect(TestServer.ADA);
        for (String name : new String[] {ada.id().value(), "@ada", "%40ada", "ADA", "1001"}) {
            HttpResponse<String> answer = reader.get("/v1/accounts/" + name);
            assertThat(text(answer, "id")).isEqualTo(ada.id().value());
            assertThat(text(answer, "state")).isEqualTo("active");
            assertThat(json(answer).path("stateReason").isNull()).isTrue();
            assertThat(json(answer).path("lastRefreshAt").isNull()).isTrue();
            assertThat(text(answer, "clientId")).isEqualTo(TestServer.CLIENT_ID);
        }
    }

    @Test
    void unknownAccountIsNotFound() {
        HttpResponse<String> answer = reader.get("/v1/accounts/@nobody");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(text(answer, "code")).isEqualTo("account_not_found");
        assertThat(text(answer, "detail")).contains("no account @nobody").contains("GET /v1/accounts");
        assertThat(reader.get("/v1/accounts/canary-that-may-be-a-token").body()).doesNotContain("canary");
    }

    @Test
    void disconnectedAccountIsRevokedAtXAndGone() {
        Account ada = server.connect(TestServer.ADA);
        HttpResponse<String> farewell = writer.delete("/v1/accounts/@ada");
        assertThat(text(farewell, "state")).isEqualTo("disconnected");
        assertThat(json(farewell).path("revokedAtX").asBoolean()).isTrue();
        assertThat(json(farewell).has("warning")).isFalse();
        assertThat(text(reader.get("/v1/accounts/" + ada.id()), "state")).isEqualTo("disconnected");

        HttpResponse<String> again = writer.delete("/v1/accounts/@ada");
        assertThat(again.statusCode()).isEqualTo(410);
        assertThat(text(again, "code")).isEqualTo("account_disconnected");
        assertThat(text(again, "detail")).contains(ada.id().value()).contains("POST /v1/connections");
    }

    @Test
    void revocationThatXDidNotConfirmIsSaid() {
        server.connect(TestServer.ADA);
        server.simulator().queue(Fault.of(Endpoint.REVOKE, FaultKind.STATUS_500));
        server.simulator().queue(Fault.of(Endpoint.REVOKE, FaultKind.STATUS_500));
        HttpResponse<String> farewell = writer.delete("/v1/accounts/@ada");
        assertThat(farewell.statusCode()).isEqualTo(200);
        assertThat(json(farewell).path("revokedAtX").asBoolean()).isFalse();
        assertThat(text(farewell, "warning")).contains("x.com/settings/connected_apps");
    }

    @Test
    void journalIsShownNewestFirst() {
        Account ada = server.connect(TestServer.ADA);
        server.engine().keeper().refreshNow(ada.id());
        JsonNode events = json(reader.get("/v1/accounts/@ada/events")).path("data");
        assertThat(events.findValuesAsString("kind")).containsExactly("rotated", "connected");
        assertThat(json(reader.get("/v1/accounts/@ada/events?limit=1"))
                        .path("data")
                        .size())
                .isEqualTo(1);
        HttpResponse<String> refused = reader.get("/v1/accounts/@ada/events?limit=501");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(text(refused, "detail")).contains("1 to 500");
    }

    @Test
    void journalGoesOnFromPageToPage() {
        Account ada = server.connect(TestServer.ADA);
        for (int i = 0; i < 4; i++) {
            server.engine().keeper().refreshNow(ada.id());
        }
        JsonNode first = json(reader.get("/v1/accounts/@ada/events?limit=3"));
        assertThat(first.path("data").findValuesAsString("sequence")).containsExactly("5", "4", "3");
        String cursor = first.path("nextCursor").asString();
        JsonNode second = json(reader.get("/v1/accounts/@ada/events?limit=3&cursor=" + cursor));
        assertThat(second.path("data").findValuesAsString("sequence")).containsExactly("2", "1");
        assertThat(second.path("nextCursor").isNull()).isTrue();
        for (String bad : List.of("nonsense", "cGxhY2U6eA", "!")) {
            HttpResponse<String> refused = reader.get("/v1/accounts/@ada/events?cursor=" + bad);
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(text(refused, "detail")).contains("the nextCursor of the page before");
        }
    }

    @Test
    void journalTellsWhyAnAccountWasLostAndWhatToDo() {
        Account ada = server.connect(TestServer.ADA);
        server.simulator().revoke(TestServer.ADA);
        server.engine().keeper().refreshNow(ada.id());
        JsonNode lost = json(reader.get("/v1/accounts/@ada/events?limit=1")).at("/data/0");
        assertThat(lost.path("kind").asString()).isEqualTo("refused");
        assertThat(lost.path("verdict").asString()).isEqualTo("grant_refused");
        assertThat(lost.path("xStatus").asInt()).isEqualTo(400);
        assertThat(lost.path("cause").asString()).isEqualTo("refused_by_x");
        assertThat(lost.path("fingerprint").asString()).matches("[0-9a-f]{32}");
        assertThat(lost.path("advice").asString()).contains("x.com/settings/connected_apps");
    }

    @Test
    void importSpendsTheTokenAndTellsOfTheAccount() {
        String token =
                server.simulator().issue(TestServer.CLIENT_ID, TestServer.ADA).refreshToken();
        HttpResponse<String> made =
                writer.post("/v1/accounts", "{\"refreshToken\":\"" + token + "\",\"expectedUser\":\"ada\"}");
        assertThat(made.statusCode()).isEqualTo(201);
        assertThat(text(made, "username")).isEqualTo("ada");
        assertThat(made.headers().firstValue("Location")).contains("/v1/accounts/" + text(made, "id"));

        HttpResponse<String> again = writer.post("/v1/accounts", "{\"refreshToken\":\"" + token + "\"}");
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(text(again, "id")).isEqualTo(text(made, "id"));
    }

    @Test
    void importedTokenThatXRefusesIsSaidAndNotRepeated() {
        HttpResponse<String> refused = writer.post("/v1/accounts", "{\"refreshToken\":\"canary-never-issued-1\"}");
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(text(refused, "code")).isEqualTo("token_refused");
        assertThat(refused.body()).doesNotContain("canary");
    }

    @Test
    void importOfAnotherUserIsRefused() {
        String token =
                server.simulator().issue(TestServer.CLIENT_ID, TestServer.GRACE).refreshToken();
        HttpResponse<String> refused =
                writer.post("/v1/accounts", "{\"refreshToken\":\"" + token + "\",\"expectedUser\":\"1001\"}");
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(text(refused, "code")).isEqualTo("wrong_user");
    }

    @Test
    void importWaitsUntilXSaysWhoseItIs() {
        String token =
                server.simulator().issue(TestServer.CLIENT_ID, TestServer.ADA).refreshToken();
        server.simulator().queue(Fault.of(Endpoint.USERS_ME, FaultKind.STATUS_503));
        HttpResponse<String> waiting = writer.post("/v1/accounts", "{\"refreshToken\":\"" + token + "\"}");
        assertThat(waiting.statusCode()).isEqualTo(202);
        String path = waiting.headers().firstValue("Location").orElseThrow();
        assertThat(text(writer.get(path), "status")).isEqualTo("pending");
        server.engine().signInFlow().resume();
        assertThat(text(writer.get(path), "status")).isEqualTo("connected");
    }

    @Test
    void importThatXTurnsAwayMayBeRepeated() {
        String token =
                server.simulator().issue(TestServer.CLIENT_ID, TestServer.ADA).refreshToken();
        server.simulator().queue(Fault.of(Endpoint.TOKEN, FaultKind.STATUS_503));
        HttpResponse<String> away = writer.post("/v1/accounts", "{\"refreshToken\":\"" + token + "\"}");
        assertThat(away.statusCode()).isBetween(502, 503);
        assertThat(json(away).path("retryable").asBoolean()).isTrue();
        assertThat(away.headers().firstValue("Retry-After")).contains("10");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|\"refreshToken\" is missing",
                "{\"refreshToken\":\"  \"}|\"refreshToken\" is an empty text",
                "{\"refreshToken\":{\"canary\":1}}|\"refreshToken\" is an object",
                "{\"refreshToken\":\"canary\",\"accessToken\":7}|\"accessToken\" is another number",
                "{\"refreshToken\":\"canary\",\"canary-123\":7}|an unknown member; allowed members",
                "{\"refreshToken\":\"canary|not valid JSON",
                "{\"refreshToken\":\"can\\u0000ary\"}|none of them a control character"
            })
    void wrongImportIsRefusedWithoutRepeatingIt(String body, String words) {
        HttpResponse<String> refused = writer.post("/v1/accounts", body);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(text(refused, "detail")).contains(words);
        assertThat(refused.body()).doesNotContain("canary");
    }

    @Test
    void keyForSomeAccountsImportsNone() {
        Account ada = server.connect(TestServer.ADA);
        Created key = server.newKey(Set.of(KeyScope.ADMIN), Set.of(ada.id()), 0);
        TestClient limited = server.client(key.secret().expose());
        HttpResponse<String> refused = limited.post("/v1/accounts", "{\"refreshToken\":\"x\"}");
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(text(refused, "code")).isEqualTo("account_not_covered");
        assertThat(limited.get("/v1/audit").statusCode()).isEqualTo(403);
    }

    @Test
    void keySeesItself() {
        Created key = server.newKey(Set.of(KeyScope.X_READ), Set.of(), 90);
        HttpResponse<String> own = server.client(key.secret().expose()).get("/v1/key");
        assertThat(text(own, "id")).isEqualTo(key.key().id());
        assertThat(json(own).path("scopes").get(0).asString()).isEqualTo("x:read");
        assertThat(json(own).path("requestsPerMinute").asInt()).isEqualTo(90);
        assertThat(own.body()).doesNotContain(key.secret().expose());
    }

    @Test
    void auditTrailNamesKeyAccountOperationAndOutcome() {
        Account ada = server.connect(TestServer.ADA);
        Created key = server.newKey(Set.of(KeyScope.ACCOUNTS_READ), Set.of(), 0);
        TestClient client = server.client(key.secret().expose());
        client.get("/v1/accounts/@ada");
        client.delete("/v1/accounts/@ada");
        client.get("/v1/accounts/@nobody");
        JsonNode rows = json(server.client(KeyScope.ADMIN).get("/v1/audit")).path("data");
        assertThat(rows.values().stream()
                        .map(row -> row.path("key").asString() + " "
                                + row.path("account").asString("-") + " "
                                + row.path("operation").asString() + " "
                                + row.path("outcome").asString()))
                .contains(
                        key.key().id() + " " + ada.id() + " accounts.read ok",
                        "anybody - accounts.disconnect scope_missing",
                        key.key().id() + " - accounts.read account_not_found");
    }

    @Test
    void storeThatIsAwayIsSaid() {
        server.connect(TestServer.ADA);
        assertThat(reader.get("/v1/accounts").statusCode()).isEqualTo(200);
        server.store().outage(Outage.BEFORE);
        HttpResponse<String> away = reader.get("/v1/accounts");
        assertThat(away.statusCode()).isEqualTo(503);
        assertThat(text(away, "code")).isEqualTo("store_unavailable");
        assertThat(json(away).path("retryAfter").asInt()).isEqualTo(2);
        server.store().outage(Outage.NONE);
    }

    @Test
    void bodyMayBeLeftOutWhereAllOfItIsOptional() {
        server.connect(TestServer.ADA);
        HttpResponse<String> refreshed = writer.send("POST", "/v1/accounts/@ada/refresh", Optional.empty());
        assertThat(refreshed.statusCode()).isEqualTo(200);
    }

    @Test
    void importOfAKeptTokenIsRefusedWhenAnotherUserWasExpected() {
        server.connect(TestServer.ADA);
        String kept = server.simulator()
                .ledger()
                .liveRefreshToken(TestServer.CLIENT_ID, TestServer.ADA)
                .orElseThrow();
        var mistaken = writer.post("/v1/accounts", "{\"refreshToken\":\"" + kept + "\",\"expectedUser\":\"@grace\"}");
        assertThat(mistaken.statusCode()).isEqualTo(409);
        assertThat(TestClient.text(mistaken, "code")).isEqualTo("wrong_user");
        assertThat(TestClient.text(mistaken, "detail")).contains("@ada").doesNotContain(kept);
        var right = writer.post("/v1/accounts", "{\"refreshToken\":\"" + kept + "\",\"expectedUser\":\"@Ada\"}");
        assertThat(right.statusCode()).isEqualTo(200);
    }
}
