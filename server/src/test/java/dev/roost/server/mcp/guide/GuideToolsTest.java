package dev.roost.server.mcp.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roost.core.CallerApp;
import dev.roost.core.Scopes;
import dev.roost.core.access.KeyScope;
import dev.roost.mcp.catalog.Call;
import dev.roost.mcp.catalog.Content;
import dev.roost.mcp.catalog.ScopeMissingException;
import dev.roost.mcp.catalog.Tool;
import dev.roost.mcp.catalog.ToolResult;
import dev.roost.server.Door;
import dev.roost.server.TestServer;
import dev.roost.server.guide.tools.Toolbox;
import dev.roost.server.guide.tools.Workshop;
import dev.roost.server.mcp.stateless.QuietCall;
import dev.roost.simulator.Endpoint;
import dev.roost.simulator.Fault;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The guide's tools, called as an agent calls them. */
@Timeout(60)
final class GuideToolsTest {
    private final TestServer server = TestServer.start();
    private final List<Tool> tools = GuideTools.of(toolbox());
    private final String access =
            server.simulator().issue(TestServer.CLIENT_ID, TestServer.ADA).accessToken();

    @AfterEach
    void close() {
        server.close();
    }

    private Toolbox toolbox() {
        Door.X x = server.door().x();
        return new Toolbox(new Workshop(
                x.api(),
                x.signIn(),
                server.engine().callerRefreshes(),
                new CallerApp(x.tokens(), Optional.empty()),
                Scopes.DEFAULT,
                server.simulator()::now,
                System::nanoTime,
                new SecureRandom()));
    }

    @Test
    void offersTheTwelveToolsOfTheGuide() {
        assertThat(tools)
                .extracting(Tool::name)
                .containsExactly(
                        "getTwitterAuthUrl",
                        "exchangeTwitterAuthCode",
                        "refreshTwitterToken",
                        "postToTwitter",
                        "replyToTweet",
                        "listTwitterTweets",
                        "searchTwitter",
                        "likeTweet",
                        "retweetTweet",
                        "getTweetEngagement",
                        "deleteTweet",
                        "getUserMentions");
        Tool post = tool("postToTwitter");
        assertThat(post.title()).isEqualTo("Post to Twitter");
        assertThat(post.input().path("required").toString()).isEqualTo("[\"accessToken\",\"content\"]");
        assertThat(post.input().path("properties").path("content").path("type").stringValue())
                .isEqualTo("string");
        assertThat(post.hints()).isEqualTo(Tool.Hints.ADDS);
        assertThat(tool("deleteTweet").hints().destructive()).isTrue();
        assertThat(tool("searchTwitter").hints().readOnly()).isTrue();
    }

    @Test
    void givesResultsAsStructuredContent() {
        ToolResult result = call("postToTwitter", Map.of("accessToken", access, "content", "Hello"));
        assertThat(result.isError()).isFalse();
        assertThat(result.structured().orElseThrow().path("text").stringValue()).isEqualTo("Hello");
        assertThat(text(result)).isEqualTo(result.structured().orElseThrow().toString());
    }

    @Test
    void putsAListIntoAnObject() {
        ToolResult result = call("searchTwitter", Map.of("accessToken", access, "query", "nothing"));
        assertThat(text(result)).isEqualTo("{\"result\":[]}");
    }

    @Test
    void tellsFailuresWithMessageAndCode() {
        ToolResult refused = call("postToTwitter", Map.of("accessToken", "no-such-token", "content", "Hello"));
        assertThat(refused.isError()).isTrue();
        JsonNode told = refused.structured().orElseThrow();
        assertThat(told.propertyNames()).containsExactly("error", "code", "retryable", "reauthRequired", "upstream");
        assertThat(told.path("error").stringValue()).startsWith("Tweet creation unauthorized.");
        assertThat(told.path("code").stringValue()).isEqualTo("access_token_rejected");
        assertThat(text(refused)).isEqualTo(told.toString()).doesNotContain("no-such-token");
        server.simulator().queue(Fault.rateLimited(Endpoint.TWEETS, Duration.ofSeconds(42)));
        ToolResult limited = call("postToTwitter", Map.of("accessToken", access, "content", "Hello"));
        assertThat(limited.structured().orElseThrow().path("retryAfter").intValue())
                .isBetween(40, 42);
        ToolResult missing = call("postToTwitter", Map.of("accessToken", access));
        assertThat(text(missing))
                .contains(
                        "Missing required parameter \\\"content\\\" for tool \\\"postToTwitter\\\"",
                        "\"invalid_request\"");
    }

    @Test
    void answersNothingToAClientThatCancelled() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> tool("searchTwitter")
                        .body()
                        .call(arguments(Map.of("accessToken", access, "query", "cats")), new QuietCall()))
                .isInstanceOf(InterruptedException.class)
                .hasMessage("the client cancelled");
    }

    @Test
    void whoShowsAKeyNeedsTheScopeAsAtTheOtherDoor() throws InterruptedException {
        ObjectNode arguments = arguments(Map.of("accessToken", access, "query", "cats"));
        for (KeyScope scope : List.of(KeyScope.X_READ, KeyScope.ACCOUNTS_WRITE)) {
            assertThatThrownBy(() -> tool("searchTwitter").body().call(arguments, call(scope, false)))
                    .isInstanceOf(ScopeMissingException.class)
                    .hasMessageContaining("x:write");
        }
        for (Call allowed : List.of(call(KeyScope.X_WRITE, false), call(KeyScope.X_READ, true))) {
            assertThat(((ToolResult) tool("searchTwitter").body().call(arguments, allowed)).isError())
                    .isFalse();
        }
    }

    private static Call call(KeyScope scope, boolean present) {
        return new QuietCall(new QuietCall.Somebody(scope.text(), present));
    }

    private ToolResult call(String name, Map<String, String> arguments) {
        try {
            return (ToolResult) tool(name).body().call(arguments(arguments), new QuietCall());
        } catch (InterruptedException e) {
            throw new AssertionError("the call was interrupted", e);
        }
    }

    private static ObjectNode arguments(Map<String, String> values) {
        return JsonMapper.shared().valueToTree(values);
    }

    private Tool tool(String name) {
        return tools.stream()
                .filter(tool -> tool.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static String text(ToolResult result) {
        return ((Content.Text) result.content().getFirst()).text();
    }
}
