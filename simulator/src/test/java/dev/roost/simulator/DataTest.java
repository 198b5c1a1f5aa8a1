package dev.roost.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The data calls. */
final class DataTest {

    @AutoClose
    private final Simulator simulator = Browser.simulatorWithPeople();

    @AutoClose
    private final Browser browser = new Browser(simulator);

    private final Person ada = browser.as(simulator.issue("public", "1001").accessToken());
    private final Person grace = browser.as(simulator.issue("public", "1002").accessToken());

    private String publish(String text) {
        HttpResponse<String> answer = ada.tweet("{\"text\":\"" + text + "\"}");
        assertThat(answer.statusCode()).isEqualTo(201);
        return Browser.json(answer).path("data").path("id").asString();
    }

    @Test
    void tellsWhoseTokenItIs() {
        assertThat(ada.get("/2/users/me").body())
                .isEqualTo("{\"data\":{\"id\":\"1001\",\"name\":\"ada\",\"username\":\"ada\"}}");
        assertThat(ada.get("/2/users/me").headers().firstValue("x-transaction-id"))
                .isPresent();
    }

    @Test
    void refusesDeadTokensAndRefreshTokens() {
        IssuedPair pair = simulator.issue("confidential", "1001");
        assertUnauthorized(browser.me(pair.refreshToken()));
        assertUnauthorized(browser.me("junk"));
        assertUnauthorized(browser.get("/2/users/me"));
        simulator.revoke("1001");
        assertUnauthorized(browser.me(pair.accessToken()));
    }

    private static void assertUnauthorized(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.headers().firstValue("x-rate-limit-limit")).hasValue("75");
        assertThat(answer.body())
                .isEqualTo("{\"title\":\"Unauthorized\",\"type\":\"about:blank\",\"status\":401,"
                        + "\"detail\":\"Unauthorized\"}");
    }

    @Test
    void forbidsWhatTheScopesDoNotAllow() {
        HttpResponse<String> me =
                browser.me(simulator.issue("confidential", "1001", "users.read").accessToken());
        assertThat(me.statusCode()).isEqualTo(403);
        assertThat(me.body())
                .isEqualTo("{\"title\":\"Forbidden\",\"type\":\"about:blank\",\"status\":403,"
                        + "\"detail\":\"You are not permitted to perform this action.\"}");
        IssuedPair reader = simulator.issue("confidential", "1001", "users.read", "tweet.read");
        assertThat(browser.as(reader.accessToken()).tweet("{\"text\":\"hi\"}").statusCode())
                .isEqualTo(403);
        assertThat(simulator.ledger().posts()).isEmpty();
    }

    @Test
    void publishesReadsAndDeletesAPost() {
        String id = publish("hello");
        assertThat(id).matches("[0-9]{19}");
        String post = "{\"id\":\"" + id + "\",\"text\":\"hello\",\"edit_history_tweet_ids\":[\"" + id + "\"]}";
        assertThat(ada.get("/2/tweets/" + id).body()).isEqualTo("{\"data\":" + post + "}");
        assertThat(ada.get("/2/users/1001/tweets").body())
                .isEqualTo("{\"data\":[" + post + "],\"meta\":{\"result_count\":1,\"newest_id\":\"" + id
                        + "\",\"oldest_id\":\"" + id + "\"}}");
        assertThat(grace.delete("/2/tweets/" + id).statusCode()).isEqualTo(403);
        assertThat(ada.delete("/2/tweets/" + id).body()).isEqualTo("{\"data\":{\"deleted\":true}}");
        assertThat(ada.get("/2/users/1001/tweets").body()).isEqualTo("{\"meta\":{\"result_count\":0}}");
        assertThat(simulator.ledger().posts()).singleElement().satisfies(kept -> {
            assertThat(kept.text()).isEqualTo("hello");
            assertThat(kept.deleted()).isTrue();
        });
    }

    @Test
    void answersErrorsWithoutDataForWhatIsNotThere() {
        for (String path : new String[] {"/2/tweets/42", "/2/users/by/username/nobody"}) {
            assertThat(ada.get(path).statusCode()).isEqualTo(200);
            assertThat(Browser.json(ada.get(path)).propertyNames()).containsExactly("errors");
        }
        assertThat(ada.get("/2/users/by/username/Grace").body()).contains("\"id\":\"1002\"");
    }

    @Test
    void forbidsDuplicatesOfTheSameUser() {
        publish("hello");
        HttpResponse<String> again = ada.tweet("{\"text\":\"hello\"}");
        assertThat(again.statusCode()).isEqualTo(403);
        assertThat(again.body()).contains("You are not allowed to create a Tweet with duplicate content.");
        assertThat(grace.tweet("{\"text\":\"hello\"}").statusCode()).isEqualTo(201);
    }

    @Test
    void publishesTheSameTextTwiceWhenToldSo() {
        simulator.switches().equalTextsTaken(true);
        publish("hello");
        assertThat(ada.tweet("{\"text\":\"hello\"}").statusCode()).isEqualTo(201);
        assertThat(simulator.ledger().posts()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"text\":\"  \"}", "{\"text\":\"hi\",\"mood\":\"good\"}", "no json"})
    void refusesMalformedPosts(String body) {
        HttpResponse<String> answer = ada.tweet(body);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Browser.field(answer, "type")).endsWith("/invalid-request");
    }

    @Test
    void refusesTextOverTheLongestOfAll() {
        publish("x".repeat(25_000));
        HttpResponse<String> answer = ada.tweet("{\"text\":\"" + "x".repeat(25_001) + "\"}");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Browser.field(answer, "detail")).isEqualTo("Your Tweet text is too long.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"4", "101", "many"})
    void refusesPageSizesOutOfRange(String size) {
        assertThat(ada.get("/2/users/1001/tweets?max_results=" + size).statusCode())
                .isEqualTo(400);
    }

    @Test
    void limitsTheRatePerUserUntilTheWindowEnds() {
        for (int left = 74; left >= 0; left--) {
            assertThat(ada.get("/2/users/me").headers().firstValueAsLong("x-rate-limit-remaining"))
                    .hasValue(left);
        }
        HttpResponse<String> answer = ada.get("/2/users/me");
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("x-rate-limit-remaining")).hasValue("0");
        assertThat(grace.get("/2/users/me").statusCode()).isEqualTo(200);
        simulator.advance(Duration.ofMinutes(15));
        assertThat(ada.get("/2/users/me").statusCode()).isEqualTo(200);
    }

    @Test
    void countsPostsPerAppAndDay() {
        HttpResponse<String> answer = ada.tweet("{\"text\":\"hello\"}");
        assertThat(answer.headers().firstValue("x-app-limit-24hour-limit")).hasValue("10000");
        assertThat(answer.headers().firstValue("x-app-limit-24hour-remaining")).hasValue("9999");
        assertThat(answer.headers().firstValue("x-rate-limit-limit")).hasValue("100");
    }

    @Test
    void knowsNoOtherPaths() {
        assertThat(ada.get("/2/spaces").statusCode()).isEqualTo(404);
        assertThat(ada.get("/2/spaces").body())
                .isEqualTo("{\"title\":\"Not Found\",\"type\":\"about:blank\",\"status\":404,"
                        + "\"detail\":\"Not Found\"}");
    }
}
