package dev.roost.server.mcp.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.core.access.KeyScope;
import dev.roost.mcp.catalog.Ask;
import dev.roost.mcp.catalog.ToolOutcome;
import dev.roost.server.TestServer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Calls that meet an account whose grant is gone. */
final class ReauthorizingTest {
    private static final TestCall PLAIN = TestCall.of(KeyScope.X_READ, KeyScope.X_WRITE, KeyScope.ACCOUNTS_READ);
    private static final TestCall OPENING = PLAIN.openingUrls();

    private final Stage stage = new Stage();

    @BeforeEach
    void lose() {
        stage.server.connect(TestServer.ADA);
        stage.server.simulator().revoke(TestServer.ADA);
        stage.server.advance(Duration.ofHours(3));
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void theCallGoesOnByItselfOnceThePersonHasSignedIn() {
        Ask ask = stage.asks("twitter_get_profile", "{}", OPENING);
        assertThat(Stage.message(ask)).contains("@ada").contains("sign in again");
        stage.meanwhile.add(() -> stage.agrees(stage.ada, Stage.url(ask)));
        JsonNode profile = stage.ok("twitter_get_profile", "{}", OPENING.answering(ask, "accept"));
        assertThat(profile.path("username").asString()).isEqualTo("ada");
    }

    @Test
    void aPostIsMadeOnceAfterTheSignIn() {
        Ask ask = (Ask) post(OPENING);
        assertThat(stage.server.simulator().ledger().posts()).isEmpty();
        stage.agrees(stage.ada, Stage.url(ask));
        JsonNode posted = Stage.ok(post(OPENING.answering(ask, "accept")));
        assertThat(posted.at("/data/text").asString()).isEqualTo("hello");
        assertThat(stage.server.simulator().ledger().posts()).hasSize(1);
    }

    @Test
    void aStateThatComesTwicePublishesOnce() {
        Ask ask = (Ask) post(OPENING);
        stage.agrees(stage.ada, Stage.url(ask));
        JsonNode first = Stage.ok(post(OPENING.answering(ask, "accept")));
        JsonNode second = Stage.ok(post(OPENING.answering(ask, "accept")));
        assertThat(second.at("/data/id")).isEqualTo(first.at("/data/id"));
        assertThat(second.path("reconciled").asBoolean()).isTrue();
        assertThat(stage.server.simulator().ledger().posts()).hasSize(1);
    }

    private ToolOutcome post(TestCall call) {
        return Stage.done(() -> stage.tools.byAccount().post("@ada", "hello", Optional.empty(), List.of(), call));
    }

    @Test
    void twoCallsShareOneSignIn() {
        Ask one = stage.asks("twitter_get_profile", "{}", OPENING);
        Ask other = stage.asks("twitter_get_my_tweets", "{}", OPENING.session("session-two"));
        assertThat(Stage.url(one)).isEqualTo(Stage.url(other));
        stage.agrees(stage.ada, Stage.url(one));
        stage.ok("twitter_get_profile", "{}", OPENING.answering(one, "accept"));
        stage.ok("twitter_get_my_tweets", "{}", OPENING.session("session-two").answering(other, "accept"));
    }

    @Test
    void aClientThatOpensNoPagesGetsTheLinkOfASignInOfThatVeryUser() {
        JsonNode error = stage.error("twitter_get_profile", "{}", PLAIN);
        assertThat(error.path("code").asString()).isEqualTo("needs_reauthorization");
        assertThat(error.path("error").asString()).contains("@ada").contains("twitter_connect_account");
        stage.agrees(stage.grace, error.path("signInUrl").asString());
        JsonNode still = stage.error("twitter_get_profile", "{}", PLAIN);
        stage.agrees(stage.ada, still.path("signInUrl").asString());
        stage.ok("twitter_get_profile", "{'account':'@ada'}", PLAIN);
    }

    @Test
    void theStatusSaysWhatToDo() {
        stage.error("twitter_get_profile", "{}", PLAIN);
        JsonNode status = stage.ok("twitter_account_status", "{}", PLAIN);
        assertThat(status.at("/account/state").asString()).isEqualTo("needs_reauthorization");
        assertThat(status.at("/account/next").asString()).contains("twitter_connect_account with account @ada");
        assertThat(status.toString()).doesNotContain("roost connect");
    }

    @Test
    void declinedMeansThatNothingIsDone() {
        Ask ask = (Ask) post(OPENING);
        JsonNode error = Stage.error(post(OPENING.answering(ask, "decline")));
        assertThat(error.path("code").asString()).isEqualTo("sign_in_declined");
        assertThat(stage.server.simulator().ledger().posts()).isEmpty();
    }

    @Test
    void asksAgainWhenTheClientBringsTheStateWithoutTheAnswer() {
        Ask ask = (Ask) post(OPENING);
        assertThat(post(OPENING.forgettingTheAnswer(ask))).isEqualTo(ask);
        assertThat(stage.server.simulator().ledger().posts()).isEmpty();
    }

    @Test
    void anotherUserIsRefusedAndTheCallNotMade() {
        Ask ask = stage.asks("twitter_get_profile", "{}", OPENING);
        stage.agrees(stage.grace, Stage.url(ask));
        JsonNode error = stage.error("twitter_get_profile", "{}", OPENING.answering(ask, "accept"));
        assertThat(error.path("code").asString()).isEqualTo("wrong_user");
    }

    @Test
    void aStateOfAnotherSessionIsRefused() {
        Ask ask = stage.asks("twitter_get_profile", "{}", OPENING);
        stage.agrees(stage.ada, Stage.url(ask));
        JsonNode error = stage.error(
                "twitter_get_profile", "{}", OPENING.session("session-two").answering(ask, "accept"));
        assertThat(error.path("code").asString()).isEqualTo("sign_in_not_found");
    }

    @Test
    void saysThatItWaitsStillAfterFiveMinutes() {
        Ask ask = stage.asks("twitter_get_profile", "{}", OPENING);
        JsonNode error = stage.error("twitter_get_profile", "{}", OPENING.answering(ask, "accept"));
        assertThat(error.path("code").asString()).isEqualTo("sign_in_pending");
        assertThat(error.path("retryable").asBoolean()).isTrue();
    }
}
