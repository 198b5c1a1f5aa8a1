package dev.roost.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roost.core.Account;
import dev.roost.core.AccountState;
import dev.roost.core.CallbackAnswer;
import dev.roost.core.RefreshOutcome;
import dev.roost.core.RefreshToken;
import dev.roost.core.Scopes;
import dev.roost.core.Secret;
import dev.roost.core.SignInEndpoint.IdentifyAnswer;
import dev.roost.core.SignInFlow;
import dev.roost.core.SignInOutcome;
import dev.roost.core.SignInStatus;
import dev.roost.core.StoreUnavailableException;
import dev.roost.core.TokenPair;
import dev.roost.core.Verdict;
import dev.roost.testkit.EngineRig;
import dev.roost.testkit.MemoryStore.Outage;
import dev.roost.testkit.ScriptedX;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Connecting accounts: consent, import, and everything that can go wrong on the way. */
class SignInTest {
    private static final URI CALLBACK = URI.create("http://127.0.0.1:3001/auth/twitter/callback");
    private final EngineRig rig = EngineRig.create();
    private final SignInFlow flow = rig.engine().signInFlow();

    @Test
    void connectsWhoeverComesBack() {
        SignInStatus status = complete(start(Optional.empty()), "ada.1001");
        Account ada = rig.account(((SignInStatus.Connected) status).account());
        assertThat(ada.user()).isEqualTo(EngineRig.ADA);
        assertThat(ada.generation()).isEqualTo(1);
    }

    @Test
    void F13_reportsMissingOfflineAccessAtSignIn() {
        rig.x().grant(Scopes.of("tweet.read", "users.read"));
        assertThat(complete(start(Optional.empty()), "ada.1001"))
                .isInstanceOfSatisfying(SignInStatus.Failed.class, failed -> {
                    assertThat(failed.code()).isEqualTo("missing_offline_access");
                    assertThat(failed.message()).contains("offline.access").contains("tweet.read users.read");
                });
    }

    @Test
    void F15_aReconnectWithoutRefreshTokenOverwritesNothing() {
        Account ada = rig.connect(EngineRig.ADA);
        TokenPair before = rig.grant(ada.id()).tokens();
        rig.x().grant(Scopes.of("tweet.read", "users.read"));
        complete(start(Optional.empty()), "ada.1001");
        assertThat(rig.grant(ada.id()).tokens()).isEqualTo(before);
    }

    @Test
    void aReconnectReplacesThePairAndRevivesTheAccount() {
        Account ada = rig.connect(EngineRig.ADA);
        rig.x().revoke(EngineRig.ADA);
        rig.engine().keeper().refreshNow(ada.id());
        SignInStatus status = complete(start(Optional.of("@Ada")), "ada.1001");
        assertThat(status).isEqualTo(new SignInStatus.Connected(ada.id()));
        assertThat(rig.account(ada.id()).state()).isInstanceOf(AccountState.Active.class);
        assertThat(rig.account(ada.id()).generation()).isEqualTo(2);
        assertThat(rig.engine().keeper().refreshNow(ada.id())).isInstanceOf(RefreshOutcome.Fresh.class);
    }

    @Test
    void F18_refusesAnotherUserAndOverwritesNothing() {
        Account ada = rig.connect(EngineRig.ADA);
        TokenPair before = rig.grant(ada.id()).tokens();
        assertThat(complete(start(Optional.of("ada")), "grace.1002"))
                .isInstanceOfSatisfying(SignInStatus.Failed.class, failed -> {
                    assertThat(failed.code()).isEqualTo("wrong_user");
                    assertThat(failed.message()).contains("expected ada").contains("@grace");
                });
        assertThat(rig.grant(ada.id()).tokens()).isEqualTo(before);
        assertThat(rig.store().accountOf(ScriptedX.CLIENT_ID, "1002")).isEmpty();
    }

    @Test
    void F18_keepsTheWrongUsersNewPairIfRoostKeepsThatUserAnyway() {
        rig.connect(EngineRig.ADA);
        Account grace = rig.connect(EngineRig.GRACE);
        complete(start(Optional.of("1001")), "grace.1002");
        assertThat(rig.x().accepts(rig.grant(grace.id()).tokens().refresh()))
                .as("X killed the earlier grant of grace, so the new pair is the only live one")
                .isTrue();
    }

    @Test
    void F19_aSecondCallbackIsAnsweredWithoutASecondExchange() {
        Secret state = start(Optional.empty());
        complete(state, "ada.1001");
        SignInOutcome second = flow.complete(state, new CallbackAnswer.Code(Secret.of("ada.1001")));
        assertThat(second)
                .isInstanceOfSatisfying(
                        SignInOutcome.AlreadyUsed.class,
                        used -> assertThat(used.signIn().status()).isInstanceOf(SignInStatus.Connected.class));
        assertThat(rig.account(((SignInStatus.Connected) ((SignInOutcome.AlreadyUsed) second)
                                        .signIn()
                                        .status())
                                .account())
                        .generation())
                .isEqualTo(1);
    }

    @Test
    void F19_refusesAWrongStateAndALateOne() {
        assertThat(flow.complete(Secret.of("never-issued"), new CallbackAnswer.Denied()))
                .isInstanceOf(SignInOutcome.UnknownState.class);
        Secret state = start(Optional.empty());
        rig.clock().advance(Duration.ofMinutes(11));
        assertThat(complete(state, "ada.1001")).isInstanceOf(SignInStatus.Expired.class);
    }

    @Test
    void F19_explainsARefusedCode() {
        assertThat(complete(start(Optional.empty()), "reused"))
                .isInstanceOfSatisfying(SignInStatus.Failed.class, failed -> {
                    assertThat(failed.code()).isEqualTo("code_refused");
                    assertThat(failed.message()).contains("works once and for 30 seconds");
                });
    }

    @Test
    void aPersonMaySayNo() {
        SignInOutcome outcome = flow.complete(start(Optional.empty()), new CallbackAnswer.Denied());
        assertThat(((SignInOutcome.Standing) outcome).signIn().status()).isInstanceOf(SignInStatus.Denied.class);
    }

    @Test
    void F31_keepsThePairWhenXDoesNotSayWhoseItIsAndAsksAgainLater() {
        rig.x().identifyAs(new IdentifyAnswer.Unanswered("HTTP 503"));
        assertThat(complete(start(Optional.empty()), "ada.1001")).isInstanceOf(SignInStatus.Exchanged.class);
        assertThat(rig.store().accountOf(ScriptedX.CLIENT_ID, "1001")).isEmpty();
        rig.restarted("second").engine().signInFlow().resume();
        Account ada = rig.store().accountOf(ScriptedX.CLIENT_ID, "1001").orElseThrow();
        assertThat(rig.x().accepts(rig.grant(ada.id()).tokens().refresh())).isTrue();
    }

    @Test
    void F31_aKeptPairOutlivesItsAccessToken() {
        Account ada = rig.connect(EngineRig.ADA);
        rig.x().identifyAs(new IdentifyAnswer.Unanswered("HTTP 402"));
        complete(start(Optional.empty()), "ada.1001");
        rig.clock().advance(Duration.ofHours(3));
        flow.resume();
        assertThat(rig.account(ada.id()).generation()).isEqualTo(2);
        assertThat(rig.x().accepts(rig.grant(ada.id()).tokens().refresh())).isTrue();
    }

    @Test
    void F31_aKeptPairThatWasRenewedForNothingIsNotSpentAgain() {
        rig.x().identifyAs(new IdentifyAnswer.Unanswered("HTTP 402"));
        complete(start(Optional.of("ada")), "grace.1002");
        rig.clock().advance(Duration.ofHours(3));
        flow.resume();
        assertThat(rig.x().sends()).isOne();
        assertThat(rig.store().unidentified(ScriptedX.CLIENT_ID, 10))
                .as("the wrong user came back")
                .isEmpty();
        rig.clock().advance(Duration.ofHours(3));
        flow.resume();
        assertThat(rig.x().sends()).isOne();
    }

    @Test
    void anOlderPairNeverReplacesANewerOne() {
        rig.x().identifyAs(new IdentifyAnswer.Unanswered("HTTP 503"));
        complete(start(Optional.empty()), "ada.1001");
        rig.clock().advance(Duration.ofMinutes(1));
        SignInStatus second = complete(start(Optional.empty()), "ada.1001");
        Account ada = rig.account(((SignInStatus.Connected) second).account());
        rig.x().identifyAs(new IdentifyAnswer.Identified(EngineRig.ADA));
        rig.clock().advance(Duration.ofMinutes(1));
        flow.resume();
        assertThat(rig.x().accepts(rig.grant(ada.id()).tokens().refresh())).isTrue();
        assertThat(rig.account(ada.id()).generation()).isEqualTo(1);
    }

    @Test
    void F6_anImportDoesNotSendAgainWhatWasSpentBefore() {
        TokenPair elsewhere = rig.x().issue(EngineRig.ADA);
        flow.importGrant(elsewhere.refresh(), Optional.empty());
        assertThat(flow.importGrant(elsewhere.refresh(), Optional.empty()))
                .isInstanceOf(SignInOutcome.AlreadyKept.class);
        assertThat(rig.x().sends(elsewhere.refresh())).isOne();
    }

    @Test
    void importsAGrantBySpendingItOnce() {
        TokenPair elsewhere = rig.x().issue(EngineRig.ADA);
        SignInOutcome outcome = flow.importGrant(elsewhere.refresh(), Optional.of("ada"));
        assertThat(status(outcome)).isInstanceOf(SignInStatus.Connected.class);
        assertThat(rig.x().sends(elsewhere.refresh())).isOne();
        RefreshToken kept = rig.grant(((SignInStatus.Connected) status(outcome)).account())
                .tokens()
                .refresh();
        assertThat(rig.x().accepts(kept)).isTrue();
        assertThat(flow.importGrant(kept, Optional.empty())).isInstanceOf(SignInOutcome.AlreadyKept.class);
    }

    @Test
    void anImportSaysWhetherTheTokenWasSpent() {
        TokenPair elsewhere = rig.x().issue(EngineRig.ADA);
        rig.x().answerInstead(new Verdict.NotSent("no route"));
        assertThat(failure(flow.importGrant(elsewhere.refresh(), Optional.empty()))
                        .message())
                .contains("was not spent");
        rig.x().answerInstead(new Verdict.Unknown("read timeout"));
        assertThat(failure(flow.importGrant(elsewhere.refresh(), Optional.empty()))
                        .message())
                .contains("may be spent");
        assertThat(failure(flow.importGrant(RefreshToken.of("junk"), Optional.empty()))
                        .message())
                .contains("spent, revoked, or of another app");
        rig.x().acceptApp(false);
        assertThat(failure(flow.importGrant(elsewhere.refresh(), Optional.empty()))
                        .code())
                .isEqualTo("app_rejected");
    }

    @Test
    void nothingIsExchangedWhileTheStoreIsAway() {
        Secret state = start(Optional.empty());
        rig.store().outage(Outage.BEFORE);
        assertThatThrownBy(() -> flow.complete(state, new CallbackAnswer.Code(Secret.of("ada.1001"))))
                .isInstanceOf(StoreUnavailableException.class);
        rig.store().outage(Outage.NONE);
        assertThat(complete(state, "ada.1001")).isInstanceOf(SignInStatus.Connected.class);
    }

    @Test
    void F33_disconnectsHereEvenIfXDoesNotConfirmAndSaysSo() {
        Account ada = rig.connect(EngineRig.ADA);
        Account grace = rig.connect(EngineRig.GRACE);
        TokenPair pair = rig.grant(ada.id()).tokens();
        assertThat(rig.engine().disconnector().disconnect(ada.id())).isEmpty();
        assertThat(rig.x().wasRevoked(pair)).isTrue();
        rig.x().acceptApp(false);
        assertThat(rig.engine().disconnector().disconnect(grace.id()))
                .hasValueSatisfying(
                        why -> assertThat(why).contains("X rejects the app").contains("x.com/settings/connected_apps"));
        assertThat(rig.store().grant(grace.id())).isEmpty();
        assertThat(rig.account(grace.id()).state()).isInstanceOf(AccountState.Disconnected.class);
    }

    private Secret start(Optional<String> expected) {
        URI url = flow.start(CALLBACK, Scopes.DEFAULT, expected).authorizationUrl();
        return Secret.of(url.getQuery().substring("state=".length()));
    }

    private SignInStatus complete(Secret state, String code) {
        return status(flow.complete(state, new CallbackAnswer.Code(Secret.of(code))));
    }

    private static SignInStatus status(SignInOutcome outcome) {
        return ((SignInOutcome.Standing) outcome).signIn().status();
    }

    private static SignInStatus.Failed failure(SignInOutcome outcome) {
        return (SignInStatus.Failed) status(outcome);
    }
}
