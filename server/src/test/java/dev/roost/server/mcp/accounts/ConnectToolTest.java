package dev.roost.server.mcp.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roost.core.Account;
import dev.roost.core.access.KeyScope;
import dev.roost.mcp.catalog.Ask;
import dev.roost.mcp.catalog.Changes.Change;
import dev.roost.server.TestServer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class ConnectToolTest {
    private static final String CONNECT = "twitter_connect_account";
    private static final TestCall PLAIN = TestCall.of(KeyScope.ACCOUNTS_WRITE);
    private static final TestCall OPENING = PLAIN.openingUrls();

    private final Stage stage = new Stage();

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void asksThePersonToOpenThePageWaitsAndReturnsTheAccount() {
        Ask ask = stage.asks(CONNECT, "{}", OPENING);
        assertThat(Stage.url(ask))
                .startsWith(stage.server.simulator().authorizeUri().toString());
        assertThat(Stage.message(ask)).contains("Roost keeps the tokens").contains("agree");
        for (int i = 0; i < 12; i++) {
            stage.meanwhile.add(() -> {});
        }
        stage.meanwhile.add(() -> stage.agrees(stage.ada, Stage.url(ask)));
        TestCall again = OPENING.answering(ask, "accept");
        JsonNode done = stage.ok(CONNECT, "{}", again);
        assertThat(done.path("status").asString()).isEqualTo("connected");
        assertThat(done.at("/account/username").asString()).isEqualTo("ada");
        assertThat(done.at("/account/state").asString()).isEqualTo("active");
        assertThat(again.told())
                .isNotEmpty()
                .allSatisfy(told -> assertThat(told).startsWith("Waiting for the person"));
    }

    @Test
    void overHttpALinkIsMadeForANamedUserOnlyAndSaysWhoAsks() {
        TestCall remote = PLAIN.remote();
        for (TestCall call : List.of(remote, remote.openingUrls())) {
            JsonNode error = stage.error(CONNECT, "{}", call);
            assertThat(error.path("code").asString()).isEqualTo("expected_user_missing");
            assertThat(error.path("error").asString())
                    .contains("\"account\" is missing")
                    .contains("connects the account of whoever opens it")
                    .contains("@username or X user id");
        }
        JsonNode begun = stage.ok(CONNECT, "{'account':'ada'}", remote);
        assertThat(begun.path("next").asString())
                .contains("signed in to X as @ada")
                .contains("the API key \"test\" (k123456789) asks for it");
        Ask ask = stage.asks(CONNECT, "{'account':'@grace'}", remote.openingUrls());
        assertThat(Stage.message(ask))
                .startsWith("the API key \"test\" (k123456789) asks to connect the X account @grace to Roost")
                .contains("If you did not ask for this, do not go on");
    }

    @Test
    void overHttpTheLinkConnectsNobodyButTheNamedUser() {
        TestCall remote = PLAIN.remote();
        JsonNode begun = stage.ok(CONNECT, "{'account':'@ada'}", remote);
        stage.agrees(stage.grace, begun.path("signInUrl").asString());
        String go = "{'continue':'" + begun.path("continue").asString() + "'}";
        JsonNode error = stage.error(CONNECT, go, remote);
        assertThat(error.path("code").asString()).isEqualTo("wrong_user");
        assertThat(stage.server.engine().accounts().all(Optional.empty(), 10)).isEmpty();
    }

    @Test
    void announcesTheNewAccount() {
        List<Change> heard = new CopyOnWriteArrayList<>();
        var _ = stage.changes.listen(heard::add);
        Ask ask = stage.asks(CONNECT, "{}", OPENING);
        stage.agrees(stage.ada, Stage.url(ask));
        stage.ok(CONNECT, "{}", OPENING.answering(ask, "accept"));
        assertThat(heard)
                .map(change -> ((Change.Content) change).uri())
                .contains("roost://accounts", "roost://accounts/@ada");
    }

    @Test
    void theStateHoldsTheSignInAndNothingThatIsSecret() {
        Ask ask = stage.asks(CONNECT, "{}", OPENING);
        JsonNode state = ask.state().orElseThrow();
        assertThat(state.propertyNames()).containsExactly("signIn", "bound");
        assertThat(state.path("signIn").asString()).matches("con_[0-9a-f]{20}");
        assertThat(state.toString()).doesNotContain("session-one").doesNotContain("code_challenge");
    }

    @Test
    void saysSoWhenThePersonDeclinesAndChangesNothing() {
        Account before = stage.server.connect(TestServer.ADA);
        for (String answer : new String[] {"decline", "cancel"}) {
            Ask ask = stage.asks(CONNECT, "{'account':'@ada'}", OPENING);
            JsonNode error = stage.error(CONNECT, "{'account':'@ada'}", OPENING.answering(ask, answer));
            assertThat(error.path("code").asString()).isEqualTo("sign_in_declined");
            assertThat(error.path("error").asString()).contains("nothing was changed, nothing revoked");
        }
        assertThat(stage.server.engine().accounts().find("@ada")).isEqualTo(before);
    }

    @Test
    void asksAgainWhenTheClientBringsTheStateWithoutTheAnswer() {
        Ask ask = stage.asks(CONNECT, "{'account':'@ada'}", OPENING);
        Ask again = stage.asks(CONNECT, "{'account':'@ada'}", OPENING.forgettingTheAnswer(ask));
        assertThat(again).isEqualTo(ask);
        stage.agrees(stage.ada, Stage.url(ask));
        JsonNode done = stage.ok(CONNECT, "{'account':'@ada'}", OPENING.answering(again, "accept"));
        assertThat(done.at("/account/username").asString()).isEqualTo("ada");
    }

    @Test
    void saysSoWhenThePersonSaysNoAtX() {
        Ask ask = stage.asks(CONNECT, "{}", OPENING);
        stage.server.client().get(stage.ada.refuses(Stage.url(ask)));
        JsonNode error = stage.error(CONNECT, "{}", OPENING.answering(ask, "accept"));
        assertThat(error.path("code").asString()).isEqualTo("sign_in_denied");
        assertThat(error.path("next").asString()).contains("Do not insist");
    }

    @Test
    void aStateOfAnotherSessionIsRefused() {
        Ask ask = stage.asks(CONNECT, "{}", OPENING);
        stage.agrees(stage.ada, Stage.url(ask));
        JsonNode error =
                stage.error(CONNECT, "{}", OPENING.session("session-two").answering(ask, "accept"));
        assertThat(error.path("code").asString()).isEqualTo("sign_in_not_found");
        assertThat(error.toString()).doesNotContain("ada");
    }

    @Test
    void aClientThatOpensNoPagesGetsALinkAndGoesOn() {
        JsonNode begun = stage.ok(CONNECT, "{}", PLAIN);
        assertThat(begun.path("status").asString()).isEqualTo("pending");
        String id = begun.path("continue").asString();
        assertThat(begun.path("next").asString()).contains("signInUrl").contains("continue " + id);
        String go = "{'continue':'" + id + "'}";

        JsonNode waiting = stage.ok(CONNECT, go, PLAIN);
        assertThat(waiting.path("status").asString()).isEqualTo("pending");
        assertThat(waiting.path("next").asString()).contains("continue " + id);

        JsonNode stranger = stage.error(CONNECT, go, PLAIN.session("session-two"));
        assertThat(stranger.path("code").asString()).isEqualTo("sign_in_not_found");

        stage.meanwhile.add(
                () -> stage.agrees(stage.ada, begun.path("signInUrl").asString()));
        JsonNode done = stage.ok(CONNECT, go, PLAIN);
        assertThat(done.at("/account/username").asString()).isEqualTo("ada");
        assertThat(stage.ok(CONNECT, go, PLAIN).at("/account/username").asString())
                .isEqualTo("ada");
    }

    @Test
    void anUnknownSignInIsSaidToBeUnknown() {
        JsonNode error = stage.error(CONNECT, "{'continue':'con_00000000000000000000'}", PLAIN);
        assertThat(error.path("code").asString()).isEqualTo("sign_in_not_found");
        assertThat(error.path("next").asString()).contains("without continue");
    }

    @Test
    void waitsFiveMinutesAndThenSaysHowToGoOn() {
        Ask ask = stage.asks(CONNECT, "{}", OPENING);
        JsonNode pending = stage.ok(CONNECT, "{}", OPENING.answering(ask, "accept"));
        assertThat(pending.path("status").asString()).isEqualTo("pending");
        String id = pending.path("continue").asString();
        assertThat(pending.path("next").asString()).contains("call twitter_connect_account with continue " + id);
        stage.agrees(stage.ada, Stage.url(ask));
        assertThat(stage.ok(CONNECT, "{'continue':'" + id + "'}", OPENING)
                        .at("/account/username")
                        .asString())
                .isEqualTo("ada");
    }

    @Test
    void aClientThatCallsAgainWithNothingInItsHandsFindsTheSignInThatWasFinished() {
        Ask first = stage.asks(CONNECT, "{}", OPENING);
        Ask again = stage.asks(CONNECT, "{}", OPENING);
        assertThat(Stage.url(again)).isEqualTo(Stage.url(first));
        assertThat(Stage.url(stage.asks(CONNECT, "{}", OPENING.session("session-two"))))
                .isNotEqualTo(Stage.url(first));
        assertThat(Stage.url(stage.asks(CONNECT, "{'account':'@grace'}", OPENING)))
                .isNotEqualTo(Stage.url(first));
        stage.agrees(stage.ada, Stage.url(first));
        assertThat(stage.ok(CONNECT, "{}", OPENING).at("/account/username").asString())
                .isEqualTo("ada");
        assertThat(Stage.url(stage.asks(CONNECT, "{}", OPENING)))
                .as("its end was told, so this is another account")
                .isNotEqualTo(Stage.url(first));
    }

    @Test
    void aSignInThatWasFinishedLongAgoIsNoAnswer() {
        Ask first = stage.asks(CONNECT, "{'account':'@ada'}", OPENING);
        stage.agrees(stage.ada, Stage.url(first));
        stage.server.advance(Duration.ofMinutes(10));
        assertThat(Stage.url(stage.asks(CONNECT, "{'account':'@ada'}", OPENING)))
                .isNotEqualTo(Stage.url(first));
    }

    @Test
    void aLostAccountNeedsItsPersonThoughTheSignInWasFinishedJustNow() {
        Ask first = stage.asks(CONNECT, "{'account':'@ada'}", OPENING);
        stage.agrees(stage.ada, Stage.url(first));
        Account ada = stage.server.engine().accounts().find("@ada");
        stage.server.simulator().revoke(TestServer.ADA);
        stage.server.engine().keeper().refreshNow(ada.id());
        Ask again = stage.asks(CONNECT, "{'account':'@ada'}", OPENING);
        assertThat(Stage.url(again)).isNotEqualTo(Stage.url(first));
    }

    @Test
    void aSignInThatNobodyFinishesExpires() {
        JsonNode begun = stage.ok(CONNECT, "{}", PLAIN);
        stage.server.advance(Duration.ofMinutes(10));
        JsonNode error =
                stage.error(CONNECT, "{'continue':'" + begun.path("continue").asString() + "'}", PLAIN);
        assertThat(error.path("code").asString()).isEqualTo("sign_in_expired");
    }

    @Test
    void anotherUserThanTheOneToSignInAgainIsRefused() {
        Account ada = stage.server.connect(TestServer.ADA);
        Ask ask = stage.asks(CONNECT, "{'account':'" + ada.id() + "'}", OPENING);
        stage.agrees(stage.grace, Stage.url(ask));
        JsonNode error = stage.error(CONNECT, "{'account':'" + ada.id() + "'}", OPENING.answering(ask, "accept"));
        assertThat(error.path("code").asString()).isEqualTo("wrong_user");
        assertThat(error.path("next").asString()).contains("switch user");
    }

    @Test
    void asksForMoreScopesBesideThoseThatTheAccountHas() {
        stage.server.connect(TestServer.ADA);
        Ask ask = stage.asks(CONNECT, "{'account':'@ada','scopes':['media.write']}", OPENING);
        assertThat(Stage.url(ask))
                .contains("media.write")
                .contains("tweet.write")
                .contains("offline.access");
        stage.agrees(stage.ada, Stage.url(ask));
        JsonNode done =
                stage.ok(CONNECT, "{'account':'@ada','scopes':['media.write']}", OPENING.answering(ask, "accept"));
        assertThat(done.at("/account/scopes").toString()).contains("media.write");
    }

    @Test
    void whoMayUseSomeAccountsConnectsNoOther() {
        Account ada = stage.server.connect(TestServer.ADA);
        TestCall limited = PLAIN.only(ada.id());
        assertThat(stage.error(CONNECT, "{}", limited).path("code").asString()).isEqualTo("account_not_covered");
        assertThat(stage.error(CONNECT, "{'account':'@grace'}", limited)
                        .path("code")
                        .asString())
                .isEqualTo("account_not_covered");
        assertThat(stage.ok(CONNECT, "{'account':'@ada'}", limited)
                        .path("status")
                        .asString())
                .isEqualTo("pending");
    }

    @Test
    void sendsNobodyToXWhenNobodyListensForTheAnswer() {
        stage.deaf = Optional.of("port 3001 is taken by another program; choose another: PORT=3002");
        JsonNode error = stage.error(CONNECT, "{}", OPENING);
        assertThat(error.path("code").asString()).isEqualTo("nobody_listens");
        assertThat(error.path("error").asString()).contains("port 3001 is taken");
    }

    @Test
    void waitingEndsWhenTheProcessStops() {
        Ask ask = stage.asks(CONNECT, "{'account':'@ada'}", OPENING);
        Instant before = stage.server.simulator().now();
        stage.meanwhile.add(() -> stage.stopping = true);
        JsonNode pending = stage.ok(CONNECT, "{'account':'@ada'}", OPENING.answering(ask, "accept"));
        assertThat(pending.path("status").asString()).isEqualTo("pending");
        assertThat(stage.server.simulator().now()).isBefore(before.plusSeconds(2));
    }

    @Test
    void waitingEndsAtOnceWhenTheClientCancels() {
        Ask ask = stage.asks(CONNECT, "{}", OPENING);
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> stage.tool(CONNECT)
                            .body()
                            .call(JsonMapper.shared().createObjectNode(), OPENING.answering(ask, "accept")))
                    .isInstanceOf(InterruptedException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }
}
