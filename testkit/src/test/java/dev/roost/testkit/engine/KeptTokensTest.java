package dev.roost.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.core.Account;
import dev.roost.core.CallerAnswer;
import dev.roost.core.CallerApp;
import dev.roost.core.LossCause;
import dev.roost.core.RefreshOutcome;
import dev.roost.core.RefreshOutcome.Reason;
import dev.roost.core.RefreshToken;
import dev.roost.core.Secret;
import dev.roost.core.SignIn;
import dev.roost.core.TokenEndpoint;
import dev.roost.core.Verdict;
import dev.roost.core.XAnswer;
import dev.roost.testkit.EngineRig;
import dev.roost.testkit.Faults;
import dev.roost.testkit.FaultyEndpoint;
import dev.roost.testkit.MemoryStore.Outage;
import dev.roost.testkit.Sample;
import dev.roost.testkit.ScriptedX;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Callers who bring a token that Roost keeps: it is never sent behind the engine's back. */
class KeptTokensTest {
    private final EngineRig rig = EngineRig.create();
    private final CallerApp app = new CallerApp(rig.x(), Optional.empty());
    private final CallerApp stranger =
            new CallerApp(new FaultyEndpoint(rig.x(), new Faults()), Optional.of(Secret.of("a-secret")));

    @Test
    void aLiveTokenIsRotatedThroughTheEngine() {
        Account ada = rig.connect(EngineRig.ADA);
        CallerAnswer.Rotated rotated = rotated(refresh(live(ada)));
        assertThat(rotated.keptAs()).contains(ada.id());
        assertThat(rotated.hasNewRefreshToken()).isTrue();
        assertThat(rotated.replayed()).isFalse();
        assertThat(rotated.tokens()).isEqualTo(rig.grant(ada.id()).tokens());
        assertThat(rotated.expiresAt()).isEqualTo(rig.account(ada.id()).accessExpiresAt());
        assertThat(rig.account(ada.id()).generation()).isEqualTo(2);
        assertThat(rig.x().sends()).isOne();
    }

    @Test
    void theTokenThatRoostSpentJustBeforeBringsThePresentPairWithoutARequest() {
        Account ada = rig.connect(EngineRig.ADA);
        RefreshToken callers = live(ada);
        rig.untilDue();
        rig.turn();
        CallerAnswer.Rotated rotated = rotated(refresh(callers));
        assertThat(rotated.tokens()).isEqualTo(rig.grant(ada.id()).tokens());
        assertThat(rotated.replayed()).isTrue();
        assertThat(rotated.hasNewRefreshToken()).isTrue();
        assertThat(rig.x().sends()).isOne();
        assertThat(rig.x().sends(callers)).isOne();
    }

    @Test
    void theGuidesClientLivesOnForADayBesideTheEngine() {
        Account ada = rig.connect(EngineRig.ADA);
        RefreshToken callers = live(ada);
        for (int i = 0; i < 12; i++) {
            rig.clock().advance(Duration.ofMinutes(113));
            rig.turn();
            rig.clock().advance(Duration.ofMinutes(3));
            CallerAnswer.Rotated rotated = rotated(refresh(callers));
            assertThat(rotated.expiresAt()).isAfter(rig.clock().instant().plus(Duration.ofMinutes(100)));
            callers = rotated.tokens().refresh();
        }
        assertThat(rig.x().sends()).isEqualTo(12);
        assertThat(rig.x().accepts(callers)).isTrue();
    }

    @Test
    void aPresentPairThatIsDueIsRenewedFirst() {
        Account ada = rig.connect(EngineRig.ADA);
        RefreshToken callers = live(ada);
        rig.engine().keeper().refreshNow(ada.id());
        rig.untilDue();
        CallerAnswer.Rotated rotated = rotated(refresh(callers));
        assertThat(rig.account(ada.id()).generation()).isEqualTo(3);
        assertThat(rotated.tokens()).isEqualTo(rig.grant(ada.id()).tokens());
        assertThat(rotated(refresh(callers)).tokens())
                .as("the same call again, though its token is not the predecessor any more")
                .isEqualTo(rotated.tokens());
        assertThat(rig.x().sends()).isEqualTo(2);
    }

    @Test
    void anAnswerIsNotGivenAgainOnceItsAccountIsDisconnected() {
        Account ada = rig.connect(EngineRig.ADA);
        RefreshToken callers = live(ada);
        rotated(refresh(callers));
        var _ = rig.engine().disconnector().disconnect(ada.id());
        assertThat(refresh(callers))
                .isInstanceOfSatisfying(
                        CallerAnswer.KeptElsewhere.class,
                        gone -> assertThat(gone.explain()).contains("was disconnected at", "sign in again"));
    }

    @Test
    void aPresentPairThatIsDueIsServedWhileXIsAway() {
        Account ada = rig.connect(EngineRig.ADA);
        RefreshToken callers = live(ada);
        rig.engine().keeper().refreshNow(ada.id());
        rig.untilDue();
        rig.x().answerInstead(new Verdict.NotSent("no route"));
        CallerAnswer.Rotated rotated = rotated(refresh(callers));
        assertThat(rotated.replayed()).isTrue();
        assertThat(rotated.tokens()).isEqualTo(rig.grant(ada.id()).tokens());
        rig.clock().advance(Duration.ofMinutes(7));
        rig.x().answerInstead(new Verdict.NotSent("no route"));
        assertThat(refresh(callers)).isInstanceOf(CallerAnswer.KeptNotNow.class);
    }

    @Test
    void anOlderSpentTokenIsNeverSentAndTheAnswerNamesTheAccount() {
        Account ada = rig.connect(EngineRig.ADA);
        RefreshToken old = live(ada);
        rig.engine().keeper().refreshNow(ada.id());
        rig.engine().keeper().refreshNow(ada.id());
        assertThat(refresh(old)).isInstanceOfSatisfying(CallerAnswer.KeptElsewhere.class, kept -> {
            assertThat(kept.account().id()).isEqualTo(ada.id());
            assertThat(kept.isRetryable()).isFalse();
            assertThat(kept.explain())
                    .contains("Roost spent this refresh token at")
                    .contains("@ada")
                    .contains("roost token " + ada.id());
        });
        assertThat(rig.x().sends(old)).isOne();
        assertThat(rig.x().accepts(live(ada))).isTrue();
    }

    @Test
    void aSpentTokenOfADisconnectedAccountIsNotSent() {
        Account ada = rig.connect(EngineRig.ADA);
        RefreshToken old = live(ada);
        rig.engine().keeper().refreshNow(ada.id());
        assertThat(rig.engine().disconnector().disconnect(ada.id())).isEmpty();
        assertThat(refresh(old))
                .isInstanceOfSatisfying(
                        CallerAnswer.KeptElsewhere.class,
                        kept -> assertThat(kept.explain()).contains("was disconnected at"));
        assertThat(rig.x().sends(old)).isOne();
    }

    @Test
    void theTokenBeforeANewSignInDoesNotBringTheNewPair() {
        Account ada = rig.connect(EngineRig.ADA);
        RefreshToken old = live(ada);
        rig.engine().keeper().refreshNow(ada.id());
        rig.clock().advance(Duration.ofMinutes(1));
        rig.connect(EngineRig.ADA);
        assertThat(refresh(old)).isInstanceOf(CallerAnswer.KeptElsewhere.class);
    }

    @Test
    void aTokenBeingImportedIsNotSent() {
        RefreshToken token = rig.x().issue(EngineRig.ADA).refresh();
        SignIn signIn = Sample.importOf(ScriptedX.CLIENT_ID, rig.clock().instant());
        rig.store().openImport(signIn, token);
        assertThat(refresh(token))
                .isInstanceOfSatisfying(
                        CallerAnswer.NotSent.class,
                        notSent -> assertThat(notSent.reason())
                                .contains("an import of this token is under way")
                                .contains(signIn.id()))
                .matches(CallerAnswer::isRetryable);
        assertThat(rig.x().sends()).isZero();
    }

    @Test
    void theImportedTokenItselfBringsThePairOfTheImport() {
        RefreshToken token = rig.x().issue(EngineRig.ADA).refresh();
        rig.engine().signInFlow().importGrant(token, Optional.empty());
        CallerAnswer.Rotated rotated = rotated(refresh(token));
        assertThat(rotated.replayed()).isTrue();
        assertThat(rig.x().accepts(rotated.tokens().refresh())).isTrue();
        assertThat(rig.x().sends()).isOne();
    }

    @Test
    void aDeadGrantIsReportedAndItsTokenNotSentAgain() {
        Account ada = rig.connect(EngineRig.ADA);
        RefreshToken dead = live(ada);
        rig.x().revoke(EngineRig.ADA);
        assertThat(refresh(dead)).isInstanceOf(CallerAnswer.KeptLost.class);
        assertThat(refresh(dead)).isInstanceOfSatisfying(CallerAnswer.KeptLost.class, lost -> {
            assertThat(lost.cause()).isInstanceOf(LossCause.RefusedByX.class);
            assertThat(lost.isRetryable()).isFalse();
        });
        assertThat(rig.x().sends()).isOne();
    }

    @Test
    void aPredecessorOfADeadGrantBringsNoDeadPair() {
        Account ada = rig.connect(EngineRig.ADA);
        RefreshToken old = live(ada);
        rig.engine().keeper().refreshNow(ada.id());
        rig.x().revoke(EngineRig.ADA);
        rig.engine().keeper().refreshNow(ada.id());
        assertThat(refresh(old)).isInstanceOf(CallerAnswer.KeptLost.class);
    }

    @Test
    void aRefreshThatFailedIsNotRepeatedBeforeItsRest() {
        Account ada = rig.connect(EngineRig.ADA);
        XAnswer slowDown = new XAnswer(429, "", "slow down");
        rig.x().answerInstead(new Verdict.Throttled(slowDown, Optional.of(Duration.ofMinutes(3))));
        for (int i = 0; i < 2; i++) {
            assertThat(refresh(live(ada)))
                    .isInstanceOfSatisfying(
                            CallerAnswer.KeptNotNow.class,
                            kept -> assertThat(kept.why().reason()).isEqualTo(Reason.THROTTLED))
                    .matches(CallerAnswer::isRetryable);
        }
        assertThat(rig.x().sends()).isZero();
        rig.clock().advance(Duration.ofMinutes(3));
        assertThat(refresh(live(ada))).isInstanceOf(CallerAnswer.Rotated.class);
    }

    @Test
    void aTokenThatOnlyTheSpoolKnowsIsNotSent() {
        Account ada = rig.connect(EngineRig.ADA);
        rig.engine().keeper().token(ada.id());
        rig.x().answerAfterwards(verdict -> {
            rig.store().outage(Outage.BEFORE);
            return verdict;
        });
        RefreshOutcome outcome = rig.engine().keeper().refreshNow(ada.id());
        RefreshToken spooled = ((RefreshOutcome.Fresh) outcome).grant().tokens().refresh();
        assertThat(refresh(spooled))
                .isInstanceOfSatisfying(
                        CallerAnswer.NotSent.class,
                        notSent -> assertThat(notSent.reason()).contains("rests in the spool"));
        assertThat(rig.x().sends(spooled)).isZero();
        rig.store().outage(Outage.NONE);
        assertThat(rotated(refresh(spooled)).keptAs()).contains(ada.id());
        assertThat(rig.account(ada.id()).generation()).isEqualTo(3);
    }

    @Test
    void credentialsThatXDoesNotAcceptBringNothingOfTheAccount() {
        Account ada = rig.connect(EngineRig.ADA);
        rig.x().acceptApp(false);
        assertThat(refresh(stranger, live(ada))).isEqualTo(new CallerAnswer.AppRejected(ScriptedX.APP_INVALID));
        assertThat(rig.account(ada.id()).generation()).isEqualTo(1);
        rig.x().acceptApp(true);
        assertThat(rotated(refresh(stranger, live(ada))).keptAs()).contains(ada.id());
        assertThat(rig.x().probes()).isEqualTo(2);
    }

    @Test
    void whoKnowsOnlyTheIdOfRoostsAppGetsNoAnswerThatRoostGot() {
        Account ada = rig.connect(EngineRig.ADA);
        RefreshToken token = live(ada);
        rotated(refresh(token));
        rig.x().acceptApp(false);
        CallerApp withoutSecret = new CallerApp(new FaultyEndpoint(rig.x(), new Faults()), Optional.empty());
        assertThat(refresh(withoutSecret, token)).isEqualTo(new CallerAnswer.AppRejected(ScriptedX.APP_INVALID));
        assertThat(rotated(refresh(token)).replayed()).isTrue();
    }

    @Test
    void aTokenOfAnAccountUnderAnotherAppIsNotSent() {
        Account other = rig.store()
                .connect(Sample.signedIn(
                        "another-app", EngineRig.GRACE, rig.clock().instant()));
        TokenEndpoint endpoint = new OtherApp(rig.x());
        assertThat(refresh(new CallerApp(endpoint, Optional.empty()), live(other)))
                .isInstanceOfSatisfying(
                        CallerAnswer.KeptElsewhere.class,
                        kept -> assertThat(kept.explain()).contains("Roost keeps this refresh token for account"));
        assertThat(rig.x().sends()).isZero();
    }

    /** The same X under another client id. */
    private record OtherApp(ScriptedX x) implements TokenEndpoint {
        @Override
        public String clientId() {
            return "another-app";
        }

        @Override
        public Verdict refresh(RefreshToken token) {
            return x.refresh(token);
        }

        @Override
        public Verdict probe() {
            return x.probe();
        }

        @Override
        public Optional<String> revoke(dev.roost.core.TokenPair tokens) {
            return x.revoke(tokens);
        }
    }

    private RefreshToken live(Account account) {
        return rig.grant(account.id()).tokens().refresh();
    }

    private CallerAnswer refresh(RefreshToken token) {
        return refresh(app, token);
    }

    private CallerAnswer refresh(CallerApp with, RefreshToken token) {
        return rig.engine().callerRefreshes().refresh(with, token);
    }

    private static CallerAnswer.Rotated rotated(CallerAnswer answer) {
        assertThat(answer).isInstanceOf(CallerAnswer.Rotated.class);
        return (CallerAnswer.Rotated) answer;
    }
}
