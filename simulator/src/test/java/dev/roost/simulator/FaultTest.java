package dev.roost.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Each fault: what the client sees, and whether the refresh token was spent. */
final class FaultTest {

    @AutoClose
    private final Simulator simulator = Browser.simulatorWithPeople();

    @AutoClose
    private final Browser browser = new Browser(simulator);

    private final IssuedPair pair = simulator.issue("public", "1001");

    private HttpResponse<String> refreshWith(Fault fault) {
        simulator.queue(fault);
        return browser.refresh(pair.refreshToken());
    }

    private LedgerRequest onlyRequest() {
        assertThat(simulator.ledger().requests()).hasSize(1);
        return simulator.ledger().requests().getFirst();
    }

    private void assertSpentButNotAnswered() {
        assertThat(onlyRequest().outcome()).isEqualTo(Outcome.ROTATED);
        assertThat(onlyRequest().answered()).isFalse();
        LedgerToken next = simulator
                .ledger()
                .token(simulator.ledger().liveRefreshToken("public", "1001").orElseThrow())
                .orElseThrow();
        assertThat(next.parent()).hasValue(pair.refreshToken());
        assertThat(next.answered()).isFalse();
    }

    private void assertNotSpent() {
        assertThat(onlyRequest().outcome()).isEqualTo(Outcome.FAULT_BEFORE);
        assertThat(simulator.ledger().timesPresented(pair.refreshToken())).isZero();
        assertThat(simulator.ledger().liveRefreshToken("public", "1001")).hasValue(pair.refreshToken());
    }

    private void assertAnswered() {
        assertThat(onlyRequest().answered()).isTrue();
        assertThat(onlyRequest().inFlight()).isFalse();
    }

    @Test
    void refusesWithoutSpending() {
        assertThatThrownBy(() -> refreshWith(Fault.of(Endpoint.TOKEN, FaultKind.REFUSE)))
                .isInstanceOf(UncheckedIOException.class);
        assertNotSpent();
    }

    @ParameterizedTest
    @EnumSource(names = {"LOSE_ANSWER", "CUT_BODY"})
    void spendsAndBreaksOff(FaultKind kind) {
        assertThatThrownBy(() -> refreshWith(Fault.of(Endpoint.TOKEN, kind))).isInstanceOf(UncheckedIOException.class);
        assertSpentButNotAnswered();
    }

    @ParameterizedTest
    @CsvSource({"HTML_403,403", "STATUS_401,401", "STATUS_402,402", "STATUS_429,429", "STATUS_500,500", "STATUS_503,503"
    })
    void turnsAwayWithoutSpending(FaultKind kind, int status) {
        assertThat(refreshWith(Fault.of(Endpoint.TOKEN, kind)).statusCode()).isEqualTo(status);
        assertNotSpent();
        assertThat(browser.refresh(pair.refreshToken()).statusCode()).isEqualTo(200);
    }

    @Test
    void blocksWithAnHtmlPage() {
        HttpResponse<String> answer = refreshWith(Fault.of(Endpoint.TOKEN, FaultKind.HTML_403));
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
        assertThat(answer.body()).contains("Attention Required!", "Sorry, you have been blocked");
    }

    @Test
    void depletesCreditsAsX() {
        assertThat(refreshWith(Fault.of(Endpoint.TOKEN, FaultKind.STATUS_402)).body())
                .isEqualTo("{\"title\":\"CreditsDepleted\","
                        + "\"detail\":\"Your enrolled account does not have any credits to fulfill this request.\","
                        + "\"type\":\"https://api.x.com/2/problems/credits\",\"status\":402}");
    }

    @Test
    void limitsTheRateWithHeaders() {
        HttpResponse<String> answer = refreshWith(Fault.rateLimited(Endpoint.TOKEN, Duration.ofSeconds(60)));
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("60");
        assertThat(answer.headers().firstValue("x-rate-limit-remaining")).hasValue("0");
        long reset = answer.headers().firstValueAsLong("x-rate-limit-reset").orElseThrow();
        assertThat(Instant.ofEpochSecond(reset))
                .isBetween(simulator.now().plusSeconds(30), simulator.now().plusSeconds(60));
        assertThat(answer.body())
                .isEqualTo("{\"title\":\"Too Many Requests\",\"detail\":\"Too Many Requests\","
                        + "\"type\":\"about:blank\",\"status\":429}");
        HttpResponse<String> plain = refreshWith(Fault.of(Endpoint.TOKEN, FaultKind.STATUS_429));
        assertThat(plain.headers().firstValue("Retry-After")).isEmpty();
    }

    @Test
    void spendsAndAnswers503() {
        assertThat(refreshWith(Fault.of(Endpoint.TOKEN, FaultKind.STATUS_503_AFTER))
                        .statusCode())
                .isEqualTo(503);
        assertSpentButNotAnswered();
    }

    @Test
    void spendsAndAnswersWhatIsNoJson() {
        HttpResponse<String> answer = refreshWith(Fault.of(Endpoint.TOKEN, FaultKind.UNREADABLE_200));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).startsWith("<html>");
        assertSpentButNotAnswered();
    }

    @Test
    void spendsAndAnswersWithoutTokens() {
        HttpResponse<String> answer = refreshWith(Fault.of(Endpoint.TOKEN, FaultKind.TOKENLESS_200));
        assertThat(Browser.json(answer).propertyNames()).containsExactly("token_type", "expires_in", "scope");
        assertSpentButNotAnswered();
    }

    @Test
    void renewsWithoutSpending() {
        HttpResponse<String> answer = refreshWith(Fault.of(Endpoint.TOKEN, FaultKind.NO_REFRESH_TOKEN_200));
        assertThat(Browser.json(answer).has("refresh_token")).isFalse();
        assertThat(browser.me(Browser.field(answer, "access_token")).statusCode())
                .isEqualTo(200);
        assertThat(onlyRequest().outcome()).isEqualTo(Outcome.RENEWED_WITHOUT_ROTATION);
        assertThat(simulator.ledger().liveRefreshToken("public", "1001")).hasValue(pair.refreshToken());
        assertAnswered();
    }

    @Test
    void spellsExpiresInAsText() {
        HttpResponse<String> answer = refreshWith(Fault.of(Endpoint.TOKEN, FaultKind.STRING_EXPIRES_IN));
        assertThat(answer.body()).contains("\"expires_in\":\"7200\"");
        assertAnswered();
    }

    @Test
    void leavesExpiresInOut() {
        HttpResponse<String> answer = refreshWith(Fault.of(Endpoint.TOKEN, FaultKind.NO_EXPIRES_IN));
        assertThat(Browser.json(answer).has("expires_in")).isFalse();
        assertThat(Browser.json(answer).has("access_token")).isTrue();
        assertAnswered();
    }

    @Test
    void tellsItsOwnTimeUnlessTheDateIsWrong() {
        simulator.advance(Duration.ofHours(1));
        assertThat(dateOf(browser.me(pair.accessToken())))
                .isBetween(simulator.now().minusSeconds(10), simulator.now().plusSeconds(1));
        HttpResponse<String> answer = refreshWith(Fault.wrongDate(Endpoint.TOKEN, Duration.ofDays(-30)));
        assertThat(dateOf(answer)).isBefore(simulator.now().minus(Duration.ofDays(29)));
        assertAnswered();
    }

    private static Instant dateOf(HttpResponse<String> answer) {
        String date = answer.headers().firstValue("Date").orElseThrow();
        return ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    }

    @ParameterizedTest
    @EnumSource(names = {"STALL", "STALL_BEFORE"})
    void answersAStalledRequestLate(FaultKind kind) {
        long start = System.nanoTime();
        HttpResponse<String> answer = refreshWith(new Fault(Endpoint.TOKEN, kind, Duration.ofMillis(200)));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertSpentButNotAnswered();
    }

    @Test
    void stallsOthersNot() {
        simulator.queue(Fault.stall(Endpoint.TOKEN, Duration.ofHours(1)));
        CompletableFuture<HttpResponse<String>> stalled = browser.refreshLater(pair.refreshToken());
        assertThat(browser.me(pair.accessToken()).statusCode()).isEqualTo(200);
        assertThat(stalled).isNotDone();
    }

    @Test
    void holdsAProcessedAnswerUntilReleased() throws Exception {
        simulator.queue(Fault.of(Endpoint.TOKEN, FaultKind.HOLD));
        CompletableFuture<HttpResponse<String>> held = browser.refreshLater(pair.refreshToken());
        simulator.awaitHeld(1);
        assertThat(onlyRequest().inFlight()).isTrue();
        assertThat(onlyRequest().outcome()).isEqualTo(Outcome.ROTATED);
        assertThat(simulator.release()).isEqualTo(1);
        assertThat(held.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        assertSpentButNotAnswered();
    }

    @Test
    void holdsARequestUnprocessedUntilReleased() throws Exception {
        simulator.queue(Fault.of(Endpoint.TOKEN, FaultKind.HOLD_BEFORE));
        CompletableFuture<HttpResponse<String>> held = browser.refreshLater(pair.refreshToken());
        simulator.awaitHeld(1);
        assertThat(onlyRequest().outcome()).isEqualTo(Outcome.UNDECIDED);
        assertThat(simulator.ledger().liveRefreshToken("public", "1001")).hasValue(pair.refreshToken());
        simulator.release();
        assertThat(held.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    }

    @Test
    void seesTwoRequestsInFlightForOneToken() throws Exception {
        simulator.queue(Fault.of(Endpoint.TOKEN, FaultKind.HOLD));
        CompletableFuture<HttpResponse<String>> held = browser.refreshLater(pair.refreshToken());
        simulator.awaitHeld(1);
        assertThat(browser.refresh(pair.refreshToken()).statusCode()).isEqualTo(400);
        simulator.release();
        held.get(30, TimeUnit.SECONDS);
        assertThat(simulator.ledger().overlapping()).singleElement().satisfies(overlap -> {
            assertThat(overlap.earlier().outcome()).isEqualTo(Outcome.ROTATED);
            assertThat(overlap.later().outcome()).isEqualTo(Outcome.REFUSED_TOKEN);
        });
    }

    @Test
    void seesNoOverlapInRequestsOneAfterAnother() {
        for (int i = 0; i < 50; i++) {
            browser.refresh(pair.refreshToken());
        }
        assertThat(simulator.ledger().timesPresented(pair.refreshToken())).isEqualTo(50);
        assertThat(simulator.ledger().overlapping()).isEmpty();
    }

    @Test
    void strikesInOrderAndOnlyWhereMeant() {
        simulator.queue(Fault.of(Endpoint.USERS_ME, FaultKind.STATUS_500));
        simulator.queue(Fault.of(Endpoint.API, FaultKind.STATUS_503));
        simulator.queue(Fault.of(Endpoint.TWEETS, FaultKind.STATUS_402));
        assertThat(browser.refresh(pair.refreshToken()).statusCode()).isEqualTo(200);
        assertThat(browser.me(pair.accessToken()).statusCode()).isEqualTo(500);
        assertThat(browser.me(pair.accessToken()).statusCode()).isEqualTo(503);
        assertThat(browser.me(pair.accessToken()).statusCode()).isEqualTo(200);
    }

    @Test
    void rejectsFaultsThatCannotBe() {
        assertThatThrownBy(() -> Fault.of(Endpoint.TOKEN, FaultKind.STALL)).hasMessageContaining("PT5S");
        assertThatThrownBy(() -> Fault.of(Endpoint.TOKEN, FaultKind.NONE)).hasMessageContaining("cannot be queued");
        assertThatThrownBy(() -> Fault.of(Endpoint.TWEETS, FaultKind.NO_EXPIRES_IN))
                .hasMessageContaining("TOKEN");
        assertThatThrownBy(() -> Fault.stall(Endpoint.TOKEN, Duration.ofSeconds(-1)))
                .hasMessageContaining("zero or more");
        assertThatThrownBy(() -> new Fault(Endpoint.TOKEN, FaultKind.HOLD, Duration.ofSeconds(1)))
                .hasMessageContaining("none for this kind");
    }

    @Test
    void dropsHeldRequestsWhenClosed() {
        simulator.queue(Fault.of(Endpoint.TOKEN, FaultKind.HOLD_BEFORE));
        CompletableFuture<HttpResponse<String>> held = browser.refreshLater(pair.refreshToken());
        simulator.awaitHeld(1);
        simulator.close();
        assertThat(held).failsWithin(Duration.ofSeconds(30)).withThrowableThat().withCauseInstanceOf(IOException.class);
    }
}
