package dev.roost.server.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.server.openapi.OpenApi;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What there is, as the guide's users find it. */
final class ListingTest {
    /** Name and parameters of each tool, in order; a question mark follows those that may be left out. */
    private static final List<String> TOOLS = List.of(
            "getTwitterAuthUrl callbackUrl state?",
            "exchangeTwitterAuthCode code codeVerifier callbackUrl",
            "refreshTwitterToken refreshToken",
            "postToTwitter accessToken content",
            "replyToTweet accessToken tweetId content",
            "listTwitterTweets accessToken maxResults?",
            "searchTwitter accessToken query maxResults?",
            "likeTweet accessToken tweetId",
            "retweetTweet accessToken tweetId",
            "getTweetEngagement accessToken tweetId",
            "deleteTweet accessToken tweetId",
            "getUserMentions accessToken maxResults?");

    private final Guide guide = Guide.start();

    @AfterEach
    void stop() {
        guide.close();
    }

    @Test
    void listsTheTwelveToolsWithTheirParametersInOrder() {
        Guide.Answer answer = guide.get("/mcp/tools");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().isArray()).isTrue();
        assertThat(answer.body().values().stream().map(ListingTest::signature)).containsExactlyElementsOf(TOOLS);
        for (JsonNode tool : answer.body()) {
            assertThat(tool.propertyNames()).containsExactly("name", "description", "inputSchema");
            assertThat(tool.path("inputSchema").path("type").asString("")).isEqualTo("object");
            tool.path("inputSchema")
                    .path("properties")
                    .properties()
                    .forEach(param -> assertThat(param.getValue().path("type").asString(""))
                            .isEqualTo(param.getKey().equals("maxResults") ? "number" : "string"));
        }
    }

    @Test
    void listsTheResource() {
        JsonNode body = guide.get("/mcp/resources").body();
        assertThat(body).hasSize(1);
        assertThat(body.path(0).propertyNames()).containsExactly("name", "description");
        assertThat(body.path(0).path("name").asString("")).isEqualTo("getTwitterProfile");
    }

    @Test
    void describesTheSameToolsInOpenApi() {
        List<String> described = OpenApi.document("test").at("/components/schemas/GuideCall/oneOf").values().stream()
                .map(call ->
                        signature(call.at("/properties/toolName/const").asString(""), call.at("/properties/params")))
                .toList();
        assertThat(described)
                .containsAll(TOOLS)
                .contains("getTwitterProfile accessToken")
                .hasSize(TOOLS.size() + 1);
    }

    @Test
    void saysWhatItIs() {
        assertThat(guide.get("/mcp/info").body().toString())
                .isEqualTo("{\"name\":\"mcpsocial\",\"version\":\"1.2.3\",\"protocolVersion\":\"1.0\","
                        + "\"capabilities\":{\"tools\":true,\"resources\":true},\"server\":\"roost\"}");
        JsonNode root = guide.get("/").body();
        Map<String, String> texts = new TreeMap<>();
        root.properties()
                .forEach(member -> texts.put(member.getKey(), member.getValue().asString("")));
        assertThat(texts)
                .containsEntry("name", "roost")
                .containsEntry("version", "1.2.3")
                .containsEntry("store", "abc")
                .containsEntry("message", "MCPSocial Server is running!")
                .containsEntry("protocolVersion", "1.0");
        assertThat(root.path("endpoints").propertyNames()).containsExactly("api", "mcpV1", "mcpLegacy");
    }

    private static String signature(JsonNode tool) {
        return signature(tool.path("name").asString(""), tool.path("inputSchema"));
    }

    private static String signature(String name, JsonNode schema) {
        List<String> required = schema.path("required").values().stream()
                .map(param -> param.asString(""))
                .toList();
        StringBuilder text = new StringBuilder(name);
        schema.path("properties")
                .propertyNames()
                .forEach(param -> text.append(' ').append(param).append(required.contains(param) ? "" : "?"));
        return text.toString();
    }
}
