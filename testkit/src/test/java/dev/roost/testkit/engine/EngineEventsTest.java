package dev.roost.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.core.Account;
import dev.roost.core.CallbackAnswer;
import dev.roost.core.CallerApp;
import dev.roost.core.EngineEvent;
import dev.roost.core.EngineEvent.Ending;
import dev.roost.core.EngineEvent.Issued;
import dev.roost.core.EngineEvent.Outcome;
import dev.roost.core.EngineEvent.RefreshEnded;
import dev.roost.core.EngineEvent.RefreshStarted;
import dev.roost.core.EngineEvent.Subject;
import dev.roost.core.LossCause;
import dev.roost.core.Node;
import dev.roost.core.RefreshOutcome;
import dev.roost.core.Scopes;
import dev.roost.core.Secret;
import dev.roost.core.Verdict;
import dev.roost.core.XAnswer;
import dev.roost.testkit.EngineRig;
import dev.roost.testkit.MemoryStore.Outage;
import dev.roost.testkit.ScriptedX;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the engine tells its listener. */
class EngineEventsTest {
    private static final Node FIRST = new Node("first");

    private final EngineRig rig = EngineRig.create();

    @Test
    void aRotationIsToldWithWhatXIssued() {
        Account ada = rig.connect(EngineRig.ADA);
        rig.engine().keeper().refreshNow(ada.id());
        Subject subject = new Subject.Kept(ada.id(), "ada", 1);
        assertThat(rig.events())
                .containsExactly(
                        new RefreshStarted(subject, FIRST),
                        new RefreshEnded(
                                subject,
                                FIRST,
                                Outcome.ROTATED,
                                Optional.empty(),
                                "",
                                Duration.ZERO,
                                Optional.of(new Issued(Duration.ofHours(2), true, Optional.of(Scopes.DEFAULT)))));
    }

    /** A verdict and what is told of it. */
    record Told(Verdict verdict, Outcome outcome, Optional<XAnswer> answer, String detail) {}

    static List<Told> failures() {
        XAnswer busy = new XAnswer(429, "", "slow down");
        return List.of(
                new Told(
                        new Verdict.Throttled(busy, Optional.empty()),
                        Outcome.THROTTLED,
                        Optional.of(busy),
                        "slow down"),
                new Told(new Verdict.NotSent("no route"), Outcome.NOT_SENT, Optional.empty(), "no route; the grant is"),
                new Told(new Verdict.Unknown("timeout"), Outcome.UNKNOWN, Optional.empty(), "guarded retry at"),
                new Told(
                        new Verdict.AppRejected(ScriptedX.APP_INVALID),
                        Outcome.APP_REJECTED,
                        Optional.of(ScriptedX.APP_INVALID),
                        "X rejects the app"),
                new Told(
                        new Verdict.GrantRefused(ScriptedX.TOKEN_INVALID),
                        Outcome.GRANT_REFUSED,
                        Optional.of(ScriptedX.TOKEN_INVALID),
                        "Sign in again"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aFailureIsToldWithWhatXSaid(Told told) {
        Account ada = rig.connect(EngineRig.ADA);
        rig.x().answerInstead(told.verdict());
        rig.engine().keeper().refreshNow(ada.id());
        assertThat(rig.events())
                .filteredOn(RefreshEnded.class::isInstance)
                .singleElement()
                .isInstanceOfSatisfying(RefreshEnded.class, ended -> {
                    assertThat(ended.subject()).isEqualTo(new Subject.Kept(ada.id(), "ada", 1));
                    assertThat(ended.outcome()).isEqualTo(told.outcome());
                    assertThat(ended.answer()).isEqualTo(told.answer());
                    assertThat(ended.detail()).contains(told.detail());
                    assertThat(ended.issued()).isEmpty();
                });
    }

    @Test
    void aLostGrantIsToldOnce() {
        Account ada = rig.connect(EngineRig.ADA);
        rig.x().revoke(EngineRig.ADA);
        rig.engine().keeper().refreshNow(ada.id());
        rig.engine().keeper().refreshNow(ada.id());
        assertThat(rig.events())
                .endsWith(new EngineEvent.GrantLost(rig.account(ada.id()), new LossCause.RefusedByX()))
                .hasSize(3);
    }

    @Test
    void theBreakerIsToldWhenItOpensAndCloses() {
        Account ada = rig.connect(EngineRig.ADA);
        rig.x().acceptApp(false);
        rig.engine().keeper().refreshNow(ada.id());
        rig.engine().keeper().refreshNow(ada.id());
        rig.x().acceptApp(true);
        rig.clock().advance(Duration.ofMinutes(1));
        rig.turn();
        assertThat(rig.events())
                .filteredOn(event ->
                        event instanceof EngineEvent.BreakerOpened || event instanceof EngineEvent.BreakerClosed)
                .containsExactly(
                        new EngineEvent.BreakerOpened(ScriptedX.CLIENT_ID, ScriptedX.APP_INVALID),
                        new EngineEvent.BreakerClosed(ScriptedX.CLIENT_ID));
    }

    @Test
    void aSpooledAnswerIsToldWhenItRestsAndWhenItIsRecorded() {
        Account ada = rig.connect(EngineRig.ADA);
        rig.x().answerAfterwards(verdict -> {
            rig.store().outage(Outage.BEFORE);
            return verdict;
        });
        rig.engine().keeper().refreshNow(ada.id());
        rig.store().outage(Outage.NONE);
        rig.turn();
        assertThat(rig.events()).hasSize(4).satisfies(events -> {
            assertThat(events.get(1)).isInstanceOfSatisfying(EngineEvent.AnswerSpooled.class, spooled -> {
                assertThat(spooled.generation()).isEqualTo(2);
                assertThat(spooled.failure().orElseThrow()).contains("does not answer");
            });
            assertThat(events.get(3)).isEqualTo(new EngineEvent.SpoolDrained(ada.id(), 2));
        });
    }

    @Test
    void aSignInIsToldWhenItEnds() {
        var flow = rig.engine().signInFlow();
        var started = flow.start(URI.create("http://127.0.0.1/cb"), Scopes.DEFAULT, Optional.of("@grace"));
        String state = started.authorizationUrl().getQuery().replace("state=", "");
        flow.complete(Secret.of(state), new CallbackAnswer.Code(Secret.of("ada.1001")));
        flow.importGrant(rig.x().issue(EngineRig.GRACE).refresh(), Optional.empty());
        assertThat(rig.events()).hasSize(2).satisfies(events -> {
            assertThat(events.get(0))
                    .isEqualTo(new EngineEvent.SignInEnded(started.signIn().id(), false, Ending.FAILED, "wrong_user"));
            assertThat(events.get(1)).isInstanceOfSatisfying(EngineEvent.SignInEnded.class, ended -> {
                assertThat(ended.imported()).isTrue();
                assertThat(ended.ending()).isEqualTo(Ending.CONNECTED);
            });
        });
    }

    @Test
    void aListenerThatThrowsIsTheListenersTrouble() {
        Account ada = rig.connect(EngineRig.ADA);
        rig.breakListener();
        assertThat(rig.engine().keeper().refreshNow(ada.id())).isInstanceOf(RefreshOutcome.Fresh.class);
        rig.x().revoke(EngineRig.ADA);
        assertThat(rig.engine().keeper().refreshNow(ada.id())).isInstanceOf(RefreshOutcome.Lost.class);
        assertThat(rig.events()).hasSize(5);
    }

    @Test
    void aCallersRefreshIsToldWithoutAnAccountAndItsReplayIsNot() {
        var token = rig.x().issue(EngineRig.ADA).refresh();
        CallerApp app = new CallerApp(rig.x(), Optional.empty());
        rig.engine().callerRefreshes().refresh(app, token);
        rig.engine().callerRefreshes().refresh(app, token);
        Subject subject = new Subject.Caller(ScriptedX.CLIENT_ID);
        assertThat(rig.events())
                .hasSize(2)
                .startsWith(new RefreshStarted(subject, FIRST))
                .last()
                .isInstanceOfSatisfying(RefreshEnded.class, ended -> {
                    assertThat(ended.subject()).isEqualTo(subject);
                    assertThat(ended.outcome()).isEqualTo(Outcome.ROTATED);
                });
    }
}
