package dev.roost.server;

import static dev.roost.server.TestClient.json;
import static dev.roost.server.TestClient.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.core.access.KeyScope;
import dev.roost.simulator.Endpoint;
import dev.roost.simulator.Fault;
import dev.roost.simulator.FaultKind;
import dev.roost.testkit.MemoryStore.Outage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Using an account by the account API: no token goes in or out. */
final class OperationsTest {
    /** What it takes to connect the account. */
    private static final int IMPORT = 1;

    private static final String TWEETS = "/v1/accounts/@ada/tweets";

    private TestServer server;
    private TestClient client;

    @BeforeEach
    void open() {
        server = TestServer.start();
        server.connect(TestServer.ADA);
        client = server.client(KeyScope.X_READ, KeyScope.X_WRITE);
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void publishesReadsMeasuresAndDeletesAPost() {
        HttpResponse<String> posted = client.post(TWEETS, "{\"text\":\"Hello from Roost\"}");
        assertThat(posted.statusCode()).isEqualTo(201);
        assertThat(text(posted, "outcome")).isEqualTo("confirmed");
        String id = text(posted, "id");
        HttpResponse<String> listed = client.get(TWEETS + "?limit=5");
        assertThat(json(listed).at("/data/0/id").asString()).isEqualTo(id);
        assertThat(listed.headers().firstValue("x-rate-limit-remaining")).isPresent();
        assertThat(json(client.get(TWEETS + "/" + id + "/metrics"))
                        .path("likes")
                        .asInt())
                .isZero();
        assertThat(client.delete(TWEETS + "/" + id).statusCode()).isEqualTo(200);
        assertThat(json(client.get(TWEETS)).path("data")).isEmpty();
    }

    @Test
    void searchesMentionsAndProfile() {
        server.simulator().addPost("grace", "@ada have you seen the roost?");
        assertThat(json(client.get("/v1/accounts/ada/mentions"))
                        .at("/data/0/text")
                        .asString())
                .contains("have you seen");
        assertThat(json(client.get("/v1/accounts/1001/search?query=roost")).path("data"))
                .hasSize(1);
        assertThat(text(client.get("/v1/accounts/ada/profile"), "username")).isEqualTo("ada");
        HttpResponse<String> none = client.get("/v1/accounts/ada/search");
        assertThat(none.statusCode()).isEqualTo(400);
        assertThat(text(none, "detail")).contains("\"query\" is missing").contains("1 to 512");
    }

    @Test
    void aTimelineIsReadWhileTheStoreIsAway() {
        String path = "/v1/accounts/" + server.engine().accounts().find("ada").id() + "/tweets";
        assertThat(client.get(path).statusCode()).isEqualTo(200);
        server.store().outage(Outage.BEFORE);
        int away = client.get(path).statusCode();
        server.store().outage(Outage.NONE);
        assertThat(away).isEqualTo(200);
    }

    @Test
    void aRetweetWorksAndALikeIsRefusedByPolicyWithoutARefresh() {
        String id = server.simulator().addPost("grace", "worth repeating").id();
        assertThat(json(client.send("POST", TWEETS + "/" + id + "/retweet", Optional.empty()))
                        .path("retweeted")
                        .asBoolean())
                .isTrue();
        assertThat(json(client.delete(TWEETS + "/" + id + "/retweet"))
                        .path("retweeted")
                        .asBoolean())
                .isFalse();
        HttpResponse<String> like = client.send("POST", TWEETS + "/" + id + "/like", Optional.empty());
        assertThat(like.statusCode()).isEqualTo(403);
        assertThat(text(like, "code")).isEqualTo("x_not_permitted");
        assertThat(text(like, "detail")).contains("like.write");
        assertThat(server.simulator().ledger().rotations()).isEqualTo(IMPORT);
    }

    @Test
    void anExpiredTokenIsReplacedOnceAndThePostMadeOnce() {
        server.advance(Duration.ofHours(3));
        assertThat(client.post(TWEETS, "{\"text\":\"late\"}").statusCode()).isEqualTo(201);
        assertThat(server.simulator().ledger().rotations()).isEqualTo(IMPORT + 1);
        assertThat(server.simulator().ledger().posts()).hasSize(1);
    }

    @Test
    void F28_aPostWhoseAnswerWasLostIsFoundInTheTimeline() {
        server.simulator().queue(Fault.of(Endpoint.TWEETS, FaultKind.LOSE_ANSWER));
        HttpResponse<String> posted =
                client.post(TWEETS, "{\"text\":\"a & b <c> https://example.com/x\"}", "Idempotency-Key", "one");
        assertThat(posted.statusCode()).isEqualTo(201);
        assertThat(json(posted).path("reconciled").asBoolean()).isTrue();
        assertThat(server.simulator().ledger().posts()).hasSize(1);
    }

    @Test
    void F28_aPostOfUnknownOutcomeIsNeverSentAgain() {
        server.simulator().queue(Fault.of(Endpoint.TWEETS, FaultKind.LOSE_ANSWER));
        server.simulator().queue(Fault.of(Endpoint.TWEETS, FaultKind.STATUS_503));
        String body = "{\"text\":\"once\"}";
        HttpResponse<String> first = client.post(TWEETS, body, "Idempotency-Key", "k 1");
        assertThat(first.statusCode()).isEqualTo(202);
        assertThat(text(first, "outcome")).isEqualTo("unknown");
        assertThat(text(first, "detail")).contains("not sent again");
        HttpResponse<String> second = client.post(TWEETS, body, "Idempotency-Key", "k 1");
        assertThat(second.statusCode()).isEqualTo(201);
        HttpResponse<String> third = client.post(TWEETS, body, "Idempotency-Key", "k 1");
        assertThat(text(third, "id")).isEqualTo(text(second, "id"));
        assertThat(server.simulator().ledger().posts()).hasSize(1);
    }

    @Test
    void F28_aReplyWhoseAnswerWasLostIsNotTakenForAnEarlierOneOfTheSameWords() {
        String first = server.simulator().addPost("grace", "first").id();
        String second = server.simulator().addPost("grace", "second").id();
        String body = "{\"text\":\"thanks\",\"replyTo\":\"%s\"}";
        assertThat(client.post(TWEETS, body.formatted(first)).statusCode()).isEqualTo(201);
        server.simulator().queue(Fault.of(Endpoint.TWEETS, FaultKind.STATUS_503));
        HttpResponse<String> lost = client.post(TWEETS, body.formatted(second), "Idempotency-Key", "reply");
        assertThat(lost.statusCode()).isEqualTo(202);
        assertThat(text(lost, "outcome")).isEqualTo("unknown");
    }

    @Test
    void aPictureIsPassedOnAndMayBePosted() throws IOException, InterruptedException {
        server.connect(TestServer.ADA, "tweet.read", "tweet.write", "users.read", "offline.access", "media.write");
        byte[] picture = new byte[3_000_000];
        new Random(7).nextBytes(picture);
        HttpResponse<String> uploaded = upload(picture);
        assertThat(uploaded.statusCode()).as(uploaded.body()).isEqualTo(201);
        assertThat(text(uploaded, "state")).isEqualTo("succeeded");
        assertThat(server.simulator().ledger().media().getFirst().receivedBytes())
                .isEqualTo(picture.length);
        String id = text(uploaded, "id");
        assertThat(text(client.get("/v1/accounts/@ada/media/" + id), "state")).isEqualTo("succeeded");
        assertThat(client.post(TWEETS, "{\"mediaIds\":[\"" + id + "\"]}").statusCode())
                .isEqualTo(201);
    }

    @Test
    void aPictureThatBreaksOffIsTheCallersToSendAgain() throws IOException {
        server.connect(TestServer.ADA, "tweet.read", "tweet.write", "users.read", "offline.access", "media.write");
        String key = server.key(KeyScope.X_WRITE);
        try (RawRequest raw = new RawRequest(server.uri())) {
            raw.send("POST /v1/accounts/@ada/media HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + key
                    + "\r\nContent-Type: image/png\r\nContent-Length: 2000000\r\n\r\nonly this");
            raw.sendNoMore();
            assertThat(raw.ask("")).startsWith("HTTP/1.1 4").contains("body");
        }
        assertThat(server.simulator().ledger().posts()).isEmpty();
    }

    private HttpResponse<String> upload(byte[] picture) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(URI.create(server.uri() + "/v1/accounts/@ada/media"))
                            .header("Authorization", "Bearer " + server.key(KeyScope.X_WRITE))
                            .header("Content-Type", "image/png")
                            .POST(HttpRequest.BodyPublishers.ofByteArray(picture))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    @Test
    void theSameKeyForAnotherPostIsRefused() {
        client.post(TWEETS, "{\"text\":\"one\"}", "Idempotency-Key", "same");
        HttpResponse<String> other = client.post(TWEETS, "{\"text\":\"two\"}", "Idempotency-Key", "same");
        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(text(other, "code")).isEqualTo("idempotency_key_reused");
        assertThat(server.simulator().ledger().posts()).hasSize(1);
    }

    @Test
    void aRefusedPostMayBeSentAgainUnderItsKey() {
        server.simulator().queue(Fault.of(Endpoint.TWEETS, FaultKind.STATUS_429));
        HttpResponse<String> limited = client.post(TWEETS, "{\"text\":\"again\"}", "Idempotency-Key", "r");
        assertThat(limited.statusCode()).isEqualTo(429);
        assertThat(limited.headers().firstValue("Retry-After")).isPresent();
        assertThat(client.post(TWEETS, "{\"text\":\"again\"}", "Idempotency-Key", "r")
                        .statusCode())
                .isEqualTo(201);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                        | 400 | x_invalid_request   | empty",
                "{\"text\":\"\"}                           | 400 | x_invalid_request   | empty",
                "{\"text\":5}                              | 400 | invalid_request     | another number",
                "{\"txt\":\"a\"}                           | 400 | invalid_request     | allowed members",
                "{\"text\":\"a\",\"replyTo\":\"x\"}        | 400 | invalid_request     | 1 to 19 digits",
                "{\"text\":\"a\",\"poll\":{\"options\":[\"a\"],\"minutes\":5}} | 400 | invalid_request | 2 to 4",
                "[]                                        | 400 | invalid_request     | no object",
                "{\"text\":                                | 400 | malformed_json      | not valid JSON",
            })
    void refusesABadPostAndSendsNothing(String body, int status, String code, String detail) {
        HttpResponse<String> answer = client.post(TWEETS, body);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(text(answer, "code")).isEqualTo(code);
        assertThat(text(answer, "detail")).containsIgnoringCase(detail);
        assertThat(server.simulator().ledger().posts()).isEmpty();
    }

    @Test
    void refusesATextThatXWouldFindTooLong() {
        HttpResponse<String> answer = client.post(TWEETS, "{\"text\":\"" + "漢".repeat(141) + "\"}");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(text(answer, "code")).isEqualTo("x_text_too_long");
        assertThat(client.post(TWEETS, "{\"text\":\"" + "漢".repeat(141) + "\",\"uncheckedLength\":true}")
                        .statusCode())
                .isEqualTo(201);
    }

    @Test
    void anUnreachableXIsNotOurFaultAndMayBeTriedAgain() {
        server.simulator().close();
        HttpResponse<String> answer = client.get(TWEETS);
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(text(answer, "code")).isEqualTo("x_unreachable");
        assertThat(json(answer).path("retryable").asBoolean()).isTrue();
    }
}
