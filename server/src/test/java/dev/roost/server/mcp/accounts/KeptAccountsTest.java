package dev.roost.server.mcp.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roost.core.Account;
import dev.roost.core.access.KeyScope;
import dev.roost.mcp.catalog.ScopeMissingException;
import dev.roost.mcp.catalog.ToolOutcome;
import dev.roost.server.TestServer;
import dev.roost.server.mcp.ByAccount;
import dev.roost.server.mcp.ByAccount.User;
import dev.roost.simulator.Endpoint;
import dev.roost.simulator.Fault;
import dev.roost.simulator.FaultKind;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What the tools of mcp-twitter-noauth do for an account. */
final class KeptAccountsTest {
    private static final TestCall CALL = TestCall.of(KeyScope.X_READ, KeyScope.X_WRITE, KeyScope.ACCOUNTS_WRITE);
    private static final User GRACE = new User.Name("grace");

    private final Stage stage = new Stage();
    private final ByAccount tools = stage.tools.byAccount();
    private Account ada;

    @BeforeEach
    void connect() {
        ada = stage.server.connect(TestServer.ADA);
    }

    @AfterEach
    void close() {
        stage.close();
    }

    private ToolOutcome outcome(Stage.Interruptible<ToolOutcome> work) {
        ToolOutcome outcome = Stage.done(work);
        stage.keep(outcome);
        return outcome;
    }

    private JsonNode ok(Stage.Interruptible<ToolOutcome> work) {
        return Stage.ok(outcome(work));
    }

    private JsonNode error(Stage.Interruptible<ToolOutcome> work) {
        return Stage.error(outcome(work));
    }

    @Test
    void refreshesAndTellsNoToken() {
        JsonNode done = ok(() -> tools.refresh("@ada", CALL));
        assertThat(done.path("status").asString()).isEqualTo("success");
        assertThat(done.path("account").asString()).isEqualTo(ada.id().value());
        assertThat(done.path("refreshed").asBoolean()).isTrue();
        assertThat(done.path("expires_at").asString()).endsWith("Z");
        assertThat(done.path("expires_in").asInt()).isBetween(7100, 7200);
        assertThat(done.has("access_token")).isFalse();
    }

    @Test
    void aRefreshThatXTurnsAwayKeepsTheGrantAndSaysWhenToAskAgain() {
        stage.server.simulator().queue(Fault.of(Endpoint.TOKEN, FaultKind.STATUS_429));
        JsonNode error = error(() -> tools.refresh("@ada", CALL));
        assertThat(error.path("code").asString()).isEqualTo("x_throttled");
        assertThat(error.path("error").asString()).contains("its grant is kept");
        assertThat(error.path("retryAfterSeconds").asInt()).isPositive();
    }

    @Test
    void searchesWithXsOwnDocument() {
        stage.server.simulator().addPost("grace", "a roost for birds");
        JsonNode found = ok(() -> tools.search("@ada", "roost", 10, CALL));
        assertThat(found.at("/data/0/text").asString()).isEqualTo("a roost for birds");
        assertThat(found.at("/includes/users/0/username").asString()).isEqualTo("grace");
        assertThat(found.at("/meta/result_count").asInt()).isEqualTo(1);
    }

    @Test
    void listsPostsAndRepliesOfAUserByNameOrId() {
        String first = stage.server.simulator().addPost("ada", "first").id();
        stage.server.simulator().addReply("grace", "an answer", first);
        JsonNode byName = ok(() -> tools.tweets("@ada", GRACE, 5, CALL));
        JsonNode byId = ok(() -> tools.tweets("@ada", new User.Id(TestServer.GRACE), 5, CALL));
        assertThat(byName).isEqualTo(byId);
        assertThat(byName.at("/data/0/text").asString()).contains("an answer");
        JsonNode replies = ok(() -> tools.replies("@ada", GRACE, 10, CALL));
        assertThat(replies.at("/data/0/text").asString()).contains("an answer");
    }

    @Test
    void saysWhatIsAllowedWhenANumberIsOutOfRange() {
        JsonNode error = error(() -> tools.search("@ada", "roost", 5, CALL));
        assertThat(error.path("code").asString()).isEqualTo("invalid_request");
        assertThat(error.path("error").asString()).contains("max_results is 5; allowed is 10 to 100");
    }

    @Test
    void saysSoWhenThereIsNoSuchUser() {
        JsonNode error = error(() -> tools.tweets("@ada", new User.Name("nobody_here"), 5, CALL));
        assertThat(error.path("code").asString()).isEqualTo("x_not_found");
    }

    @Test
    void postsAndReplies() {
        String id = ok(() -> tools.post("@ada", "Hello", Optional.empty(), List.of(), CALL))
                .at("/data/id")
                .asString();
        JsonNode reply = ok(() -> tools.post("@ada", "Hello again", Optional.of(id), List.of(), CALL));
        assertThat(reply.at("/data/text").asString()).isEqualTo("Hello again");
        assertThat(reply.has("reconciled")).isFalse();
    }

    @Test
    void postsWhatWasUploaded() {
        stage.server.connect(
                TestServer.ADA, "tweet.read", "tweet.write", "users.read", "offline.access", "media.write");
        String media = stage.ok("twitter_upload_media", "{'data':'AQIDBAU=','media_type':'image/png'}", CALL)
                .path("id")
                .asString();
        ok(() -> tools.post("@ada", "look", Optional.empty(), List.of(media), CALL));
        assertThat(stage.server.simulator().ledger().posts().getFirst().toString())
                .contains(media);
        JsonNode error =
                error(() -> tools.post("@ada", "look", Optional.empty(), List.of("1", "2", "3", "4", "5"), CALL));
        assertThat(error.path("code").asString()).isEqualTo("invalid_request");
        assertThat(error.path("error").asString()).contains("the number of media is 5; allowed is 0 to 4");
    }

    @Test
    void F28_aPostWhoseAnswerWasLostIsFoundAndNotSentAgain() {
        stage.server.simulator().queue(Fault.of(Endpoint.TWEETS, FaultKind.LOSE_ANSWER));
        JsonNode posted = ok(() -> tools.post("@ada", "only once", Optional.empty(), List.of(), CALL));
        assertThat(posted.path("reconciled").asBoolean()).isTrue();
        assertThat(stage.server.simulator().ledger().posts()).hasSize(1);
    }

    @Test
    void F28_aPostOfUnknownOutcomeSaysThatNobodyKnows() {
        stage.server.simulator().queue(Fault.of(Endpoint.TWEETS, FaultKind.LOSE_ANSWER));
        stage.server.simulator().queue(Fault.of(Endpoint.TWEETS, FaultKind.STATUS_503));
        JsonNode error = error(() -> tools.post("@ada", "once", Optional.empty(), List.of(), CALL));
        assertThat(error.path("code").asString()).isEqualTo("outcome_unknown");
        assertThat(error.path("error").asString())
                .contains("may be published or not")
                .contains("is not sent again");
        assertThat(error.path("retryable").asBoolean()).isFalse();
        assertThat(error.path("next").asString()).contains("twitter_get_my_tweets");
    }

    @Test
    void refusesATextThatIsTooLongBeforeItIsSent() {
        JsonNode error = error(() -> tools.post("@ada", "x".repeat(281), Optional.empty(), List.of(), CALL));
        assertThat(error.path("code").asString()).isEqualTo("x_text_too_long");
        assertThat(error.path("error").asString()).contains("281").contains("280");
        assertThat(stage.server.simulator().ledger().posts()).isEmpty();
    }

    @Test
    void needsScopeAndCoverage() {
        assertThatThrownBy(() -> tools.post("@ada", "no", Optional.empty(), List.of(), TestCall.of(KeyScope.X_READ)))
                .isInstanceOf(ScopeMissingException.class)
                .hasMessageContaining("x:write");
        assertThatThrownBy(() -> tools.refresh("@ada", TestCall.of(KeyScope.X_WRITE)))
                .isInstanceOf(ScopeMissingException.class)
                .hasMessageContaining("accounts:write");
        Account grace = stage.server.connect(TestServer.GRACE);
        JsonNode error = error(() -> tools.post("@ada", "no", Optional.empty(), List.of(), CALL.only(grace.id())));
        assertThat(error.path("code").asString()).isEqualTo("account_not_covered");
        assertThat(stage.server.simulator().ledger().posts()).isEmpty();
    }
}
