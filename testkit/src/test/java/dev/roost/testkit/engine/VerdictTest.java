package dev.roost.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.core.Account;
import dev.roost.core.AccountEvent;
import dev.roost.core.AccountEvent.Kind;
import dev.roost.core.AccountId;
import dev.roost.core.AccountState;
import dev.roost.core.LossCause;
import dev.roost.core.RefreshOutcome;
import dev.roost.core.RefreshOutcome.Reason;
import dev.roost.core.RefreshToken;
import dev.roost.core.Verdict;
import dev.roost.core.XAnswer;
import dev.roost.core.XUser;
import dev.roost.testkit.EngineRig;
import dev.roost.testkit.ScriptedX;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What each of X's answers does to a grant, and what follows. */
class VerdictTest {
    private final EngineRig rig = EngineRig.create();

    @Test
    void recordsARotationAndSchedulesTheNextTenToFiveMinutesAhead() {
        Account ada = rig.connect(EngineRig.ADA);
        rig.untilDue();
        Instant sentAt = rig.clock().instant();
        assertThat(rig.turn()).hasSize(1).allMatch(RefreshOutcome.Fresh.class::isInstance);
        Account now = rig.account(ada.id());
        assertThat(now.generation()).isEqualTo(2);
        assertThat(now.accessExpiresAt()).isEqualTo(sentAt.plus(Duration.ofHours(2)));
        AccountState.Active active = (AccountState.Active) now.state();
        assertThat(Duration.between(active.nextRefreshAt(), now.accessExpiresAt()))
                .isBetween(Duration.ofMinutes(5), Duration.ofMinutes(10));
        assertThat(kinds(ada.id())).containsExactly(Kind.ROTATED, Kind.CONNECTED);
    }

    @Test
    void F14_keepsTheOldRefreshTokenWhenXSendsNone() {
        Account ada = rig.connect(EngineRig.ADA);
        RefreshToken before = rig.grant(ada.id()).tokens().refresh();
        rig.x().sendRefreshTokens(false);
        rig.engine().keeper().refreshNow(ada.id());
        assertThat(rig.account(ada.id()).generation()).isEqualTo(2);
        assertThat(rig.grant(ada.id()).tokens().refresh()).isEqualTo(before);
    }

    @Test
    void F9_aRefusedGrantIsTerminalAndNeverSentAgain() {
        Account ada = rig.connect(EngineRig.ADA);
        rig.x().revoke(EngineRig.ADA);
        rig.untilDue();
        assertThat(rig.turn()).hasSize(1).allMatch(RefreshOutcome.Lost.class::isInstance);
        rig.clock().advance(Duration.ofDays(2));
        assertThat(rig.turn()).isEmpty();
        assertThat(rig.engine().keeper().refreshNow(ada.id()))
                .isInstanceOfSatisfying(
                        RefreshOutcome.Lost.class,
                        lost -> assertThat(lost.cause().explain()).contains("though Roost had not spent it"));
        assertThat(rig.x().sends()).isOne();
        assertThat(kinds(ada.id())).containsExactly(Kind.REFUSED, Kind.CONNECTED);
    }

    @Test
    void F2_aLostAnswerRestsThenIsRetriedOnceAndReportedAsExactlyThat() {
        Account ada = rig.connect(EngineRig.ADA);
        RefreshToken spent = rig.grant(ada.id()).tokens().refresh();
        Instant sentAt = rig.clock().instant();
        rig.x().answerAfterwards(rotated -> new Verdict.Unknown("read timeout"));
        assertThat(rig.engine().keeper().refreshNow(ada.id())).isInstanceOf(RefreshOutcome.Kept.class);
        assertThat(rig.account(ada.id()).state()).isInstanceOf(AccountState.Uncertain.class);

        assertThat(rig.engine().keeper().refreshNow(ada.id()))
                .isInstanceOfSatisfying(
                        RefreshOutcome.Kept.class,
                        kept -> assertThat(kept.detail()).contains("is missing").contains("node first"));
        assertThat(rig.x().sends(spent))
                .as("nothing is sent again before the pause")
                .isOne();

        rig.clock().advance(Duration.ofSeconds(75));
        assertThat(rig.turn()).hasSize(1).allMatch(RefreshOutcome.Lost.class::isInstance);
        AccountState.NeedsReauthorization gone =
                (AccountState.NeedsReauthorization) rig.account(ada.id()).state();
        assertThat(gone.cause()).isEqualTo(new LossCause.AnswerLost(sentAt, "first"));
        assertThat(gone.cause().explain()).contains(sentAt.toString()).contains("node first");
        assertThat(kinds(ada.id()))
                .containsExactly(Kind.REFUSED, Kind.GUARDED_RETRY, Kind.ANSWER_MISSING, Kind.CONNECTED);
    }

    @Test
    void F2_aGuardedRetryBringsTheGrantBackWhenXHadNotRotated() {
        Account ada = rig.connect(EngineRig.ADA);
        rig.x().answerInstead(new Verdict.Unknown("HTTP 503"));
        rig.engine().keeper().refreshNow(ada.id());
        rig.clock().advance(Duration.ofSeconds(75));
        assertThat(rig.turn()).hasSize(1).allMatch(RefreshOutcome.Fresh.class::isInstance);
        assertThat(rig.account(ada.id()).state()).isInstanceOf(AccountState.Active.class);
        assertThat(kinds(ada.id()))
                .containsExactly(Kind.ROTATED, Kind.GUARDED_RETRY, Kind.ANSWER_MISSING, Kind.CONNECTED);
    }

    @Test
    void anOutageOfXLosesNothingHoweverLongItLasts() {
        Account ada = rig.connect(EngineRig.ADA);
        IntStream.range(0, 20).forEach(i -> rig.x().answerInstead(new Verdict.Unknown("HTTP 503")));
        rig.untilDue();
        for (int i = 0; i < 20; i++) {
            assertThat(rig.turn()).as("attempt %d", i).hasSize(1);
            rig.clock().advance(Duration.ofMinutes(7));
        }
        assertThat(rig.turn()).allMatch(RefreshOutcome.Fresh.class::isInstance);
        assertThat(rig.account(ada.id()).generation()).isEqualTo(2);
    }

    @Test
    void anUnsentGuardedRetryDoesNotForgetTheOpenIntent() {
        Account ada = rig.connect(EngineRig.ADA);
        rig.x().answerAfterwards(rotated -> new Verdict.Unknown("reset"));
        rig.engine().keeper().refreshNow(ada.id());
        rig.clock().advance(Duration.ofSeconds(75));
        rig.x().answerInstead(new Verdict.NotSent("no route"));
        rig.turn();
        assertThat(rig.account(ada.id()).state()).isInstanceOf(AccountState.Uncertain.class);
        rig.clock().advance(Duration.ofSeconds(75));
        rig.turn();
        assertThat(rig.account(ada.id()).state())
                .isInstanceOfSatisfying(
                        AccountState.NeedsReauthorization.class,
                        gone -> assertThat(gone.cause()).isInstanceOf(LossCause.AnswerLost.class));
    }

    @Test
    void F8_throttlingWaitsAsLongAsXSays() {
        Account ada = rig.connect(EngineRig.ADA);
        rig.untilDue();
        rig.x()
                .answerInstead(
                        new Verdict.Throttled(new XAnswer(429, "", "slow down"), Optional.of(Duration.ofMinutes(3))));
        rig.turn();
        rig.clock().advance(Duration.ofMinutes(2));
        assertThat(rig.turn()).isEmpty();
        rig.clock().advance(Duration.ofMinutes(1));
        assertThat(rig.turn()).hasSize(1).allMatch(RefreshOutcome.Fresh.class::isInstance);
        assertThat(rig.account(ada.id()).generation()).isEqualTo(2);
    }

    @Test
    void F10_aRejectedAppStopsAllRefreshesTouchesNoAccountAndIsProbedWithoutCost() {
        List<AccountId> ids = IntStream.range(0, 20)
                .mapToObj(i -> rig.connect(new XUser(Integer.toString(3_000 + i), "user" + i))
                        .id())
                .toList();
        rig.x().acceptApp(false);
        rig.untilDue();
        rig.turn();
        assertThat(rig.engine().keeper().health().appRejected()).contains(ScriptedX.APP_INVALID);
        for (int i = 0; i < 10; i++) {
            rig.clock().advance(Duration.ofMinutes(1));
            assertThat(rig.turn()).isEmpty();
        }
        assertThat(rig.x().probes()).isBetween(2, 10);
        assertThat(ids).allSatisfy(id -> assertThat(rig.account(id).state()).isInstanceOf(AccountState.Active.class));
        assertThat(rig.engine().keeper().refreshNow(ids.getFirst()))
                .isInstanceOfSatisfying(RefreshOutcome.Kept.class, kept -> {
                    assertThat(kept.reason()).isEqualTo(Reason.APP_REJECTED);
                    assertThat(kept.detail())
                            .contains("Missing valid authorization header")
                            .contains("roost doctor");
                });

        rig.x().acceptApp(true);
        rig.clock().advance(Duration.ofMinutes(6));
        assertThat(rig.turn()).hasSize(20).allMatch(RefreshOutcome.Fresh.class::isInstance);
        assertThat(rig.engine().keeper().health().appRejected()).isEmpty();
        assertThat(ids)
                .allSatisfy(id -> assertThat(rig.account(id).generation()).isEqualTo(2));
    }

    @Test
    void F10_theBreakerProbesOnThoughTheClockIsSetBack() {
        Account ada = rig.connect(EngineRig.ADA);
        rig.x().acceptApp(false);
        rig.untilDue();
        rig.turn();
        rig.x().acceptApp(true);
        rig.setClockBack(Duration.ofDays(1));
        rig.clock().advance(Duration.ofMinutes(6));
        rig.turn();
        assertThat(rig.engine().keeper().health().appRejected()).isEmpty();
        assertThat(rig.engine().keeper().refreshNow(ada.id())).isInstanceOf(RefreshOutcome.Fresh.class);
    }

    @Test
    void F30_refreshesAccountsThatHaveExpiredLongAgo() {
        Account ada = rig.connect(EngineRig.ADA);
        rig.clock().advance(Duration.ofDays(30));
        assertThat(rig.turn()).hasSize(1).allMatch(RefreshOutcome.Fresh.class::isInstance);
        assertThat(rig.account(ada.id()).generation()).isEqualTo(2);
    }

    @Test
    void F17_saysThatSomebodyElseMayHaveSignedIn() {
        Account ada = rig.connect(EngineRig.ADA);
        rig.x().issue(EngineRig.ADA);
        rig.untilDue();
        rig.turn();
        AccountState.NeedsReauthorization gone =
                (AccountState.NeedsReauthorization) rig.account(ada.id()).state();
        assertThat(gone.cause().explain()).contains("signed the same user in to the same app elsewhere");
    }

    private List<Kind> kinds(AccountId id) {
        return rig.store().events(id, 20).stream().map(AccountEvent::kind).toList();
    }
}
