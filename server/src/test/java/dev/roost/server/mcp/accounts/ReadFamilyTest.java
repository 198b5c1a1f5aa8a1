package dev.roost.server.mcp.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.core.access.KeyScope;
import dev.roost.server.TestServer;
import dev.roost.simulator.Endpoint;
import dev.roost.simulator.Fault;
import dev.roost.simulator.FaultKind;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class ReadFamilyTest {
    private static final TestCall READER = TestCall.of(KeyScope.X_READ);

    private final Stage stage = new Stage();

    @BeforeEach
    void connect() {
        stage.server.connect(TestServer.ADA);
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void listsOwnPostsPageByPage() {
        for (int i = 0; i < 7; i++) {
            stage.server.simulator().addPost("ada", "post " + i);
        }
        JsonNode first = stage.ok("twitter_get_my_tweets", "{'max_results':5}", READER);
        assertThat(first.path("data")).hasSize(5);
        assertThat(first.at("/data/0/text").asString()).isEqualTo("post 6");
        JsonNode second = stage.ok(
                "twitter_get_my_tweets",
                "{'max_results':5,'cursor':'" + first.path("nextCursor").asString() + "'}",
                READER);
        assertThat(second.path("data")).hasSize(2);
        assertThat(second.has("nextCursor")).isFalse();
    }

    @Test
    void listsMentions() {
        stage.server.simulator().addPost("grace", "@ada have you seen the roost?");
        JsonNode mentions = stage.ok("twitter_get_mentions", "{}", READER);
        assertThat(mentions.at("/data/0/text").asString()).contains("have you seen");
    }

    @Test
    void aCursorThatIsNoneIsNotRepeated() {
        JsonNode error = stage.error("twitter_get_mentions", "{'cursor':'no cursor'}", READER);
        assertThat(error.path("code").asString()).isEqualTo("invalid_request");
        assertThat(error.path("error").asString()).contains("\"cursor\"").doesNotContain("no cursor\"");
    }

    @Test
    void showsMetricsOfAPost() {
        String id = stage.server.simulator().addPost("grace", "measured").id();
        JsonNode metrics = stage.ok("twitter_get_tweet_metrics", "{'tweet_id':'" + id + "'}", READER);
        assertThat(metrics.path("id").asString()).isEqualTo(id);
        assertThat(metrics.path("likes").asInt(-1)).isZero();
    }

    @Test
    void saysWhenAPostIsNotThere() {
        JsonNode error = stage.error("twitter_get_tweet_metrics", "{'tweet_id':'1234567'}", READER);
        assertThat(error.path("code").asString()).isEqualTo("x_not_found");
        assertThat(error.path("next").asString()).contains("Check the id");
    }

    @Test
    void showsTheOwnProfileAndAnothers() {
        assertThat(stage.ok("twitter_get_profile", "{}", READER)
                        .path("username")
                        .asString())
                .isEqualTo("ada");
        assertThat(stage.ok("twitter_get_profile", "{'username':'@grace'}", READER)
                        .path("id")
                        .asString())
                .isEqualTo(TestServer.GRACE);
    }

    @Test
    void saysHowLongToWaitWhenXAllowsNoMore() {
        stage.server.simulator().queue(Fault.of(Endpoint.MENTIONS, FaultKind.STATUS_429));
        JsonNode error = stage.error("twitter_get_mentions", "{}", READER);
        assertThat(error.path("code").asString()).isEqualTo("x_rate_limited");
        assertThat(error.path("retryable").asBoolean()).isTrue();
        assertThat(error.path("retryAfterSeconds").asInt()).isPositive();
        assertThat(error.at("/upstream/status").asInt()).isEqualTo(429);
    }

    @Test
    void anExpiredTokenIsReplacedAndNobodyNotices() {
        stage.server.advance(Duration.ofHours(3));
        stage.ok("twitter_get_profile", "{}", READER);
    }

    @Test
    void aReadWithoutAnAnswerMayBeRepeated() {
        stage.server.simulator().queue(Fault.of(Endpoint.MENTIONS, FaultKind.STATUS_500));
        JsonNode error = stage.error("twitter_get_mentions", "{}", READER);
        assertThat(error.path("code").asString()).isEqualTo("x_no_answer");
        assertThat(error.path("retryable").asBoolean()).isTrue();
    }
}
