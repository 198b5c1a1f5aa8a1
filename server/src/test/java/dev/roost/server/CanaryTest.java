package dev.roost.server;

import static dev.roost.server.TestClient.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.core.access.KeyScope;
import dev.roost.simulator.Endpoint;
import dev.roost.simulator.Fault;
import dev.roost.simulator.FaultKind;
import dev.roost.simulator.LedgerToken;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Takes an account through its whole life and looks for tokens and keys in all that was answered. */
final class CanaryTest {
    private final TestServer server = TestServer.start();
    private final String key = server.key(KeyScope.ADMIN);
    private final TestClient admin = server.client(key);
    private final TestClient browser = server.client();
    private final TestPerson ada = new TestPerson(TestServer.ADA);
    private final List<String> answers = new ArrayList<>();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void noAnswerHoldsASecretButTheOneThatHandsItOut() {
        String imported =
                server.simulator().issue(TestServer.CLIENT_ID, TestServer.GRACE).refreshToken();
        String back = ada.agrees(text(admin.post("/v1/connections", "{}"), "authorizationUrl"));
        see(browser.get(back));
        see(browser.get(back));
        see(admin.post("/v1/accounts", "{\"refreshToken\":\"" + imported + "\"}"));
        see(admin.post("/v1/accounts", "{\"refreshToken\":\"" + imported + "\"}"));
        see(admin.post(
                "/v1/accounts", "{\"refreshToken\":\"" + imported + " \",\"accessToken\":[\"" + imported + "\"]}"));
        see(admin.get("/v1/accounts/" + imported));
        see(admin.get("/v1/accounts?cursor=" + imported));
        see(admin.get("/v1/accounts/@ada/token?minTtl=" + imported));
        see(admin.post("/v1/accounts/@ada/refresh", "{}"));
        server.simulator().queue(Fault.of(Endpoint.TOKEN, FaultKind.LOSE_ANSWER));
        see(admin.post("/v1/accounts/@ada/refresh", "{}"));
        server.advance(Duration.ofMinutes(121));
        see(admin.post("/v1/accounts/@ada/refresh", "{}"));
        see(admin.get("/v1/accounts/@ada/token"));
        see(admin.get("/v1/accounts"));
        see(admin.get("/v1/accounts/@ada/events"));
        see(admin.delete("/v1/accounts/@grace"));
        see(admin.get("/v1/accounts/@grace/token"));
        see(admin.get("/v1/key"));
        see(admin.get("/v1/audit"));
        List<String> secrets = new ArrayList<>(List.of(key, key.substring(key.lastIndexOf('_') + 1), imported));
        for (String user : List.of(TestServer.ADA, TestServer.GRACE)) {
            server.simulator().ledger().tokensOf(user).stream()
                    .map(LedgerToken::value)
                    .forEach(secrets::add);
        }
        assertThat(secrets).hasSizeGreaterThan(8);
        assertThat(answers).hasSize(18).allSatisfy(answer -> assertThat(answer).doesNotContain(secrets));
    }

    private void see(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isNotEqualTo(500);
        answers.add(answer.statusCode() + " " + answer.headers().map() + " " + answer.body());
    }
}
