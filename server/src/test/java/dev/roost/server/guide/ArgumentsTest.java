package dev.roost.server.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What is checked before X is asked anything, in which order, in which words. */
final class ArgumentsTest {
    private static final Guide GUIDE = Guide.start();
    private static final String SECRET = "canary-7f3a9b0c1d2e";

    @AfterAll
    static void stop() {
        GUIDE.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | Tool \"undefined\" not found. | tool_not_found",
                "{\"params\":{}} | Tool \"undefined\" not found. | tool_not_found",
                "{\"toolName\":\"tweet\",\"params\":{}} | Tool \"tweet\" not found. | tool_not_found",
                "{\"toolName\":\"\"} | Tool \"***\" not found. | tool_not_found",
                "{\"toolName\":\"canary-7f3a9b0c1d2e canary\"} | Tool \"***\" not found. | tool_not_found",
                "{\"toolName\":5} | toolName must be a string, one of those that GET /mcp/tools lists | invalid_request",
                "{\"toolName\":null} | toolName must be a string, one of those that GET /mcp/tools lists | invalid_request",
                "{\"toolName\":[\"postToTwitter\"]} | toolName must be a string, one of those that GET /mcp/tools lists | invalid_request",
                "{\"toolName\":\"postToTwitter\"} | params must be a JSON object with the parameters of tool \"postToTwitter\": accessToken, content | invalid_request",
                "{\"toolName\":\"postToTwitter\",\"params\":null} | params must be a JSON object with the parameters of tool \"postToTwitter\": accessToken, content | invalid_request",
                "{\"toolName\":\"postToTwitter\",\"params\":[1]} | params must be a JSON object with the parameters of tool \"postToTwitter\": accessToken, content | invalid_request",
                "{\"toolName\":\"postToTwitter\",\"params\":\"canary-7f3a9b0c1d2e\"} | params must be a JSON object with the parameters of tool \"postToTwitter\": accessToken, content | invalid_request"
            })
    void refusesCallsThatAreNone(String body, String error, String code) {
        Guide.Answer answer = GUIDE.post(body);
        assertThat(answer.status()).isEqualTo(400);
        assertRefused(answer, error, code);
    }

    @ParameterizedTest
    @CsvSource({
        "getTwitterAuthUrl,state,callbackUrl",
        "exchangeTwitterAuthCode,callbackUrl,code",
        "exchangeTwitterAuthCode,code,codeVerifier",
        "exchangeTwitterAuthCode,code+codeVerifier,callbackUrl",
        "refreshTwitterToken,accessToken,refreshToken",
        "postToTwitter,content,accessToken",
        "postToTwitter,accessToken,content",
        "replyToTweet,accessToken+content,tweetId",
        "replyToTweet,accessToken+tweetId,content",
        "listTwitterTweets,maxResults,accessToken",
        "searchTwitter,accessToken,query",
        "likeTweet,accessToken,tweetId",
        "retweetTweet,accessToken,tweetId",
        "getTweetEngagement,accessToken,tweetId",
        "deleteTweet,accessToken,tweetId",
        "getUserMentions,maxResults,accessToken",
        "getTwitterProfile,user,accessToken"
    })
    void namesTheFirstMissingParameter(String tool, String given, String missing) {
        Map<String, Object> params = new LinkedHashMap<>();
        // Wrong types do not matter yet: presence is checked first.
        for (String name : given.split("\\+", -1)) {
            params.put(name, 5);
        }
        assertRefused(
                GUIDE.execute(tool, params),
                "Missing required parameter \"" + missing + "\" for tool \"" + tool + "\"",
                "invalid_request");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "postToTwitter | {\"accessToken\":\"\",\"content\":\"x\"} | Twitter API access token is required.",
                "postToTwitter | {\"accessToken\":\"  \",\"content\":\"x\"} | Twitter API access token is required.",
                "postToTwitter | {\"accessToken\":null,\"content\":\"x\"} | Parameter \"accessToken\" of tool \"postToTwitter\" must be a string",
                "postToTwitter | {\"accessToken\":[\"canary-7f3a9b0c1d2e\"],\"content\":\"x\"} | Parameter \"accessToken\" of tool \"postToTwitter\" must be a string",
                "postToTwitter | {\"accessToken\":\"canary-7f3a9b0c1d2e\\u0000\",\"content\":\"x\"} | Parameter \"accessToken\" of tool \"postToTwitter\" must be at most 4096 printable ASCII characters without spaces",
                "postToTwitter | {\"accessToken\":\"canary-7f3a9b0c1d2e\\r\\nX: y\",\"content\":\"x\"} | Parameter \"accessToken\" of tool \"postToTwitter\" must be at most 4096 printable ASCII characters without spaces",
                "postToTwitter | {\"accessToken\":\"t\",\"content\":\"\"} | Parameter \"content\" of tool \"postToTwitter\" must not be empty",
                "postToTwitter | {\"accessToken\":\"t\",\"content\":{\"a\":1}} | Parameter \"content\" of tool \"postToTwitter\" must be a string",
                "refreshTwitterToken | {\"refreshToken\":\"\"} | Parameter \"refreshToken\" of tool \"refreshTwitterToken\" must not be empty",
                "refreshTwitterToken | {\"refreshToken\":17} | Parameter \"refreshToken\" of tool \"refreshTwitterToken\" must be a string",
                "likeTweet | {\"accessToken\":\"t\",\"tweetId\":\"../users/canary-7f3a9b0c1d2e\"} | Parameter \"tweetId\" of tool \"likeTweet\" must be 1 to 19 digits, those at the end of the post's address",
                "likeTweet | {\"accessToken\":\"t\",\"tweetId\":12} | Parameter \"tweetId\" of tool \"likeTweet\" must be a string",
                "listTwitterTweets | {\"accessToken\":\"t\",\"maxResults\":\"canary-7f3a9b0c1d2e\"} | Parameter \"maxResults\" of tool \"listTwitterTweets\" must be a whole number from 1 to 100",
                "listTwitterTweets | {\"accessToken\":\"t\",\"maxResults\":0} | Parameter \"maxResults\" of tool \"listTwitterTweets\" must be a whole number from 1 to 100",
                "listTwitterTweets | {\"accessToken\":\"t\",\"maxResults\":2.5} | Parameter \"maxResults\" of tool \"listTwitterTweets\" must be a whole number from 1 to 100",
                "listTwitterTweets | {\"accessToken\":\"t\",\"maxResults\":1e400} | Parameter \"maxResults\" of tool \"listTwitterTweets\" must be a whole number from 1 to 100",
                "listTwitterTweets | {\"accessToken\":\"t\",\"maxResults\":[]} | Parameter \"maxResults\" of tool \"listTwitterTweets\" must be a whole number from 1 to 100",
                "exchangeTwitterAuthCode | {\"code\":\"c\",\"codeVerifier\":\"canary-7f3a9b0c1d2e\",\"callbackUrl\":\"http://a/b\"} | Parameter \"codeVerifier\" of tool \"exchangeTwitterAuthCode\" must be what getTwitterAuthUrl returned: 43 to 128 letters, digits or ._~-",
                "getTwitterAuthUrl | {\"callbackUrl\":\"canary-7f3a9b0c1d2e\"} | Parameter \"callbackUrl\" of tool \"getTwitterAuthUrl\" must be an absolute URL without a fragment, registered with the X app",
                "getTwitterAuthUrl | {\"callbackUrl\":\"javascript:alert(1)\"} | Parameter \"callbackUrl\" of tool \"getTwitterAuthUrl\" must be an absolute URL without a fragment, registered with the X app",
                "getTwitterAuthUrl | {\"callbackUrl\":\"http://a/%\"} | Parameter \"callbackUrl\" of tool \"getTwitterAuthUrl\" must be an absolute URL without a fragment, registered with the X app",
                "getTwitterAuthUrl | {\"callbackUrl\":\"http://a/b\",\"state\":{}} | Parameter \"state\" of tool \"getTwitterAuthUrl\" must be a string"
            })
    void refusesValuesThatCannotBeUsed(String tool, String params, String error) {
        assertRefused(
                GUIDE.post("{\"toolName\":\"" + tool + "\",\"params\":" + params + "}"), error, "invalid_request");
    }

    @Test
    void refusesLongStatesAndQueries() {
        assertThat(GUIDE.execute("getTwitterAuthUrl", Map.of("callbackUrl", "http://a/b", "state", "s".repeat(501)))
                        .text("error"))
                .contains("\"state\"", "at most 500 characters");
        assertThat(GUIDE.execute("searchTwitter", Map.of("accessToken", "t", "query", "q".repeat(513)))
                        .text("error"))
                .contains("\"query\"", "at most 512 characters");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | 400 | invalid_request",
                "` ` | 400 | invalid_request",
                "{ | 400 | malformed_json",
                "{\"toolName\":\"canary-7f3a9b0c1d2e | 400 | malformed_json",
                "{\"toolName\":canary-7f3a9b0c1d2e} | 400 | malformed_json",
                "{\"toolName\":\"a\",\"toolName\":\"b\"} | 400 | malformed_json",
                "{} {} | 400 | malformed_json",
                "[] | 400 | invalid_request",
                "null | 400 | invalid_request",
                "\"canary-7f3a9b0c1d2e\" | 400 | invalid_request",
                "5 | 400 | invalid_request"
            })
    void refusesWhatIsNoJsonObject(String body, int status, String code) {
        Guide.Answer answer = GUIDE.post(body);
        assertThat(answer.status()).isEqualTo(status);
        assertEnvelope(answer, code);
    }

    @Test
    void refusesDeepAndHugeDocuments() {
        Guide.Answer deep = GUIDE.post(
                "{\"toolName\":\"postToTwitter\",\"params\":" + "[".repeat(60_000) + "]".repeat(60_000) + "}");
        assertThat(deep.status()).isEqualTo(400);
        assertEnvelope(deep, "malformed_json");
        Guide.Answer bombed = GUIDE.post(
                "{\"toolName\":\"postToTwitter\",\"params\":" + "{\"a\":".repeat(400) + "1" + "}".repeat(400) + "}");
        assertThat(bombed.text("error")).startsWith("Missing required parameter \"accessToken\"");
        Guide.Answer huge = GUIDE.post("{\"toolName\":\"" + "x".repeat(300_000) + "\"}");
        assertThat(huge.status()).isEqualTo(413);
        assertEnvelope(huge, "body_too_long");
        Guide.Answer digits =
                GUIDE.post("{\"toolName\":\"listTwitterTweets\",\"params\":{\"accessToken\":\"t\",\"maxResults\":1"
                        + "0".repeat(900) + "}}");
        assertThat(digits.status()).isEqualTo(400);
        assertEnvelope(digits, "invalid_request");
    }

    @Test
    void refusesWhatIsNotAnnouncedAsJson() {
        URI uri = GUIDE.uri().resolve("/mcp/execute");
        Guide.Answer answer = GUIDE.send(
                HttpRequest.newBuilder(uri)
                        .header("Content-Type", "text/plain")
                        .POST(BodyPublishers.ofString("{\"toolName\":\"canary-7f3a9b0c1d2e\"}"))
                        .build(),
                Optional.empty());
        assertThat(answer.status()).isEqualTo(415);
        assertEnvelope(answer, "not_json");
    }

    @Test
    void asksXNothingForAnyOfThis() {
        assertThat(GUIDE.x().ledger().requests()).isEmpty();
    }

    private static void assertRefused(Guide.Answer answer, String error, String code) {
        assertThat(answer.text("error")).isEqualTo(error);
        assertThat(answer.status()).isEqualTo(400);
        assertEnvelope(answer, code);
    }

    private static void assertEnvelope(Guide.Answer answer, String code) {
        JsonNode body = answer.body();
        assertThat(body.propertyNames())
                .containsExactly("success", "error", "message", "code", "retryable", "reauthRequired", "requestId");
        assertThat(body.path("success").booleanValue()).isFalse();
        assertThat(answer.text("message")).isEqualTo(answer.text("error")).isNotBlank();
        assertThat(answer.text("code")).isEqualTo(code);
        assertThat(body.path("retryable").booleanValue()).isFalse();
        assertThat(answer.text("requestId"))
                .isEqualTo(answer.raw().headers().firstValue("X-Request-Id").orElseThrow());
        assertThat(answer.raw().body()).doesNotContain(SECRET, "Exception", "at dev.roost", "tools.jackson");
        assertThat(String.join("\n", GUIDE.log())).doesNotContain(SECRET);
    }
}
