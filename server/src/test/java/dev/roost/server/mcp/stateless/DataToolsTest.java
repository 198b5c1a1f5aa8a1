package dev.roost.server.mcp.stateless;

import static dev.roost.server.mcp.stateless.Stage.member;
import static dev.roost.server.mcp.stateless.Stage.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roost.mcp.catalog.ToolResult;
import dev.roost.simulator.Endpoint;
import dev.roost.simulator.Fault;
import dev.roost.simulator.FaultKind;
import dev.roost.x.Tweet;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** The tools that call X with the caller's access token, beyond what is recorded. */
@Timeout(60)
final class DataToolsTest {
    private final Stage stage = new Stage();

    @AfterEach
    void close() {
        stage.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "twitter_search_tweets",
                "twitter_get_user_tweets",
                "twitter_get_user_replies",
                "twitter_post_tweet",
                "twitter_reply_to_tweet"
            })
    void saysThatNothingWasSentWhenXIsDown(String tool) {
        String token = stage.access();
        stage.x().close();
        ToolResult result = any(tool, token);
        assertThat(result.isError()).isTrue();
        assertThat(member(result, "error")).startsWith("Connection error: nothing was sent to url: http://127.0.0.1:");
        assertThat(member(result, "details")).contains("127.0.0.1").endsWith("The same call can be made again.");
    }

    @Test
    void saysThatTheLookupDidNotReachX() {
        String token = stage.access();
        stage.x().close();
        ToolResult result = stage.call("twitter_get_user_tweets", "twitter_access_token", token, "username", "ada");
        assertThat(member(result, "error")).isEqualTo("Could not find user ID for username: ada");
        assertThat(member(result, "details")).startsWith("Connection error: nothing was sent to url: ");
    }

    @Test
    void neverPostsTwice() {
        String token = stage.access();
        stage.x().queue(Fault.of(Endpoint.TWEETS, FaultKind.LOSE_ANSWER));
        assertThat(member(any("twitter_post_tweet", token), "details"))
                .contains("X may have done it: look at the account's posts before calling again");
        assertThat(stage.x().ledger().posts()).hasSize(1);
        assertThat(member(any("twitter_post_tweet", token), "details")).contains("that one was published");
    }

    @Test
    void measuresTextsByXsWeights() {
        String token = stage.access();
        assertThat(post(stage, token, "a".repeat(280)).isError()).isFalse();
        assertThat(post(stage, token, "https://example.com/" + "a".repeat(300)).isError())
                .isFalse();
        assertThat(member(post(stage, token, "語".repeat(141)), "error")).startsWith("the text is 282 long");
        assertThat(member(post(stage, token, "a".repeat(100_000)), "error"))
                .isEqualTo("the text has 100000 characters; allowed is 280 as X counts them");
        assertThat(stage.x().ledger().posts()).hasSize(2);
    }

    @Test
    void leavesTheLengthToXIfToldTo() {
        try (Stage premium = new Stage(Optional.empty(), Tweet.LengthCheck.OFF)) {
            assertThat(post(premium, premium.access(), "a".repeat(500)).isError())
                    .isFalse();
            assertThat(member(post(premium, premium.access(), "a".repeat(26_000)), "details"))
                    .contains("Your Tweet text is too long.");
        }
    }

    @Test
    void answersNothingToAClientThatCancelled() {
        String token = stage.access();
        for (String tool : new String[] {"twitter_search_tweets", "twitter_get_user_tweets", "twitter_post_tweet"}) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> stage.find(tool)
                            .orElseThrow()
                            .body()
                            .call(
                                    JsonMapper.shared()
                                            .createObjectNode()
                                            .put("twitter_access_token", token)
                                            .put("query", "cats")
                                            .put("username", "ada")
                                            .put("text", "Hi"),
                                    new QuietCall()))
                    .isInstanceOf(InterruptedException.class)
                    .hasMessage("the client cancelled");
            assertThat(Thread.interrupted()).isFalse();
        }
        assertThat(stage.x().ledger().posts()).isEmpty();
    }

    @Test
    void passesPartialErrorsOn() {
        assertThat(PythonJson.text(JsonMapper.shared()
                        .readTree("{\"data\":[],\"errors\":[{\"detail\":\"gone\"}],\"n\":12345678901234567890}")))
                .isEqualTo("{\"data\": [], \"errors\": [{\"detail\": \"gone\"}], \"n\": 12345678901234567890}");
    }

    @Test
    void writesWhatPythonWrites() {
        assertThat(
                        PythonJson.text(
                                JsonMapper.shared()
                                        .readTree(
                                                "{\"\\u00e9\":[true,false,null,-1,{}],\"b\":\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u007f\\u00a0\\ud83d\\ude00\\ud83d~\"}")))
                .isEqualTo(
                        "{\"\\u00e9\": [true, false, null, -1, {}], \"b\": \"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u007f\\u00a0\\ud83d\\ude00\\ud83d~\"}");
    }

    private static ToolResult post(Stage at, String token, String text) {
        return at.call("twitter_post_tweet", "twitter_access_token", token, "text", text);
    }

    private ToolResult any(String tool, String token) {
        ToolResult result = stage.call(
                tool,
                "twitter_access_token",
                token,
                "query",
                "Hello",
                "user_id",
                "1001",
                "tweet_id",
                "5",
                "text",
                "Hello again");
        assertThat(text(result)).isNotEmpty();
        return result;
    }
}
