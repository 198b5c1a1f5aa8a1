package dev.roost.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.core.AccountId;
import dev.roost.core.access.KeyScope;
import dev.roost.core.alerting.Alert;
import dev.roost.core.alerting.AlertType;
import dev.roost.core.alerting.DeadLetter;
import dev.roost.testkit.Sample;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** Webhooks over HTTP; every exchange is held against the description as well. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class WebhooksApiTest {
    private static final String URL = "https://hooks.example.com/services/T000/B000/canary-path";

    private final TestServer server = TestServer.start();
    private final TestClient admin = server.client(KeyScope.ADMIN);

    @AfterAll
    void close() {
        server.close();
    }

    @Test
    void aWebhookIsMadeShownTestedRotatedAndDeleted() {
        HttpResponse<String> made = admin.post(
                "/v1/webhooks", "{\"url\":\"" + URL + "\",\"types\":[\"grant.lost\"],\"description\":\"on call\"}");
        assertThat(made.statusCode()).isEqualTo(201);
        String id = TestClient.json(made).at("/webhook/id").asString();
        assertThat(made.headers().firstValue("Location")).contains("/v1/webhooks/" + id);
        assertThat(made.body()).doesNotContain("canary-path");
        String secret = TestClient.text(made, "secret");
        HttpResponse<String> shown = admin.get("/v1/webhooks/" + id);
        assertThat(TestClient.text(shown, "target")).isEqualTo("https://hooks.example.com/…");
        assertThat(shown.body()).doesNotContain(secret).doesNotContain("canary-path");
        assertThat(admin.get("/v1/webhooks").body()).contains(id);
        assertThat(act("/v1/webhooks/" + id + "/test").statusCode()).isEqualTo(202);
        HttpResponse<String> rotated = admin.post("/v1/webhooks/" + id + "/secret", "{\"overlapSeconds\":3600}");
        assertThat(TestClient.text(rotated, "secret")).startsWith("whsec_").isNotEqualTo(secret);
        assertThat(act("/v1/webhooks/" + id + "/enable").statusCode()).isEqualTo(200);
        assertThat(admin.delete("/v1/webhooks/" + id).statusCode()).isEqualTo(204);
        HttpResponse<String> gone = admin.get("/v1/webhooks/" + id);
        assertThat(gone.statusCode()).isEqualTo(404);
        assertThat(TestClient.text(gone, "code")).isEqualTo("webhook_not_found");
    }

    @Test
    void whatIsNotAllowedIsRefusedWithoutRepeatingIt() {
        refuses("{\"url\":\"https://169.254.169.254/canary\"}", "allowed: https with a public host");
        refuses("{\"url\":\"http://hooks.example.com/canary\"}", "ROOST_WEBHOOKS_ALLOW");
        refuses("{\"url\":\"" + URL + "\",\"types\":[\"canary.type\"]}", "allowed: account.connected");
        refuses("{\"url\":\"" + URL + "\",\"format\":\"canary\"}", "allowed: standard, slack");
        refuses("{\"format\":\"slack\"}", "\"url\" is missing");
    }

    private void refuses(String body, String words) {
        HttpResponse<String> answer = admin.post("/v1/webhooks", body);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(TestClient.text(answer, "code")).isEqualTo("invalid_request");
        assertThat(TestClient.text(answer, "detail")).contains(words).doesNotContain("canary");
    }

    @Test
    void aKeyForSomeAccountsMayNotSeeWebhooks() {
        AccountId account = server.connect(TestServer.ADA).id();
        String key = server.newKey(Set.of(KeyScope.ADMIN), Set.of(account), 0)
                .secret()
                .expose();
        assertThat(server.client(key).get("/v1/webhooks").statusCode()).isEqualTo(403);
        assertThat(server.client(key).get("/v1/dead-letters").statusCode()).isEqualTo(403);
    }

    @Test
    void deadLettersAreListedAndSentAgain() {
        for (long id = 1; id <= 3; id++) {
            server.webhooks().bury(letter(id));
        }
        JsonNode newest = TestClient.json(admin.get("/v1/dead-letters?limit=2")).path("data");
        assertThat(newest.valueStream().map(row -> row.path("id").asLong())).containsExactly(3L, 2L);
        assertThat(newest.at("/0/summary").asString()).contains("@ada");
        JsonNode rest = TestClient.json(admin.get("/v1/dead-letters?before=2")).path("data");
        assertThat(rest.valueStream().map(row -> row.path("id").asLong())).containsExactly(1L);
        assertThat(act("/v1/dead-letters/2/retry").statusCode()).isEqualTo(202);
        assertThat(TestClient.text(act("/v1/dead-letters/2/retry"), "code")).isEqualTo("dead_letter_not_found");
        assertThat(TestClient.json(admin.post("/v1/dead-letters/retry", "{\"webhook\":\"wh_0123456789ab\"}"))
                        .path("retried")
                        .asInt())
                .isEqualTo(2);
    }

    private HttpResponse<String> act(String path) {
        return admin.send("POST", path, Optional.empty());
    }

    private static DeadLetter letter(long id) {
        Instant at = Instant.parse("2026-11-22T12:00:00Z");
        Alert alert = new Alert(
                "msg_" + id,
                AlertType.GRANT_LOST,
                at,
                Optional.of(new Alert.About(Sample.accountId(), "ada", 3)),
                "app",
                "node",
                Optional.of("refused_by_x"),
                "",
                List.of());
        return new DeadLetter(id, "wh_0123456789ab", alert, 10, at, "it answered with status 500");
    }
}
