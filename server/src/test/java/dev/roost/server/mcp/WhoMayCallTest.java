package dev.roost.server.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.core.Account;
import dev.roost.core.access.KeyScope;
import dev.roost.server.TestServer;
import dev.roost.server.mcp.accounts.Family;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** Who may call which tool over HTTP, in both eras, and what those are told who may not. */
@Timeout(60)
final class WhoMayCallTest {
    private final McpStage stage = new McpStage();

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void aLocalCallerNeedsNoKeyForTheToolsThatTakeTokens() {
        McpHttp client = stage.local();
        McpHttp.Session session = client.initialize("{}");
        for (Map.Entry<String, String> call : stateless().entrySet()) {
            Exchange modern = client.call(call.getKey(), call.getValue());
            succeeds(modern);
        }
        for (Map.Entry<String, String> call : stateless().entrySet()) {
            Exchange legacy = session.call(call.getKey(), call.getValue().replace("Hello", "Hello again"));
            succeeds(legacy);
        }
        assertThat(stage.server.simulator().ledger().posts()).hasSize(6);
    }

    private static void succeeds(Exchange exchange) {
        JsonNode result = exchange.result();
        assertThat(result.path("isError").asBoolean()).as(result.toString()).isFalse();
    }

    private Map<String, String> stateless() {
        var pair = stage.server.simulator().issue(TestServer.CLIENT_ID, TestServer.ADA);
        String refresh = stage.server
                .simulator()
                .issue(TestServer.CLIENT_ID, TestServer.GRACE)
                .refreshToken();
        String token = "'twitter_access_token':'" + pair.accessToken() + "'";
        String post = stage.server.simulator().addPost("grace", "birds @ada").id();
        return Map.of(
                "twitter_refresh_token",
                "{'twitter_refresh_token':'" + refresh + "','twitter_client_id':'" + TestServer.CLIENT_ID + "'}",
                "twitter_search_tweets",
                "{" + token + ",'query':'birds'}",
                "twitter_get_user_tweets",
                "{" + token + ",'username':'ada'}",
                "twitter_get_user_replies",
                "{" + token + ",'user_id':'1001'}",
                "twitter_post_tweet",
                "{" + token + ",'text':'Hello'}",
                "twitter_reply_to_tweet",
                "{" + token + ",'tweet_id':'" + post + "','text':'Hello, yes'}");
    }

    @Test
    void aLocalCallerIsToldWhatTheToolsByAccountNeed() {
        stage.server.connect(TestServer.ADA);
        McpHttp client = stage.local();
        refused(client.call("twitter_list_accounts", "{}"), 401, "accounts:read");
        refused(client.call("twitter_post_tweet", "{'account':'@ada','text':'Hello'}"), 401, "x:write");
        refused(client.initialize("{}").call("twitter_get_profile", "{}"), 401, "x:read");
        refused(client.ask("resources/read", McpHttp.json("{'uri':'roost://accounts'}"), "{}"), 401, "accounts:read");
        assertThat(stage.server.simulator().ledger().posts()).isEmpty();
    }

    private static void refused(Exchange exchange, int status, String scope) {
        JsonNode answer = exchange.answer();
        assertThat(exchange.status()).as(answer.toString()).isEqualTo(status);
        assertThat(exchange.header("WWW-Authenticate")).startsWith("Bearer");
        assertThat(answer.path("jsonrpc").asString()).isEqualTo("2.0");
        assertThat(answer.path("id").asInt(-1)).as("the id of the request").isPositive();
        assertThat(answer.at("/error/message").asString()).contains(scope).contains("API key");
    }

    @Test
    void aKeyWithTooFewScopesIsToldWhichAreMissing() {
        stage.server.connect(TestServer.ADA);
        McpHttp client = stage.with(KeyScope.ACCOUNTS_READ);
        for (Exchange exchange : List.of(
                client.call("twitter_get_profile", "{}"),
                client.initialize("{}").call("twitter_get_profile", "{}"))) {
            refused(exchange, 403, "x:read");
            assertThat(exchange.header("WWW-Authenticate"))
                    .isEqualTo("Bearer error=\"insufficient_scope\", scope=\"x:read\"");
        }
        assertThat(client.call("twitter_list_accounts", "{}").content().path("accounts"))
                .hasSize(1);
    }

    @Test
    void aKeyForOneAccountHearsOfNoOther() {
        Account ada = stage.server.connect(TestServer.ADA);
        Account grace = stage.server.connect(TestServer.GRACE);
        String all = "'roost://accounts','roost://accounts/@ada','roost://accounts/@grace','roost://accounts/"
                + ada.id() + "','roost://accounts/" + grace.id() + "'";
        String listening = "{'notifications':{'resourceSubscriptions':[" + all + "]}}";
        assertThat(heard(stage.limitedTo(ada.id(), KeyScope.ACCOUNTS_READ), listening))
                .containsExactlyInAnyOrder("roost://accounts", "roost://accounts/@ada", "roost://accounts/" + ada.id());
        assertThat(heard(stage.with(KeyScope.X_READ), listening)).isEmpty();
        assertThat(heard(stage.local(), listening)).isEmpty();
    }

    private static List<String> heard(McpHttp client, String listening) {
        return client.ask("subscriptions/listen", McpHttp.json(listening), "{}")
                .next("notifications/subscriptions/acknowledged")
                .at("/params/notifications/resourceSubscriptions")
                .valueStream()
                .map(JsonNode::asString)
                .toList();
    }

    /** Often, since what is lost when a refused body is not read to its end is lost by chance. */
    @RepeatedTest(50)
    void onlyWhoMayUploadSendsLongMessages() {
        String padding = "{'pad':'" + "x".repeat(300_000) + "'}";
        Exchange refused = stage.with(KeyScope.X_READ).ask("server/discover", McpHttp.json(padding), "{}");
        assertThat(refused.status()).isEqualTo(413);
        assertThat(refused.answer().at("/error/message").asString())
                .contains("longer than 262144 bytes")
                .contains("x:write, which may send 8388608");
        assertThat(stage.with(KeyScope.X_WRITE)
                        .ask("server/discover", McpHttp.json(padding), "{}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aKeyThatNobodyHasIsRefusedBeforeTheProtocol() {
        Exchange exchange =
                stage.client(Optional.of(TestServer.strangersKey().expose())).call("twitter_search_tweets", "{}");
        assertThat(exchange.answer().at("/error/code").asInt()).isEqualTo(401);
        assertThat(exchange.status()).isEqualTo(401);
        assertThat(exchange.header("WWW-Authenticate")).contains("invalid_token");
    }

    @Test
    void aKeyForOneAccountLearnsOfNoOther() {
        Account ada = stage.server.connect(TestServer.ADA);
        Account grace = stage.server.connect(TestServer.GRACE);
        McpHttp client = stage.limitedTo(ada.id(), KeyScope.ACCOUNTS_READ, KeyScope.X_READ, KeyScope.ACCOUNTS_WRITE);
        assertThat(client.call("twitter_list_accounts", "{}")
                        .content()
                        .at("/accounts/0/username")
                        .asString())
                .isEqualTo("ada");
        String all = read(client, "roost://accounts").result().toString();
        assertThat(all)
                .contains("ada")
                .doesNotContain("grace")
                .doesNotContain(grace.id().value());
        assertThat(read(client, "roost://accounts/@grace")
                        .answer()
                        .at("/error/message")
                        .asString())
                .isEqualTo(read(client, "roost://accounts/@nobody")
                        .answer()
                        .at("/error/message")
                        .asString());
        for (String argument : List.of("@grace", "@nobody", grace.id().value())) {
            JsonNode failure = client.call("twitter_get_profile", "{'account':'" + argument + "'}")
                    .failure();
            assertThat(failure.path("code").asString()).isEqualTo("account_not_covered");
        }
        assertThat(client.call("twitter_connect_account", "{}")
                        .failure()
                        .path("code")
                        .asString())
                .isEqualTo("account_not_covered");
        assertThat(proposed(client, "")).containsExactly("@ada");
        assertThat(proposed(client, "@gr")).isEmpty();
        assertThat(proposed(stage.with(KeyScope.ACCOUNTS_READ), "")).containsExactlyInAnyOrder("@ada", "@grace");
        assertThat(proposed(stage.local(), "")).isEmpty();
    }

    private static Exchange read(McpHttp client, String uri) {
        return client.ask("resources/read", McpHttp.json("{'uri':'" + uri + "'}"), "{}");
    }

    private static List<String> proposed(McpHttp client, String typed) {
        JsonNode result = client.ask(
                        "completion/complete",
                        McpHttp.json("{'ref':{'type':'ref/resource','uri':'roost://accounts/{account}'},"
                                + "'argument':{'name':'account','value':'" + typed + "'}}"),
                        "{}")
                .result();
        return result.at("/completion/values")
                .valueStream()
                .map(JsonNode::asString)
                .toList();
    }

    @Test
    void aSessionIsOfNoUseToAnotherCaller() {
        McpHttp.Session session = stage.with(KeyScope.ADMIN).initialize("{}");
        Exchange stolen = stage.with(KeyScope.ADMIN)
                .send(
                        "POST",
                        Optional.of("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}"),
                        Map.of("Mcp-Session-Id", session.id()));
        assertThat(stolen.status()).isEqualTo(404);
        assertThat(stolen.answer().at("/error/message").asString()).contains("no such session");
    }

    @Test
    void offersTheFamiliesThatWereChosen() {
        assertThat(tools(Set.of(Family.STATELESS))).hasSize(6).allMatch(name -> name.startsWith("twitter_"));
        assertThat(tools(Family.DEFAULT)).hasSize(10).contains("twitter_connect_account");
        assertThat(tools(Set.of(Family.READ))).contains("twitter_get_profile").doesNotContain("twitter_post_tweet");
        assertThat(tools(Set.of(Family.MCPSOCIAL))).hasSize(12).contains("postToTwitter");
        assertThat(tools(Family.ALL)).doesNotContain("postToTwitter");
    }

    private static List<String> tools(Set<Family> families) {
        try (McpStage stage = new McpStage(families)) {
            McpHttp client = stage.local();
            List<String> modern = names(client.ask("tools/list", McpHttp.json("{}"), "{}"));
            assertThat(names(client.initialize("{}").ask("tools/list", McpHttp.json("{}"))))
                    .isEqualTo(modern);
            Exchange other = client.call("twitter_no_such_tool", "{}");
            assertThat(other.answer().at("/error/code").asInt()).isEqualTo(-32602);
            return modern;
        }
    }

    private static List<String> names(Exchange list) {
        return list.result()
                .path("tools")
                .valueStream()
                .map(tool -> tool.path("name").asString())
                .toList();
    }
}
