package dev.roost.server.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.server.guide.Guide.Answer;
import dev.roost.simulator.Endpoint;
import dev.roost.simulator.Fault;
import dev.roost.simulator.FaultKind;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The tools that call X with the caller's access token. */
@Timeout(60)
final class DataToolsTest {
    private static final String EXPIRED =
            "Your access token is invalid or expired. Use refreshTwitterToken to get a new"
                    + " token, or re-authenticate.";

    private final Guide guide = Guide.start();
    private final String token = guide.access();

    @AfterEach
    void stop() {
        guide.close();
    }

    @Test
    void posts() {
        Answer answer = post("Hello");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().toString())
                .isEqualTo("{\"success\":true,\"result\":{\"id\":\"" + text(answer.result(), "id")
                        + "\",\"text\":\"Hello\"}}");
        assertThat(guide.x().ledger().posts()).hasSize(1);
    }

    @Test
    void repliesListsSearchesMentionsCountsRepostsAndDeletes() {
        String id = guide.x().addPost("grace", "Hello @ada").id();
        JsonNode reply =
                call("replyToTweet", "tweetId", id, "content", "Hello yourself").result();
        assertThat(reply.propertyNames()).containsExactly("id", "text", "in_reply_to_tweet_id");
        assertThat(text(reply, "in_reply_to_tweet_id")).isEqualTo(id);
        assertThat(call("listTwitterTweets").result().path(0).path("id").asString(""))
                .isEqualTo(text(reply, "id"));
        assertThat(call("getUserMentions").result().path(0).path("id").asString(""))
                .isEqualTo(id);
        assertThat(call("searchTwitter", "query", "Hello").result()).hasSize(2);
        assertThat(call("searchTwitter", "query", "nothing-of-the-kind")
                        .result()
                        .toString())
                .isEqualTo("[]");
        assertThat(call("retweetTweet", "tweetId", id).result().toString())
                .isEqualTo("{\"retweeted\":true,\"tweet_id\":\"" + id + "\"}");
        JsonNode figures = call("getTweetEngagement", "tweetId", id).result();
        assertThat(figures.propertyNames())
                .containsExactly("tweet_id", "likes", "retweets", "replies", "quotes", "impressions");
        assertThat(figures.path("retweets").intValue()).isEqualTo(1);
        assertThat(call("deleteTweet", "tweetId", text(reply, "id")).result().toString())
                .isEqualTo("{\"deleted\":true,\"tweet_id\":\"" + text(reply, "id") + "\"}");
    }

    @Test
    void showsTheProfile() {
        JsonNode profile = call("getTwitterProfile").result();
        assertThat(text(profile, "username")).isEqualTo("ada");
        assertThat(text(profile, "id")).isEqualTo("1001");
    }

    @Test
    void likesWhereXAllowsIt() {
        guide.x().switches().likesForbidden(false);
        String id = guide.x().addPost("grace", "Hello").id();
        String liker = guide.access("like.write", "tweet.read", "users.read");
        assertThat(guide.execute("likeTweet", Map.of("accessToken", liker, "tweetId", id))
                        .result()
                        .toString())
                .isEqualTo("{\"liked\":true,\"tweet_id\":\"" + id + "\"}");
    }

    @Test
    void saysWhyALikeIsRefusedAndRefreshesNothing() {
        String id = guide.x().addPost("grace", "Hello").id();
        for (Supplier<String> access : List.<Supplier<String>>of(
                () -> guide.access("like.write", "tweet.read", "users.read"), guide::access)) {
            Answer answer = guide.execute("likeTweet", Map.of("accessToken", access.get(), "tweetId", id));
            assertThat(answer.text("error"))
                    .startsWith("Could not like tweet " + id + ". X says: ")
                    .contains("like.write", "20 April 2026", "A refresh does not help");
            assertThat(answer.text("code")).isEqualTo("not_permitted");
            assertThat(answer.body().path("retryable").booleanValue()).isFalse();
            assertThat(answer.body().path("reauthRequired").booleanValue()).isFalse();
            assertThat(answer.body().path("upstream").path("status").intValue()).isEqualTo(403);
        }
        assertThat(guide.x().ledger().requests()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1,1", "3,3", "7,7", "50,12", "1000,12"})
    void returnsAsManyAsWereAskedFor(int wanted, int got) {
        for (int i = 0; i < 12; i++) {
            guide.x().addPost("ada", "Hello @ada number " + i);
        }
        assertThat(call("listTwitterTweets", "maxResults", wanted).result()).hasSize(got);
        assertThat(call("getUserMentions", "maxResults", wanted).result()).hasSize(got);
        assertThat(call("searchTwitter", "query", "Hello", "maxResults", wanted).result())
                .hasSize(got);
        assertThat(call("listTwitterTweets", "maxResults", "" + wanted).result())
                .hasSize(got);
        assertThat(call("listTwitterTweets").result()).hasSize(10);
    }

    @Test
    void asksOnlyOnceWhoseATokenIs() {
        assertThat(call("listTwitterTweets").status()).isEqualTo(200);
        guide.x().queue(Fault.of(Endpoint.USERS_ME, FaultKind.STATUS_503));
        assertThat(call("listTwitterTweets").status()).isEqualTo(200);
        assertThat(call("getUserMentions").status()).isEqualTo(200);
        Answer other = guide.execute("getUserMentions", Map.of("accessToken", guide.access()));
        assertThat(other.text("error")).startsWith("Could not retrieve user mentions.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "postToTwitter | Tweet creation unauthorized.",
                "replyToTweet | Could not reply to tweet 5.",
                "listTwitterTweets | Could not retrieve user tweets.",
                "searchTwitter | Could not search tweets with query: cats.",
                "likeTweet | Could not like tweet 5.",
                "retweetTweet | Could not retweet tweet 5.",
                "getTweetEngagement | Could not get engagement metrics for tweet 5.",
                "deleteTweet | Could not delete tweet 5.",
                "getUserMentions | Could not retrieve user mentions."
            })
    void saysThatAnAccessTokenHasExpired(String tool, String literal) {
        guide.x().advance(Duration.ofHours(3));
        Answer answer = callAny(tool, token);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("error")).isEqualTo(literal + " " + EXPIRED);
        assertThat(answer.text("message")).isEqualTo(answer.text("error"));
        assertThat(answer.text("code")).isEqualTo("access_token_rejected");
        assertThat(answer.body().path("reauthRequired").booleanValue()).isFalse();
        assertThat(answer.body().path("upstream").path("status").intValue()).isEqualTo(401);
        assertThat(guide.x().ledger().requests()).isEmpty();
        Answer truthful = guide.post(
                "{\"toolName\":\"" + tool + "\",\"params\":{\"accessToken\":\"" + token
                        + "\",\"tweetId\":\"5\",\"content\":\"x\",\"query\":\"cats\"}}",
                "Roost-Status",
                "truthful");
        assertThat(truthful.status()).isEqualTo(401);
    }

    @Test
    void saysThatTheProfileIsNotToBeHad() {
        assertThat(callAny("getTwitterProfile", "no-such-token").text("error"))
                .isEqualTo("Could not retrieve Twitter user profile. The access token may be invalid or expired.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "replyToTweet",
                "listTwitterTweets",
                "searchTwitter",
                "likeTweet",
                "retweetTweet",
                "getTweetEngagement",
                "deleteTweet",
                "getUserMentions",
                "getTwitterProfile"
            })
    void passesOnWhatXSays(String tool) {
        guide.x().queue(Fault.rateLimited(Endpoint.API, Duration.ofSeconds(60)));
        Answer limited = callAny(tool, token);
        assertThat(limited.text("error")).startsWith("Could not ").contains("Too Many Requests");
        assertThat(limited.text("code")).isEqualTo("rate_limited");
        assertThat(limited.body().path("retryable").booleanValue()).isTrue();
        assertThat(limited.body().path("retryAfter").intValue()).isBetween(58, 60);
        guide.x().queue(Fault.of(Endpoint.API, FaultKind.STATUS_402));
        Answer broke = callAny(tool, token);
        assertThat(broke.text("error")).startsWith("Could not ").contains("does not have any credits");
        assertThat(broke.text("code")).isEqualTo("credits_depleted");
        assertThat(broke.body().path("retryable").booleanValue()).isFalse();
        guide.x().queue(Fault.of(Endpoint.API, FaultKind.STATUS_503));
        Answer unknown = callAny(tool, token);
        assertThat(unknown.text("error")).startsWith("Could not ");
        assertThat(unknown.text("code")).isEqualTo("outcome_unknown");
        assertThat(unknown.body().path("upstream").path("status").intValue()).isEqualTo(503);
        assertThat(unknown.body().path("retryable").booleanValue()).isEqualTo(!tool.equals("replyToTweet"));
        guide.x().queue(Fault.of(Endpoint.API, FaultKind.HTML_403));
        assertThat(callAny(tool, token).text("code")).isEqualTo("blocked");
    }

    @Test
    void wordsARefusedPostAsTheGuideDoes() {
        String reader = guide.access("tweet.read", "users.read");
        assertThat(callAny("postToTwitter", reader).text("error"))
                .startsWith("Tweet creation forbidden. Check if your app has write permissions (tweet.write scope) and"
                        + " the user has authorized them. X says: ")
                .contains("this call needs tweet.read tweet.write users.read");
        String access = guide.access();
        guide.x().queue(Fault.rateLimited(Endpoint.TWEETS, Duration.ofSeconds(60)));
        Answer limited = callAny("postToTwitter", access);
        assertThat(limited.text("error")).isEqualTo("Rate limit exceeded. Please wait before creating more tweets.");
        assertThat(limited.raw().headers().firstValue("Retry-After")).isPresent();
        guide.x().queue(Fault.of(Endpoint.TWEETS, FaultKind.STATUS_402));
        assertThat(callAny("postToTwitter", access).text("error"))
                .startsWith("Twitter API Error: Your enrolled account does not have any credits");
        guide.x().queue(Fault.of(Endpoint.TWEETS, FaultKind.STATUS_500));
        assertThat(callAny("postToTwitter", access).text("error")).startsWith("Could not create tweet on Twitter. ");
    }

    @Test
    void neverSaysThatALostPostMayBeSentAgain() {
        guide.x().queue(Fault.of(Endpoint.TWEETS, FaultKind.LOSE_ANSWER));
        Answer lost = post("Hello");
        assertThat(lost.text("error"))
                .startsWith("Could not create tweet on Twitter. ")
                .contains("X may have done it: look at the account's posts before calling again");
        assertThat(lost.body().path("retryable").booleanValue()).isFalse();
        Answer again = post("Hello");
        assertThat(again.text("code")).isEqualTo("duplicate_content");
        assertThat(guide.x().ledger().posts()).hasSize(1);
    }

    @Test
    void measuresTextsByXsWeights() {
        assertThat(post("a".repeat(280)).status()).isEqualTo(200);
        assertThat(post("a".repeat(281)).text("error")).isEqualTo("Tweet content exceeds 280 characters limit.");
        assertThat(post("語".repeat(141)).text("error")).isEqualTo("Tweet content exceeds 280 characters limit.");
        assertThat(post("https://example.com/" + "a".repeat(300)).status()).isEqualTo(200);
        assertThat(post("a".repeat(100_000)).text("code")).isEqualTo("text_too_long");
        assertThat(call("replyToTweet", "tweetId", "5", "content", "a".repeat(281))
                        .text("error"))
                .isEqualTo("Reply content exceeds 280 characters limit.");
        assertThat(post("a\uFFFEb").text("error")).contains("a character that X forbids");
        assertThat(guide.x().ledger().posts()).hasSize(2);
    }

    @Test
    void saysThatXIsNotReached() {
        guide.x().close();
        Answer answer = post("Hello");
        assertThat(answer.text("error")).startsWith("Could not create tweet on Twitter. X was not reached: ");
        assertThat(answer.text("code")).isEqualTo("x_unreachable");
        assertThat(answer.body().path("retryable").booleanValue()).isTrue();
    }

    private Answer post(String content) {
        return call("postToTwitter", "content", content);
    }

    private Answer call(String tool, Object... params) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("accessToken", token);
        for (int i = 0; i < params.length; i += 2) {
            all.put(params[i].toString(), params[i + 1]);
        }
        return guide.execute(tool, all);
    }

    /** With whatever any of the tools wants. */
    private Answer callAny(String tool, String access) {
        return guide.execute(tool, Map.of("accessToken", access, "tweetId", "5", "content", "x", "query", "cats"));
    }

    private static String text(JsonNode object, String name) {
        return object.path(name).asString("");
    }
}
