package dev.roost.server.mcp.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roost.mcp.catalog.Catalog;
import dev.roost.mcp.catalog.Changes;
import dev.roost.mcp.catalog.Resource;
import dev.roost.mcp.catalog.Schema;
import dev.roost.mcp.catalog.Tool;
import dev.roost.mcp.catalog.ToolResult;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class AgentCatalogTest {
    private static final List<Tool> SIX = Stream.of(
                    "twitter_refresh_token",
                    "twitter_search_tweets",
                    "twitter_get_user_tweets",
                    "twitter_get_user_replies",
                    "twitter_post_tweet",
                    "twitter_reply_to_tweet")
            .map(AgentCatalogTest::stub)
            .toList();

    private final Stage stage = new Stage();

    @AfterEach
    void close() {
        stage.close();
    }

    private static Tool stub(String name) {
        return new Tool(
                name,
                name,
                name,
                Tool.Hints.READS,
                Schema.closed(),
                Optional.empty(),
                (arguments, call) -> ToolResult.text(name));
    }

    private List<String> names(Set<Family> families) {
        return catalog(families).tools().stream().map(Tool::name).toList();
    }

    private Catalog catalog(Set<Family> families) {
        return AgentCatalog.of(Stage.info(), families, SIX, Optional.of(stage.tools), new Changes());
    }

    @Test
    void offersTenToolsUnlessToldOtherwise() {
        assertThat(names(Family.DEFAULT))
                .containsExactly(
                        "twitter_refresh_token",
                        "twitter_search_tweets",
                        "twitter_get_user_tweets",
                        "twitter_get_user_replies",
                        "twitter_post_tweet",
                        "twitter_reply_to_tweet",
                        "twitter_list_accounts",
                        "twitter_account_status",
                        "twitter_connect_account",
                        "twitter_disconnect_account");
    }

    @Test
    void offersEveryToolInAFixedOrder() {
        assertThat(names(Family.ALL))
                .hasSize(18)
                .endsWith(
                        "twitter_delete_tweet",
                        "twitter_like_tweet",
                        "twitter_retweet",
                        "twitter_upload_media",
                        "twitter_get_mentions",
                        "twitter_get_tweet_metrics",
                        "twitter_get_profile",
                        "twitter_get_my_tweets");
    }

    @Test
    void publishingBelongsToPostsToo() {
        assertThat(names(Family.parse("accounts, posts")))
                .containsExactly(
                        "twitter_post_tweet",
                        "twitter_reply_to_tweet",
                        "twitter_list_accounts",
                        "twitter_account_status",
                        "twitter_connect_account",
                        "twitter_disconnect_account",
                        "twitter_delete_tweet",
                        "twitter_like_tweet",
                        "twitter_retweet",
                        "twitter_upload_media");
    }

    @Test
    void saysWhichFamiliesThereAre() {
        assertThat(Family.parse("all")).isEqualTo(Family.ALL);
        assertThatThrownBy(() -> Family.parse("accounts,post"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"post\"")
                .hasMessageContaining("all, stateless, accounts, posts, read");
    }

    @Test
    void withoutAccountsThereAreTheSixToolsAndTheGuide() {
        Catalog alone = AgentCatalog.of(Stage.info(), Family.ALL, SIX, Optional.empty(), new Changes());
        assertThat(alone.tools()).hasSize(6);
        assertThat(alone.resources()).extracting(Resource::uri).containsExactly("roost://guide/errors");
        assertThat(alone.templates()).isEmpty();
        assertThat(alone.prompts()).extracting(prompt -> prompt.name()).containsExactly("plan_thread");
    }

    @Test
    void everyToolIsDescribedForModels() {
        assertThat(stage.catalog.tools()).hasSize(12).allSatisfy(tool -> {
            assertThat(tool.title()).isNotBlank();
            assertThat(tool.description()).hasSizeBetween(150, 900);
            assertThat(tool.input().path("additionalProperties").asBoolean(true))
                    .as(tool.name())
                    .isFalse();
            // The APIs of several models refuse an input schema with alternatives at its top.
            assertThat(tool.input().propertyNames()).doesNotContain("anyOf", "oneOf", "allOf");
            assertThat(tool.output().orElseThrow().path("type").asString()).isEqualTo("object");
            tool.input()
                    .path("properties")
                    .valueStream()
                    .forEach(property ->
                            assertThat(property.path("description").asString()).isNotBlank());
        });
    }

    @Test
    void noToolSaysThatItOnlyReadsWhenItDoesNot() {
        assertThat(stage.catalog.tools().stream()
                        .filter(tool -> tool.hints().readOnly())
                        .map(Tool::name))
                .containsExactly(
                        "twitter_list_accounts",
                        "twitter_account_status",
                        "twitter_get_mentions",
                        "twitter_get_tweet_metrics",
                        "twitter_get_profile",
                        "twitter_get_my_tweets");
        assertThat(stage.catalog.tools().stream()
                        .filter(tool -> tool.hints().destructive())
                        .map(Tool::name))
                .containsExactly("twitter_disconnect_account", "twitter_delete_tweet");
    }
}
