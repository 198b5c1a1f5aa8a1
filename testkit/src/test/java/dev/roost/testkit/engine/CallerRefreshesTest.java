package dev.roost.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roost.core.CallerAnswer;
import dev.roost.core.CallerApp;
import dev.roost.core.RefreshToken;
import dev.roost.core.Secret;
import dev.roost.core.TokenPair;
import dev.roost.core.Verdict;
import dev.roost.core.XAnswer;
import dev.roost.testkit.EngineRig;
import dev.roost.testkit.Faults;
import dev.roost.testkit.FaultyEndpoint;
import dev.roost.testkit.Gate;
import dev.roost.testkit.ManualClock;
import dev.roost.testkit.MemoryStore.Outage;
import dev.roost.testkit.ScriptedX;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Callers who keep their own tokens: one request to X, and the answer again for who did not hear it. */
class CallerRefreshesTest {
    private static final Secret SECRET = Secret.of("caller-secret-7f3a");

    private final EngineRig rig = EngineRig.create();
    private final Gate gate = new Gate();

    @Test
    void rotatesATokenThatRoostDoesNotKeep() {
        RefreshToken token = issue();
        CallerAnswer.Rotated rotated = rotated(refresh(token));
        assertThat(rotated.hasNewRefreshToken()).isTrue();
        assertThat(rotated.replayed()).isFalse();
        assertThat(rotated.keptAs()).isEmpty();
        assertThat(rotated.scopes()).isPresent();
        assertThat(rotated.expiresAt()).isEqualTo(ManualClock.START.plus(Duration.ofHours(2)));
        assertThat(rig.x().accepts(rotated.tokens().refresh())).isTrue();
        assertThat(rotated.isRetryable()).isFalse();
    }

    @Test
    void keepsTheTokenThatXDidNotReplace() {
        RefreshToken token = issue();
        rig.x().sendRefreshTokens(false);
        CallerAnswer.Rotated rotated = rotated(refresh(token));
        assertThat(rotated.hasNewRefreshToken()).isFalse();
        assertThat(rotated.tokens().refresh()).isEqualTo(token);
    }

    @Test
    void makesOneRequestForAHundredIdenticalCallsAndGivesAllTheSamePair() throws Exception {
        RefreshToken token = issue();
        rig.x().answerAfterwards(gate::holdHere);
        Set<TokenPair> pairs = new HashSet<>();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<CallerAnswer>> answers = IntStream.range(0, 100)
                    .mapToObj(i -> callers.submit(() -> refresh(RefreshToken.of(token.expose()))))
                    .toList();
            gate.awaitHeld(1);
            assertThat(rig.engine().callerRefreshes().underWay()).isOne();
            gate.open();
            for (Future<CallerAnswer> answer : answers) {
                pairs.add(rotated(answer.get()).tokens());
            }
        }
        assertThat(pairs).hasSize(1);
        assertThat(rig.x().sends()).isOne();
        assertThat(rig.engine().callerRefreshes().underWay()).isZero();
    }

    @Test
    void aCallerThatIsInterruptedDoesNotLoseTheAnswer() throws Exception {
        RefreshToken token = issue();
        rig.x().answerAfterwards(gate::holdHere);
        Thread caller = Thread.ofVirtual().start(() -> refresh(token));
        gate.awaitHeld(1);
        caller.interrupt();
        gate.open();
        caller.join();
        assertThat(rotated(refresh(token)).replayed()).isTrue();
        assertThat(rig.x().sends()).isOne();
    }

    @Test
    void theSameCallWithinTheWindowGetsTheSamePairWithoutARequest() {
        RefreshToken token = issue();
        CallerAnswer.Rotated first = rotated(refresh(token));
        rig.clock().advance(Duration.ofMinutes(2).minusMillis(1));
        CallerAnswer.Rotated again = rotated(refresh(token));
        assertThat(again.replayed()).isTrue();
        assertThat(again.tokens()).isEqualTo(first.tokens());
        assertThat(again.expiresAt()).isEqualTo(first.expiresAt());
        assertThat(again.scopes()).isEqualTo(first.scopes());
        assertThat(again.hasNewRefreshToken()).isTrue();
        assertThat(rig.x().sends()).isOne();
        assertThat(rig.engine().callerRefreshes().remembered()).isOne();
    }

    @Test
    void afterTheWindowTheAnswerIsForgottenWhateverTheClockOfTheDayDoes() {
        RefreshToken token = issue();
        refresh(token);
        rig.clock().advance(Duration.ofMinutes(2));
        rig.setClockBack(Duration.ofHours(1));
        assertThat(rig.engine().callerRefreshes().remembered()).isZero();
        assertThat(refresh(token)).isInstanceOfSatisfying(CallerAnswer.Refused.class, refused -> {
            assertThat(refused.answerLostAt()).isEmpty();
            assertThat(refused.explain())
                    .contains("Value passed for the token was invalid")
                    .contains("must sign in again");
            assertThat(refused.isRetryable()).isFalse();
        });
        assertThat(rig.x().sends(token)).isEqualTo(2);
    }

    @Test
    void noAnswerIsKeptWhenTheWindowIsZero() {
        EngineRig without = EngineRig.create(Duration.ZERO);
        RefreshToken token = without.x().issue(EngineRig.ADA).refresh();
        CallerApp app = new CallerApp(without.x(), Optional.of(SECRET));
        without.engine().callerRefreshes().refresh(app, token);
        assertThat(without.engine().callerRefreshes().remembered()).isZero();
        assertThat(without.engine().callerRefreshes().refresh(app, token)).isInstanceOf(CallerAnswer.Refused.class);
    }

    @Test
    void aWindowBelowZeroIsRefused() {
        assertThatThrownBy(() -> EngineRig.create(Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PT-1S")
                .hasMessageContaining("zero (no replays) or more");
    }

    @Test
    void otherCredentialsShareNeitherAnswerNorRequest() {
        RefreshToken token = issue();
        refresh(token);
        CallerApp other =
                new CallerApp(new FaultyEndpoint(rig.x(), new Faults()), Optional.of(Secret.of("another-secret")));
        CallerApp none = new CallerApp(new FaultyEndpoint(rig.x(), new Faults()), Optional.empty());
        assertThat(rig.engine().callerRefreshes().refresh(other, token)).isInstanceOf(CallerAnswer.Refused.class);
        assertThat(rig.engine().callerRefreshes().refresh(none, token)).isInstanceOf(CallerAnswer.Refused.class);
        assertThat(rig.x().sends(token)).isEqualTo(3);
    }

    @Test
    void roostsOwnAppIsOneCallerWhetherItsSecretCameAlongOrNot() {
        RefreshToken token = issue();
        CallerAnswer.Rotated first = rotated(refresh(token));
        CallerApp byRoost = new CallerApp(rig.x(), Optional.empty());
        CallerAnswer.Rotated again = rotated(rig.engine().callerRefreshes().refresh(byRoost, token));
        assertThat(again.replayed()).isTrue();
        assertThat(again.tokens()).isEqualTo(first.tokens());
        assertThat(rig.x().sends(token)).isEqualTo(1);
    }

    @Test
    void noMoreThanTenThousandAnswersAreKeptAndTheOldestGoFirst() {
        RefreshToken oldest = issue();
        refresh(oldest);
        for (int i = 0; i < 10_000; i++) {
            refresh(issue());
        }
        assertThat(rig.engine().callerRefreshes().remembered()).isEqualTo(10_000);
        assertThat(refresh(oldest)).isInstanceOf(CallerAnswer.Refused.class);
    }

    @Test
    void aLostAnswerIsNamedWhenXThenRefusesTheToken() {
        RefreshToken token = issue();
        Instant sentAt = rig.clock().instant();
        rig.x().answerAfterwards(rotated -> new Verdict.Unknown("read timeout"));
        assertThat(refresh(token)).isInstanceOfSatisfying(CallerAnswer.Unknown.class, unknown -> {
            assertThat(unknown.reason()).isEqualTo("read timeout");
            assertThat(unknown.sentAt()).isEqualTo(sentAt);
            assertThat(unknown.isRetryable()).isTrue();
        });
        rig.clock().advance(Duration.ofSeconds(40));
        rig.x().answerInstead(new Verdict.Unknown("HTTP 503"));
        assertThat(refresh(token)).isEqualTo(new CallerAnswer.Unknown("HTTP 503", sentAt));
        rig.clock().advance(Duration.ofMinutes(10));
        assertThat(refresh(token)).isInstanceOfSatisfying(CallerAnswer.Refused.class, refused -> {
            assertThat(refused.answerLostAt()).contains(sentAt);
            assertThat(refused.explain())
                    .contains("the refresh sent at " + sentAt + " was lost")
                    .contains("had rotated the grant");
        });
    }

    @Test
    void aRepeatedCallBringsThePairIfXHadNotRotated() {
        RefreshToken token = issue();
        rig.x().answerInstead(new Verdict.Unknown("HTTP 503"));
        refresh(token);
        assertThat(rotated(refresh(token)).replayed()).isFalse();
        rig.clock().advance(Duration.ofMinutes(3));
        assertThat(refresh(token))
                .isInstanceOfSatisfying(
                        CallerAnswer.Refused.class,
                        refused -> assertThat(refused.answerLostAt()).isEmpty());
    }

    @Test
    void whatXSaysOfTheAppOrTheRequestSpendsNothingAndOpensNoBreaker() {
        RefreshToken token = issue();
        rig.x().acceptApp(false);
        assertThat(refresh(token)).isEqualTo(new CallerAnswer.AppRejected(ScriptedX.APP_INVALID));
        assertThat(rig.engine().keeper().health().appRejected()).isEmpty();
        rig.x().acceptApp(true);
        XAnswer slowDown = new XAnswer(429, "", "slow down");
        rig.x().answerInstead(new Verdict.Throttled(slowDown, Optional.of(Duration.ofMinutes(3))));
        assertThat(refresh(token))
                .isEqualTo(new CallerAnswer.Throttled(slowDown, Optional.of(Duration.ofMinutes(3))))
                .matches(CallerAnswer::isRetryable);
        rig.x().answerInstead(new Verdict.NotSent("no route"));
        assertThat(refresh(token))
                .isEqualTo(new CallerAnswer.NotSent("no route", Duration.ofSeconds(5)))
                .matches(CallerAnswer::isRetryable);
        assertThat(rotated(refresh(token)).replayed()).isFalse();
        assertThat(rig.x().sends()).isOne();
    }

    @Test
    void nothingIsSentWhileNobodyCanTellWhoseTheTokenIs() {
        RefreshToken token = issue();
        rig.store().outage(Outage.BEFORE);
        assertThat(refresh(token)).isInstanceOfSatisfying(CallerAnswer.NotSent.class, notSent -> {
            assertThat(notSent.reason()).contains("cannot tell whether it keeps this token itself");
            assertThat(notSent.isRetryable()).isTrue();
        });
        assertThat(rig.x().sends()).isZero();
    }

    @Test
    void aStoppingProcessFinishesWhatItSentAndStartsNothing() throws Exception {
        RefreshToken token = issue();
        RefreshToken other = rig.x().issue(EngineRig.GRACE).refresh();
        rig.x().answerAfterwards(gate::holdHere);
        Thread caller = Thread.ofVirtual().start(() -> refresh(token));
        gate.awaitHeld(1);
        assertThat(rig.engine().stop(Duration.ofMillis(1))).isFalse();
        assertThat(refresh(other))
                .isInstanceOfSatisfying(
                        CallerAnswer.NotSent.class,
                        notSent -> assertThat(notSent.reason()).isEqualTo("this process is stopping"))
                .matches(CallerAnswer::isRetryable);
        gate.open();
        assertThat(rig.engine().stop(Duration.ofSeconds(10))).isTrue();
        caller.join();
        assertThat(rig.x().sends()).isOne();
        assertThat(rotated(refresh(token)).replayed()).isTrue();
    }

    @Test
    void noAnswerShowsASecret() {
        RefreshToken token = issue();
        CallerAnswer first = refresh(token);
        CallerAnswer again = refresh(token);
        rig.clock().advance(Duration.ofMinutes(3));
        for (Object shown : List.of(first, again, refresh(token), app(), rig.events())) {
            assertThat(shown.toString()).doesNotContain("access-", "refresh-", SECRET.expose());
        }
    }

    private RefreshToken issue() {
        return rig.x().issue(EngineRig.ADA).refresh();
    }

    private CallerApp app() {
        return new CallerApp(rig.x(), Optional.of(SECRET));
    }

    private CallerAnswer refresh(RefreshToken token) {
        return rig.engine().callerRefreshes().refresh(app(), token);
    }

    private static CallerAnswer.Rotated rotated(CallerAnswer answer) {
        assertThat(answer).isInstanceOf(CallerAnswer.Rotated.class);
        return (CallerAnswer.Rotated) answer;
    }
}
