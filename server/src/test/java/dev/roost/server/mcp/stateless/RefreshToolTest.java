package dev.roost.server.mcp.stateless;

import static dev.roost.server.mcp.stateless.Stage.json;
import static dev.roost.server.mcp.stateless.Stage.member;
import static dev.roost.server.mcp.stateless.Stage.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.core.Account;
import dev.roost.mcp.catalog.ToolResult;
import dev.roost.server.TestServer;
import dev.roost.simulator.Endpoint;
import dev.roost.simulator.Fault;
import dev.roost.simulator.FaultKind;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code twitter_refresh_token}: no pair is lost, and no text is untrue. */
@Timeout(60)
final class RefreshToolTest {
    private final Stage stage = new Stage();

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void givesThePairThatXIssued() {
        ToolResult result = refresh(stage.refresh(Stage.PUBLIC));
        assertThat(live(Stage.PUBLIC)).contains(member(result, "refresh_token"));
        assertThat(stage.x().ledger().token(member(result, "access_token"))).isPresent();
        Duration left = Duration.between(
                stage.x().now(),
                OffsetDateTime.parse(member(result, "expires_at")).toInstant());
        assertThat(left).isBetween(Duration.ofMinutes(119), Duration.ofHours(2));
    }

    @Test
    void givesTheSamePairAgainToACallerThatDidNotHearIt() {
        String token = stage.refresh(Stage.PUBLIC);
        ToolResult first = refresh(token);
        stage.x().advance(Duration.ofSeconds(60));
        ToolResult again = refresh(token);
        for (String name : new String[] {"access_token", "refresh_token", "expires_at", "scope", "status"}) {
            assertThat(member(again, name)).isEqualTo(member(first, name));
        }
        assertThat(json(again).path("expires_in").intValue()).isBetween(7130, 7140);
        assertThat(json(again).propertyNames()).isEqualTo(json(first).propertyNames());
        assertThat(stage.x().ledger().timesPresented(token)).isEqualTo(1);
    }

    @Test
    void asksXOnceForCallsAtTheSameTime() {
        String token = stage.refresh(Stage.PUBLIC);
        stage.x().queue(Fault.of(Endpoint.TOKEN, FaultKind.HOLD));
        CompletableFuture<ToolResult> first = CompletableFuture.supplyAsync(() -> refresh(token));
        CompletableFuture<ToolResult> second = CompletableFuture.supplyAsync(() -> refresh(token));
        stage.x().awaitHeld(1);
        stage.x().release();
        assertThat(member(first.join(), "access_token"))
                .isEqualTo(member(second.join(), "access_token"))
                .isNotEmpty();
        assertThat(stage.x().ledger().timesPresented(token)).isEqualTo(1);
        assertThat(stage.x().ledger().rotations()).isEqualTo(1);
    }

    @Test
    void keepsThePairForAClientThatCancelled() throws InterruptedException {
        String token = stage.refresh(Stage.PUBLIC);
        stage.x().queue(Fault.of(Endpoint.TOKEN, FaultKind.HOLD));
        CompletableFuture<String> ended = new CompletableFuture<>();
        Thread cancelled = Thread.ofVirtual().start(() -> {
            try {
                ended.complete(refresh(token).toString());
            } catch (AssertionError e) {
                ended.complete(String.valueOf(e.getMessage()));
            }
        });
        stage.x().awaitHeld(1);
        cancelled.interrupt();
        stage.x().release();
        assertThat(ended.join()).isEqualTo("the call was interrupted");
        cancelled.join();
        assertThat(live(Stage.PUBLIC)).contains(member(refresh(token), "refresh_token"));
        assertThat(stage.x().ledger().timesPresented(token)).isEqualTo(1);
    }

    @Test
    void tellsAfterTheRetryThatTheAnswerOfXWasLost() {
        String token = stage.refresh(Stage.PUBLIC);
        stage.x().queue(Fault.of(Endpoint.TOKEN, FaultKind.LOSE_ANSWER));
        assertThat(member(refresh(token), "error")).contains("keep it, and make the same call once more");
        ToolResult second = refresh(token);
        assertThat(second.isError()).isTrue();
        assertThat(member(second, "error")).contains("X refused the refresh token", "must sign in again");
        assertThat(member(second, "details"))
                .startsWith(
                        "HTTP 400 invalid_request: Value passed for the token was invalid. The answer to the refresh"
                                + " sent at ")
                .contains("was lost on its way");
    }

    @Test
    void savesTheGrantWhenXHadNotSpentTheToken() {
        String token = stage.refresh(Stage.PUBLIC);
        stage.x().queue(Fault.of(Endpoint.TOKEN, FaultKind.STATUS_503));
        assertThat(refresh(token).isError()).isTrue();
        assertThat(refresh(token).isError()).isFalse();
    }

    @Test
    void saysThatNothingWasSentWhenXIsDown() {
        String token = stage.refresh(Stage.PUBLIC);
        stage.x().close();
        ToolResult result = refresh(token);
        assertThat(result.isError()).isTrue();
        assertThat(member(result, "error"))
                .isEqualTo("Token refresh failed. Nothing was sent to X, so the refresh token was not spent: keep it,"
                        + " and call again.");
        assertThat(member(result, "details")).contains("127.0.0.1", "Retry after ");
    }

    @Test
    void blamesTheAddressAndNotTheAppWhenXIsElsewhere() {
        assertThat(text(new RefreshAnswers(stage.x()::now)
                        .result(new dev.roost.core.CallerAnswer.AppRejected(
                                new dev.roost.core.XAnswer(404, "", "an HTML page without a title")))))
                .isEqualTo("{\"error\": \"Token refresh failed. X's token endpoint is not at the address that Roost is"
                        + " set to. The refresh token was not spent: keep it.\", \"details\": \"HTTP 404: an HTML page"
                        + " without a title.\", \"status\": \"error\"}");
    }

    @Test
    void rotatesAKeptAccountThroughTheEngine() {
        String token = kept();
        ToolResult result = refresh(token);
        assertThat(member(result, "status")).isEqualTo("success");
        assertThat(live(Stage.PUBLIC)).contains(member(result, "refresh_token"));
        String account =
                stage.server().engine().accounts().find(TestServer.ADA).id().value();
        assertThat(text(result)).doesNotContain(account);
    }

    @Test
    void saysThatAKeptAccountHasNoNewPairForNow() {
        String token = kept();
        stage.x().queue(Fault.rateLimited(Endpoint.TOKEN, Duration.ofSeconds(42)));
        ToolResult result = refresh(token);
        assertThat(result.isError()).isTrue();
        assertThat(member(result, "error"))
                .isEqualTo("Token refresh failed. Roost keeps this account and goes on trying: keep the refresh token,"
                        + " and call again later.");
        assertThat(member(result, "details")).contains("429", "Retry after 4");
    }

    @Test
    void saysThatAKeptGrantIsGone() {
        String token = kept();
        stage.x().revoke(TestServer.ADA);
        ToolResult result = refresh(token);
        assertThat(result.isError()).isTrue();
        assertThat(member(result, "error"))
                .isEqualTo("Token refresh failed. The grant of this account, which Roost kept, is gone. The user must"
                        + " sign in again.");
        assertThat(member(result, "details")).startsWith("Account ");
    }

    @Test
    void doesNotSendAnOldTokenOfAKeptGrant() {
        String kept = kept();
        for (int i = 0; i < 2; i++) {
            Account account = stage.server().engine().accounts().find(TestServer.ADA);
            var _ = stage.server().engine().keeper().refreshNow(account.id());
        }
        int presented = stage.x().ledger().timesPresented(kept);
        ToolResult result = refresh(kept);
        assertThat(member(result, "error"))
                .isEqualTo("Token refresh failed. The refresh token was not sent to X: it is, or was, that of an"
                        + " account that Roost keeps.");
        assertThat(member(result, "details")).contains("keeps its tokens fresh");
        assertThat(stage.x().ledger().timesPresented(kept)).isEqualTo(presented);
    }

    private String kept() {
        var _ = stage.server().connect(TestServer.ADA);
        return live(Stage.PUBLIC).orElseThrow();
    }

    private Optional<String> live(String clientId) {
        return stage.x().ledger().liveRefreshToken(clientId, TestServer.ADA);
    }

    private ToolResult refresh(String token) {
        return stage.call("twitter_refresh_token", "twitter_refresh_token", token, "twitter_client_id", Stage.PUBLIC);
    }
}
