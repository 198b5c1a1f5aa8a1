package dev.roost.server.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.core.access.KeyScope;
import dev.roost.server.TestServer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** People who connect an account, or bring a lost one back, because an agent asked them over HTTP. */
@Timeout(60)
final class SignInByAgentTest {
    private static final KeyScope[] ALL = {
        KeyScope.ACCOUNTS_READ, KeyScope.ACCOUNTS_WRITE, KeyScope.X_READ, KeyScope.X_WRITE
    };
    private static final String ACCEPT = "{'action':'accept'}";
    private static final String PROGRESS = "{'progressToken':'p1'}";
    private static final String CONNECT = "twitter_connect_account";
    private static final String ADA = "{'account':'@ada'}";
    private static final String POST = "twitter_post_tweet";

    private final McpStage stage = new McpStage();

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void aSessionAsksItsPersonAndTheCallGoesOnByItself() {
        McpHttp.Session session = stage.with(ALL).initialize(McpHttp.OPENS_PAGES);
        Exchange call = session.call(CONNECT, ADA, PROGRESS);
        JsonNode asked = call.next("elicitation/create");
        assertThat(asked.at("/params/mode").asString()).isEqualTo("url");
        String elicitation = asked.at("/params/elicitationId").asString();
        assertThat(elicitation).isNotBlank();
        assertThat(asked.at("/params/message").asString()).contains("does not get them");
        session.answer(asked, ACCEPT);
        stage.looks.allow(10);
        JsonNode progress = call.next("notifications/progress");
        assertThat(progress.at("/params/progressToken").asString()).isEqualTo("p1");
        assertThat(progress.at("/params/message").asString()).startsWith("Waiting for the person to agree at X");
        stage.agrees(stage.ada, asked.at("/params/url").asString());
        stage.looks.allow(1);
        JsonNode complete = call.next("notifications/elicitation/complete");
        assertThat(complete.at("/params/elicitationId").asString()).isEqualTo(elicitation);
        JsonNode connected = call.content();
        assertThat(connected.path("status").asString()).isEqualTo("connected");
        assertThat(connected.at("/account/username").asString()).isEqualTo("ada");
        assertThat(call.rest()).isEmpty();
    }

    @Test
    void aClientOf2026AsksItsPersonAndTakesTheCallUpAgain() {
        McpHttp client = stage.with(ALL);
        JsonNode asked = client.call(CONNECT, ADA, McpHttp.OPENS_PAGES, McpHttp.json("{}"))
                .result();
        assertThat(asked.path("resultType").asString()).isEqualTo("input_required");
        assertThat(question(asked).has("elicitationId")).isFalse();
        ObjectNode retry = retry(asked);
        retry.set("_meta", McpHttp.json(PROGRESS));
        Exchange again = client.call(CONNECT, ADA, McpHttp.OPENS_PAGES, retry);
        stage.looks.allow(10);
        assertThat(again.next("notifications/progress").at("/params/total").asInt())
                .isEqualTo(300);
        stage.agrees(stage.ada, question(asked).path("url").asString());
        stage.looks.allow(1);
        assertThat(again.content().at("/account/username").asString()).isEqualTo("ada");
        assertThat(again.rest()).isEmpty();
    }

    private static JsonNode question(JsonNode asked) {
        JsonNode one = asked.path("inputRequests").values().iterator().next();
        assertThat(one.path("method").asString()).isEqualTo("elicitation/create");
        assertThat(one.at("/params/mode").asString()).isEqualTo("url");
        return one.path("params");
    }

    private static ObjectNode retry(JsonNode asked) {
        ObjectNode retry = McpHttp.json("{}")
                .put("requestState", asked.path("requestState").asString());
        ObjectNode responses = retry.putObject("inputResponses");
        asked.path("inputRequests").propertyNames().forEach(name -> responses.set(name, McpHttp.json(ACCEPT)));
        return retry;
    }

    @Test
    void aClientThatCanOnlyReadGetsALinkAndLooksAgainLater() {
        McpHttp client = stage.with(ALL);
        JsonNode pending = client.call(CONNECT, ADA).content();
        assertThat(pending.path("status").asString()).isEqualTo("pending");
        stage.agrees(stage.ada, pending.path("signInUrl").asString());
        JsonNode done = client.call(
                        CONNECT, "{'continue':'" + pending.path("continue").asString() + "'}")
                .content();
        assertThat(done.at("/account/username").asString()).isEqualTo("ada");

        McpHttp.Session session = stage.with(ALL).initialize("{}");
        JsonNode other = session.call(CONNECT, "{'account':'@grace'}").content();
        stage.agrees(stage.grace, other.path("signInUrl").asString());
        assertThat(session.call(
                                CONNECT,
                                "{'continue':'" + other.path("continue").asString() + "'}")
                        .content()
                        .at("/account/username")
                        .asString())
                .isEqualTo("grace");
    }

    @Test
    void aSessionThatTakesNoStreamIsToldThePageByAnErrorAndCallsAgain() {
        McpHttp.Session session = stage.with(ALL).initialize(McpHttp.OPENS_PAGES);
        JsonNode error = unstreamed(session).path("error");
        assertThat(error.path("code").asInt()).isEqualTo(-32042);
        stage.agrees(stage.ada, error.at("/data/elicitations/0/url").asString());
        assertThat(unstreamed(session)
                        .at("/result/structuredContent/account/username")
                        .asString())
                .isEqualTo("ada");
    }

    private JsonNode unstreamed(McpHttp.Session session) {
        return session.post(
                        McpHttp.json("{'jsonrpc':'2.0','id':900,'method':'tools/call','params':{'name':'" + CONNECT
                                + "','arguments':" + ADA + "}}"),
                        "application/json")
                .answer();
    }

    @Test
    void aSignInOfAnotherSessionIsRefused() {
        McpHttp client = stage.with(ALL);
        McpHttp.Session one = client.initialize("{}");
        JsonNode pending = one.call(CONNECT, ADA).content();
        stage.agrees(stage.ada, pending.path("signInUrl").asString());
        String follow = "{'continue':'" + pending.path("continue").asString() + "'}";
        for (Exchange strange : List.of(
                client.initialize("{}").call(CONNECT, follow), stage.with(ALL).call(CONNECT, follow))) {
            assertThat(strange.failure().path("code").asString()).isEqualTo("sign_in_not_found");
        }
        assertThat(one.call(CONNECT, follow).content().at("/account/username").asString())
                .isEqualTo("ada");
    }

    @Test
    void aSealedStateOfAnotherCallerIsRefused() {
        JsonNode asked = stage.with(ALL)
                .call(CONNECT, ADA, McpHttp.OPENS_PAGES, McpHttp.json("{}"))
                .result();
        stage.agrees(stage.ada, question(asked).path("url").asString());
        JsonNode error = stage.with(ALL)
                .call(CONNECT, ADA, McpHttp.OPENS_PAGES, retry(asked))
                .answer()
                .path("error");
        assertThat(error.path("code").asInt()).isEqualTo(-32602);
        assertThat(error.path("message").asString()).startsWith("requestState is not what this server gave");
    }

    @Test
    void aPostThatMeetsALostAccountIsMadeOnceAfterTheSignIn() {
        lose();
        McpHttp.Session session = stage.with(ALL).initialize(McpHttp.OPENS_PAGES);
        Exchange call = session.call(POST, "{'account':'@ada','text':'Hello'}");
        JsonNode asked = call.next("elicitation/create");
        assertThat(asked.at("/params/message").asString()).contains("@ada");
        session.answer(asked, ACCEPT);
        stage.agrees(stage.ada, asked.at("/params/url").asString());
        stage.looks.allow(1);
        assertThat(call.content().at("/data/text").asString()).isEqualTo("Hello");
        assertThat(stage.server.simulator().ledger().posts()).hasSize(1);
    }

    @Test
    void aPostOf2026IsMadeOnceAfterTheSignInTooAndNotByAnotherPerson() {
        lose();
        McpHttp client = stage.with(ALL);
        String post = "{'account':'@ada','text':'Hello'}";
        JsonNode first =
                client.call(POST, post, McpHttp.OPENS_PAGES, McpHttp.json("{}")).result();
        stage.agrees(stage.grace, question(first).path("url").asString());
        assertThat(client.call(POST, post, McpHttp.OPENS_PAGES, retry(first))
                        .failure()
                        .path("code")
                        .asString())
                .isEqualTo("wrong_user");
        assertThat(stage.server.simulator().ledger().posts()).isEmpty();
        JsonNode second =
                client.call(POST, post, McpHttp.OPENS_PAGES, McpHttp.json("{}")).result();
        stage.agrees(stage.ada, question(second).path("url").asString());
        assertThat(client.call(POST, post, McpHttp.OPENS_PAGES, retry(second))
                        .content()
                        .at("/data/text")
                        .asString())
                .isEqualTo("Hello");
        assertThat(stage.server.simulator().ledger().posts()).hasSize(1);
    }

    private void lose() {
        stage.server.connect(TestServer.ADA);
        stage.server.simulator().revoke(TestServer.ADA);
        stage.server.advance(Duration.ofHours(3));
    }

    @Test
    void aStateForOnePostIsNotTakenForAnother() {
        lose();
        McpHttp client = stage.with(ALL);
        JsonNode asked = client.call(POST, "{'account':'@ada','text':'Hello'}", McpHttp.OPENS_PAGES, McpHttp.json("{}"))
                .result();
        stage.agrees(stage.ada, question(asked).path("url").asString());
        JsonNode answer = client.call(
                        POST, "{'account':'@ada','text':'Something else'}", McpHttp.OPENS_PAGES, retry(asked))
                .answer();
        assertThat(answer.at("/error/code").asInt()).isEqualTo(-32602);
        assertThat(stage.server.simulator().ledger().posts()).isEmpty();
    }

    @Test
    void aPersonWhoDeclinesEndsTheCall() {
        McpHttp.Session session = stage.with(ALL).initialize(McpHttp.OPENS_PAGES);
        Exchange call = session.call(CONNECT, ADA);
        session.answer(call.next("elicitation/create"), "{'action':'decline'}");
        assertThat(call.failure().path("code").asString()).isEqualTo("sign_in_declined");
        assertThat(stage.with(ALL).call("twitter_list_accounts", "{}").content().path("accounts"))
                .isEmpty();
    }
}
