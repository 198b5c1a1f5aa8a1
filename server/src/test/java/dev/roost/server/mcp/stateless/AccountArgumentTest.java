package dev.roost.server.mcp.stateless;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.roost.mcp.catalog.Tool;
import dev.roost.mcp.catalog.ToolResult;
import dev.roost.x.Tweet;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The argument {@code account}, in the place of a token. */
@Timeout(60)
final class AccountArgumentTest {
    private final NotedAccounts accounts = new NotedAccounts();
    private final Stage stage = new Stage(Optional.of(accounts), Tweet.LengthCheck.STANDARD);

    @AfterEach
    void close() {
        stage.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "twitter_refresh_token | {} | refresh @ada",
                "twitter_search_tweets | {\"query\":\"cats\"} | search @ada cats 10",
                "twitter_search_tweets | {\"query\":\"cats\",\"max_results\":100} | search @ada cats 100",
                "twitter_get_user_tweets | {\"user_id\":\"7\",\"max_results\":5} | tweets @ada Id[digits=7] 5",
                "twitter_get_user_tweets | {\"username\":\"@grace\"} | tweets @ada Name[username=grace] 10",
                "twitter_get_user_replies | {\"username\":\"grace\"} | replies @ada Name[username=grace] 10",
                "twitter_post_tweet | {\"text\":\"Hi\"} | post @ada Hi Optional.empty",
                "twitter_reply_to_tweet | {\"tweet_id\":\"5\",\"text\":\"Hi\"} | post @ada Hi Optional[5]"
            })
    void worksForAnAccountWithoutAnyToken(String tool, String arguments, String asked) {
        ObjectNode all = object(arguments).put("account", "@ada");
        assertThat(accepts(tool, all)).isTrue();
        assertThat(Stage.text(stage.call(tool, all))).isEqualTo("done");
        assertThat(accounts.asked()).containsExactly(asked);
        assertThat(stage.x().ledger().requests()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "twitter_refresh_token | {\"twitter_refresh_token\":\"t\",\"account\":\"@ada\"} | Error: give account or twitter_refresh_token, not both",
                "twitter_post_tweet | {\"twitter_access_token\":\"t\",\"text\":\"Hi\",\"account\":\"@ada\"} | Error: give account or twitter_access_token, not both",
                "twitter_refresh_token | {\"account\":\"\"} | Error: twitter_refresh_token is required for token refresh",
                "twitter_post_tweet | {\"account\":\"\",\"text\":\"Hi\"} | Error: twitter_access_token is required",
                "twitter_post_tweet | {\"account\":7,\"text\":\"Hi\"} | Error: account must be a string",
                "twitter_post_tweet | {\"account\":\"@ada\"} | Error: text is required for twitter_post_tweet",
                "twitter_search_tweets | {\"account\":\"@ada\"} | Error: query is required for twitter_search_tweets",
                "twitter_get_user_tweets | {\"account\":\"@ada\"} | Error: Either user_id or username is required for twitter_get_user_tweets"
            })
    void saysWhatIsWrongWithTheCall(String tool, String arguments, String text) {
        ToolResult result = stage.call(tool, object(arguments));
        assertThat(Stage.text(result)).isEqualTo(text);
        assertThat(result.isError()).isTrue();
        assertThat(accounts.asked()).isEmpty();
    }

    @Test
    void checksFormsForAccountsToo() {
        assertThat(Stage.member(stage.call("twitter_post_tweet", "account", "@ada", "text", "a".repeat(281)), "error"))
                .startsWith("the text is 281 long as X counts it; allowed is 280");
        assertThat(Stage.member(
                        stage.call("twitter_search_tweets", "account", "@ada", "query", "q", "max_results", 9),
                        "error"))
                .isEqualTo("max_results is 9; allowed is 10 to 100");
        assertThat(accounts.asked()).isEmpty();
    }

    @Test
    void publishesUploadsOfAnAccount() {
        assertThat(stage.call(
                                "twitter_post_tweet",
                                object("{\"account\":\"@ada\",\"text\":\"Look\",\"media_ids\":[\"12\",\"13\"]}"))
                        .isError())
                .isFalse();
        assertThat(accounts.asked()).containsExactly("post @ada Look Optional.empty [12, 13]");
        assertThat(Stage.member(
                        stage.call(
                                "twitter_post_tweet",
                                object("{\"account\":\"@ada\",\"text\":\"Look\",\"media_ids\":[\"a\"]}")),
                        "error"))
                .isEqualTo("media_ids is not 1 to 19 digits");
    }

    @Test
    void stillTakesTokens() {
        ToolResult result = stage.call("twitter_post_tweet", "twitter_access_token", stage.access(), "text", "Hi");
        assertThat(result.isError()).isFalse();
        assertThat(stage.x().ledger().posts()).hasSize(1);
        assertThat(accounts.asked()).isEmpty();
    }

    /** Several models' APIs refuse every request that carries a tool with one of these at the top of its schema. */
    @Test
    void hasSchemasThatAllModelsTake() {
        for (Tool tool : stage.tools()) {
            assertThat(tool.input().path("type").stringValue()).isEqualTo("object");
            for (String keyword : new String[] {"anyOf", "oneOf", "allOf", "not", "enum"}) {
                assertThat(tool.input().has(keyword))
                        .as(tool.name() + " " + keyword)
                        .isFalse();
            }
            JsonNode last = JsonMapper.shared()
                    .valueToTree(tool.input().path("properties").propertyNames());
            assertThat(last.path(last.size() - 1).stringValue()).isEqualTo("account");
            assertThat(tool.description()).contains("With account instead of a token");
        }
    }

    @Test
    void offersNoAccountWhereThereAreNone() {
        try (Stage without = new Stage()) {
            for (Tool tool : without.tools()) {
                assertThat(tool.input().path("properties").has("account")).isFalse();
                assertThat(tool.description()).doesNotContain("account instead");
            }
            assertThat(Stage.text(without.call("twitter_post_tweet", "account", "@ada", "text", "Hi")))
                    .isEqualTo("Error: twitter_access_token is required");
        }
    }

    private boolean accepts(String tool, ObjectNode arguments) {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(stage.find(tool).orElseThrow().input().toString(), InputFormat.JSON)
                .validate(arguments.toString(), InputFormat.JSON)
                .isEmpty();
    }

    private static ObjectNode object(String json) {
        return (ObjectNode) JsonMapper.shared().readTree(json);
    }
}
