package dev.roost.server.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.core.access.KeyScope;
import dev.roost.server.TestServer;
import dev.roost.simulator.Endpoint;
import dev.roost.simulator.Fault;
import dev.roost.simulator.FaultKind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** News of accounts over HTTP, calls that are cancelled, and refreshes that are asked for twice. */
@Timeout(60)
final class StreamsTest {
    private static final String ADA = "roost://accounts/@ada";
    private static final String UPDATED = "notifications/resources/updated";

    private final McpStage stage = new McpStage();

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void aSessionHearsOfTheAccountThatItSubscribedTo() {
        stage.server.connect(TestServer.ADA);
        stage.server.connect(TestServer.GRACE);
        McpHttp.Session session = stage.with(KeyScope.ADMIN).initialize("{}");
        session.ask("resources/subscribe", McpHttp.json("{'uri':'" + ADA + "'}"))
                .result();
        Exchange news = session.listen();
        refresh("@grace");
        refresh("@ada");
        assertThat(news.next(UPDATED).at("/params/uri").asString()).isEqualTo(ADA);
        session.ask("resources/unsubscribe", McpHttp.json("{'uri':'" + ADA + "'}"))
                .result();
        session.ask("resources/subscribe", McpHttp.json("{'uri':'roost://accounts'}"))
                .result();
        refresh("@ada");
        assertThat(news.next(UPDATED).at("/params/uri").asString()).isEqualTo("roost://accounts");
    }

    @Test
    void aClientOf2026HearsOfTheAccountsThatItListensFor() {
        stage.server.connect(TestServer.ADA);
        McpHttp client = stage.with(KeyScope.ADMIN);
        Exchange news = client.ask(
                "subscriptions/listen",
                McpHttp.json("{'notifications':{'resourceSubscriptions':['" + ADA + "']}}"),
                "{}");
        JsonNode first = news.next("notifications/subscriptions/acknowledged");
        assertThat(first.at("/params/notifications/resourceSubscriptions/0").asString())
                .isEqualTo(ADA);
        stage.server.simulator().revoke(TestServer.ADA);
        stage.server.advance(Duration.ofHours(3));
        client.call("twitter_get_profile", "{'account':'@ada'}").failure();
        JsonNode updated = news.next(UPDATED);
        assertThat(updated.at("/params/uri").asString()).isEqualTo(ADA);
        assertThat(updated.at("/params/_meta").toString())
                .isEqualTo(first.at("/params/_meta").toString());
    }

    @Test
    void aSignInOfSomebodyElseIsNews() {
        McpHttp.Session session = stage.with(KeyScope.ADMIN).initialize("{}");
        session.ask("resources/subscribe", McpHttp.json("{'uri':'roost://accounts'}"))
                .result();
        Exchange news = session.listen();
        JsonNode pending = stage.with(KeyScope.ADMIN)
                .call("twitter_connect_account", "{'account':'@ada'}")
                .content();
        stage.agrees(stage.ada, pending.path("signInUrl").asString());
        assertThat(news.next(UPDATED).at("/params/uri").asString()).isEqualTo("roost://accounts");
    }

    private void refresh(String account) {
        stage.with(KeyScope.ADMIN)
                .call("twitter_refresh_token", "{'account':'" + account + "'}")
                .content();
    }

    @Test
    void aCallOfASessionThatIsCancelledStopsAndSaysNothingMore() throws InterruptedException {
        McpHttp.Session session = stage.local().initialize("{}");
        ObjectNode call = McpHttp.json("{'jsonrpc':'2.0','id':'slow','method':'tools/call'}");
        ObjectNode params = call.putObject("params").put("name", "twitter_get_user_tweets");
        params.set("arguments", ofAda());
        stage.server.simulator().queue(Fault.of(Endpoint.USERS, FaultKind.HOLD_BEFORE));
        Exchange slow = session.post(call);
        stage.server.simulator().awaitHeld(1);
        session.tell("notifications/cancelled", McpHttp.json("{'requestId':'slow','reason':'no'}"));
        assertThat(stage.awaitWorkEnded()).isEqualTo("interrupted");
        stage.server.simulator().release();
        assertThat(slow.rest()).noneMatch(message -> message.has("result") || message.has("error"));
        assertThat(session.call("twitter_get_user_tweets", ofAda().toString())
                        .result()
                        .path("isError")
                        .asBoolean())
                .isFalse();
    }

    private ObjectNode ofAda() {
        String token = stage.server
                .simulator()
                .issue(TestServer.CLIENT_ID, TestServer.ADA)
                .accessToken();
        return McpHttp.json("{'username':'ada'}").put("twitter_access_token", token);
    }

    @Test
    void aCallOf2026StopsWhenTheClientHangsUp() throws InterruptedException {
        stage.server.simulator().queue(Fault.of(Endpoint.USERS, FaultKind.HOLD_BEFORE));
        Exchange slow = stage.local().call("twitter_get_user_tweets", ofAda().toString());
        stage.server.simulator().awaitHeld(1);
        slow.hangUp();
        assertThat(stage.awaitWorkEnded()).isEqualTo("interrupted");
        stage.server.simulator().release();
    }

    @Test
    void waitingForAPersonStopsWhenTheClientCancels() throws InterruptedException {
        McpHttp.Session session = stage.with(KeyScope.ADMIN).initialize(McpHttp.OPENS_PAGES);
        ObjectNode call = McpHttp.json("{'jsonrpc':'2.0','id':77,'method':'tools/call','params':"
                + "{'name':'twitter_connect_account','arguments':{'account':'@ada'}}}");
        Exchange waiting = session.post(call);
        JsonNode asked = waiting.next("elicitation/create");
        assertThat(stage.awaitWorkEnded()).isEqualTo("returned");
        session.answer(asked, "{'action':'accept'}");
        stage.looks.allow(1);
        session.tell("notifications/cancelled", McpHttp.json("{'requestId':77}"));
        assertThat(stage.awaitWorkEnded()).isEqualTo("interrupted");
        assertThat(waiting.rest()).isEmpty();
        stage.agrees(stage.ada, asked.at("/params/url").asString());
        assertThat(stage.with(KeyScope.ADMIN)
                        .call("twitter_list_accounts", "{}")
                        .content()
                        .path("accounts"))
                .hasSize(1);
    }

    @Test
    void aRefreshThatIsAskedForTwiceBringsTheSamePair() {
        String token = stage.server
                .simulator()
                .issue(TestServer.CLIENT_ID, TestServer.ADA)
                .refreshToken();
        String arguments =
                "{'twitter_refresh_token':'" + token + "','twitter_client_id':'" + TestServer.CLIENT_ID + "'}";
        List<String> answers = List.of(
                text(stage.local().call("twitter_refresh_token", arguments)),
                text(stage.local().initialize("{}").call("twitter_refresh_token", arguments)));
        assertThat(pair(answers.getFirst())).isEqualTo(pair(answers.getLast()));
        assertThat(stage.server.simulator().ledger().timesPresented(token)).isEqualTo(1);
    }

    private static String text(Exchange call) {
        JsonNode result = call.result();
        assertThat(result.path("isError").asBoolean()).as(result.toString()).isFalse();
        return result.at("/content/0/text").asString();
    }

    private static List<String> pair(String json) {
        JsonNode answer = McpHttp.json(json);
        return List.of(
                answer.path("access_token").asString(),
                answer.path("refresh_token").asString());
    }
}
