package dev.roost.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What a post can carry, and what a lookup shows. */
final class PostTest {

    @AutoClose
    private final Simulator simulator = Browser.simulatorWithPeople();

    @AutoClose
    private final Browser browser = new Browser(simulator);

    private final Person ada = browser.as(simulator.issue("public", "1001").accessToken());
    private final Person grace = browser.as(simulator.issue("public", "1002").accessToken());

    private static String reply(String text, String parent) {
        return "{\"text\":\"" + text + "\",\"reply\":{\"in_reply_to_tweet_id\":\"" + parent + "\"}}";
    }

    private static String id(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return Browser.json(answer).path("data").path("id").asString();
    }

    private static void assertInvalid(HttpResponse<String> answer, String message) {
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Browser.field(answer, "type")).endsWith("/invalid-request");
        assertThat(Browser.json(answer).path("errors").path(0).path("message").asString())
                .contains(message);
    }

    @Test
    void tiesAReplyToItsConversation() {
        String first = simulator.addPost("grace", "Who is there?").id();
        String second = id(ada.tweet(reply("Me", first)));
        String third = id(grace.tweet(reply("Welcome", second)));
        JsonNode shown = Browser.json(ada.get("/2/tweets/" + third
                        + "?tweet.fields=author_id,conversation_id,in_reply_to_user_id,referenced_tweets,created_at"))
                .path("data");
        assertThat(shown.path("conversation_id").asString()).isEqualTo(first);
        assertThat(shown.path("author_id").asString()).isEqualTo("1002");
        assertThat(shown.path("in_reply_to_user_id").asString()).isEqualTo("1001");
        assertThat(shown.path("created_at").asString())
                .matches("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z");
        assertThat(shown.path("referenced_tweets").toString())
                .isEqualTo("[{\"type\":\"replied_to\",\"id\":\"" + second + "\"}]");
    }

    @Test
    void countsRepliesAndQuotesThatStand() {
        String first = simulator.addPost("grace", "Who is there?").id();
        String gone = id(ada.tweet(reply("Me", first)));
        id(ada.tweet(reply("Me too", first)));
        id(ada.tweet("{\"text\":\"Look\",\"quote_tweet_id\":\"" + first + "\"}"));
        ada.delete("/2/tweets/" + gone);
        assertThat(ada.get("/2/tweets/" + first + "?tweet.fields=public_metrics")
                        .body())
                .contains("\"public_metrics\":{\"retweet_count\":0,\"reply_count\":1,\"like_count\":0,"
                        + "\"quote_count\":1,\"bookmark_count\":0,\"impression_count\":0}");
    }

    @Test
    void forbidsRepliesToWhatIsGone() {
        HttpResponse<String> answer = ada.tweet(reply("Hello?", "42"));
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(Browser.field(answer, "detail"))
                .isEqualTo("You attempted to reply to a Tweet that is deleted or not visible to you.");
        assertInvalid(ada.tweet("{\"text\":\"Look\",\"quote_tweet_id\":\"42\"}"), "not visible to you");
        assertThat(simulator.ledger().posts()).isEmpty();
    }

    @Test
    void forbidsRepliesOfTheUnsummonedWhenSwitched() {
        String plain = simulator.addPost("grace", "Hello all, and @adam").id();
        String naming = simulator.addPost("grace", "Hello @Ada!").id();
        id(ada.tweet(reply("Before the switch", plain)));
        simulator.switches().repliesOnlyWhenSummoned(true);
        HttpResponse<String> answer = ada.tweet(reply("Hi", plain));
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(Browser.field(answer, "detail"))
                .isEqualTo("Reply to this conversation is not allowed because you have not been mentioned or otherwise "
                        + "engaged by the author of the post you are replying to.");
        String answered = id(ada.tweet(reply("Thank you", naming)));
        id(ada.tweet(reply("To myself", answered)));
        String engaging = simulator.addReply("grace", "Gladly", answered).id();
        id(ada.tweet(reply("Until later", engaging)));
        String quoting = id(grace.tweet("{\"text\":\"See\",\"quote_tweet_id\":\"" + answered + "\"}"));
        id(ada.tweet(reply("Oh", quoting)));
    }

    @Test
    void keepsAPoll() {
        id(ada.tweet("{\"text\":\"Tea?\",\"poll\":{\"options\":[\"yes\",\"no\"],\"duration_minutes\":5}}"));
        assertThat(simulator.ledger().posts().getFirst().links().poll())
                .hasValue(new LedgerPost.Poll(List.of("yes", "no"), 5));
        assertThat(browser.get("/_sim/tweets").body())
                .contains("\"poll\":{\"minutes\":5,\"options\":[\"yes\",\"no\"]}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"text\":7} | must be a string",
                "{\"text\":\"a\",\"reply\":\"7\"} | must be an object",
                "{\"text\":\"a\",\"reply\":{}} | is missing",
                "{\"text\":\"a\",\"reply\":{\"in_reply_to_tweet_id\":7}} | 1 to 19 digits",
                "{\"text\":\"a\",\"quote_tweet_id\":\"x\"} | 1 to 19 digits",
                "{\"text\":\"a\",\"media\":{}} | 1 to 4 ids",
                "{\"text\":\"a\",\"media\":{\"media_ids\":[\"1\",\"2\",\"3\",\"4\",\"5\"]}} | 1 to 4 ids",
                "{\"text\":\"a\",\"media\":{\"media_ids\":[\"1\"]}} | Your media IDs are invalid.",
                "{\"text\":\"a\",\"poll\":{\"options\":[\"x\"],\"duration_minutes\":5}} | 2 to 4 texts",
                "{\"text\":\"a\",\"poll\":{\"options\":[\"x\",\"12345678901234567890123456\"],"
                        + "\"duration_minutes\":5}} | 1 to 25 characters",
                "{\"text\":\"a\",\"poll\":{\"options\":[\"x\",\"y\"],\"duration_minutes\":4}} | from 5 to 10080",
                "{\"text\":\"a\",\"poll\":{\"options\":[\"x\",\"y\"],\"duration_minutes\":10081}} | from 5 to 10080",
                "{\"text\":\"a\",\"poll\":{\"sides\":2}} | poll.sides",
                "{\"text\":\"a\",\"quote_tweet_id\":\"1\",\"media\":{\"media_ids\":[\"1\"]}} | Only one of"
            })
    void saysWhatIsWrongWithAPost(String body, String message) {
        HttpResponse<String> answer = ada.tweet(body);
        assertInvalid(answer, message);
        assertThat(simulator.ledger().posts()).isEmpty();
    }

    @Test
    void looksUpManyAndNamesThoseMissing() {
        String first = simulator.addPost("grace", "One").id();
        String second = simulator.addPost("ada", "Two").id();
        JsonNode found = Browser.json(ada.get("/2/tweets?ids=" + second + ",42," + first + "&expansions=author_id"));
        assertThat(found.path("data").path(0).path("id").asString()).isEqualTo(second);
        assertThat(found.path("data").path(1).path("author_id").asString()).isEqualTo("1002");
        assertThat(found.path("includes").path("users").path(1).path("username").asString())
                .isEqualTo("grace");
        assertThat(found.path("errors").path(0).path("resource_id").asString()).isEqualTo("42");
        assertThat(Browser.json(ada.get("/2/tweets?ids=42")).propertyNames()).containsExactly("errors");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/2/tweets",
                "/2/tweets?ids=1,x",
                "/2/tweets?ids=1&tweet.fields=mood",
                "/2/tweets/1?tweet.fields=mood",
                "/2/tweets/1?fields=text",
                "/2/users/me?user.fields=mood"
            })
    void refusesParametersThatXDoesNotKnow(String path) {
        assertInvalid(ada.get(path), "query parameter");
    }

    @Test
    void showsTheFieldsOfAUser() {
        simulator.addPost("ada", "Hello");
        JsonNode user = Browser.json(
                        ada.get("/2/users/me?user.fields=description,profile_image_url,public_metrics,verified,"
                                + "created_at"))
                .path("data");
        assertThat(user.propertyNames())
                .containsExactlyInAnyOrder(
                        "id",
                        "name",
                        "username",
                        "description",
                        "profile_image_url",
                        "public_metrics",
                        "verified",
                        "created_at");
        assertThat(user.path("public_metrics").path("tweet_count").intValue()).isEqualTo(1);
        assertThat(user.path("profile_image_url").asString()).startsWith("https://");
    }
}
