package dev.roost.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Likes and reposts. */
final class ReactionTest {

    @AutoClose
    private final Simulator simulator = Browser.simulatorWithPeople();

    @AutoClose
    private final Browser browser = new Browser(simulator);

    private final Person ada = browser.as(simulator
            .issue("public", "1001", "tweet.read", "tweet.write", "users.read", "like.write")
            .accessToken());
    private final String post = simulator.addPost("grace", "Like me").id();

    private HttpResponse<String> react(String what, String id) {
        return react("1001", what, "{\"tweet_id\":\"" + id + "\"}");
    }

    private HttpResponse<String> react(String user, String what, String body) {
        return ada.post("/2/users/" + user + "/" + what, body);
    }

    private HttpResponse<String> undo(String what) {
        return ada.delete("/2/users/1001/" + what + "/" + post);
    }

    private int count(String name) {
        HttpResponse<String> answer = ada.get("/2/tweets/" + post + "?tweet.fields=public_metrics");
        return Browser.json(answer)
                .path("data")
                .path("public_metrics")
                .path(name)
                .intValue();
    }

    private static void assertForbidden(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body())
                .isEqualTo("{\"title\":\"Forbidden\",\"type\":\"about:blank\",\"status\":403,"
                        + "\"detail\":\"You are not permitted to perform this action.\"}");
    }

    @Test
    void forbidsLikesByPolicyUnlessSwitchedOff() {
        assertForbidden(react("likes", post));
        assertForbidden(undo("likes"));
        assertThat(count("like_count")).isZero();
        simulator.switches().likesForbidden(false);
        assertThat(react("likes", post).body()).isEqualTo("{\"data\":{\"liked\":true}}");
    }

    @Test
    void forbidsLikesWithoutTheScope() {
        simulator.switches().likesForbidden(false);
        Person other = browser.as(simulator.issue("confidential", "1001").accessToken());
        assertForbidden(other.post("/2/users/1001/likes", "{\"tweet_id\":\"" + post + "\"}"));
        assertThat(count("like_count")).isZero();
    }

    @Test
    void likesOnceAndUndoesIt() {
        simulator.switches().likesForbidden(false);
        react("likes", post);
        HttpResponse<String> again = react("likes", post);
        assertThat(again.headers().firstValue("x-rate-limit-limit")).hasValue("50");
        assertThat(again.headers().firstValue("x-user-limit-24hour-remaining")).hasValue("998");
        assertThat(count("like_count")).isEqualTo(1);
        assertThat(undo("likes").body()).isEqualTo("{\"data\":{\"liked\":false}}");
        assertThat(count("like_count")).isZero();
    }

    @Test
    void repostsOnceAndUndoesIt() {
        HttpResponse<String> answer = react("retweets", post);
        assertThat(answer.body()).matches("\\{\"data\":\\{\"retweeted\":true,\"rest_id\":\"[0-9]{19}\"}}");
        assertThat(react("retweets", post).body()).isEqualTo(answer.body());
        assertThat(count("retweet_count")).isEqualTo(1);
        assertThat(undo("retweets").body()).isEqualTo("{\"data\":{\"retweeted\":false}}");
        assertThat(count("retweet_count")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"likes", "retweets"})
    void refusesOtherUsersOtherPostsAndMalformedIds(String what) {
        simulator.switches().likesForbidden(false);
        HttpResponse<String> other = react("1002", what, "{\"tweet_id\":\"" + post + "\"}");
        assertThat(other.statusCode()).isEqualTo(403);
        assertThat(Browser.field(other, "detail")).contains("must be the same as the authenticating user");
        assertThat(Browser.json(react(what, "42")).propertyNames()).containsExactly("errors");
        assertThat(react("1001", what, "{\"tweet_id\":7}").statusCode()).isEqualTo(400);
        assertThat(react("1001", what, "{}").statusCode()).isEqualTo(400);
        assertThat(react("1001", what, "no json").statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @EnumSource(names = {"API", "TWEETS", "SEARCH", "MENTIONS", "LIKES", "RETWEETS", "MEDIA"})
    void suffersTheFaultsMeantForIt(Endpoint endpoint) {
        simulator.queue(Fault.of(endpoint, FaultKind.STATUS_503));
        HttpResponse<String> answer =
                switch (endpoint) {
                    case API, MENTIONS -> ada.get("/2/users/1001/mentions");
                    case SEARCH -> ada.get("/2/tweets/search/recent?query=a");
                    case LIKES -> react("likes", post);
                    case RETWEETS -> undo("retweets");
                    case MEDIA -> ada.get("/2/media/upload?media_id=1");
                    default -> ada.get("/2/tweets?ids=1");
                };
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(browser.get("/_sim/faults").body()).contains("\"waiting\":[]");
    }

    @Test
    void repostsAndLosesTheAnswer() {
        simulator.queue(Fault.of(Endpoint.RETWEETS, FaultKind.STATUS_503_AFTER));
        assertThat(react("retweets", post).statusCode()).isEqualTo(503);
        assertThat(count("retweet_count")).isEqualTo(1);
    }

    @Test
    void publishesAndAnswersWhatIsNoJson() {
        simulator.queue(Fault.of(Endpoint.TWEETS, FaultKind.UNREADABLE_200));
        HttpResponse<String> answer = ada.tweet("{\"text\":\"hi\"}");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).startsWith("<html>");
        assertThat(simulator.ledger().posts()).hasSize(2);
    }
}
