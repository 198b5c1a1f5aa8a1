package dev.roost.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roost.core.Account;
import dev.roost.core.AccountId;
import dev.roost.core.AccountNotFoundException;
import dev.roost.core.AccountState;
import dev.roost.core.Node;
import dev.roost.core.Peers;
import dev.roost.core.ReauthorizationRequiredException;
import dev.roost.core.RefreshOutcome;
import dev.roost.core.RefreshPendingException;
import dev.roost.core.RefreshPolicy;
import dev.roost.core.SignedIn;
import dev.roost.core.StoreUnavailableException;
import dev.roost.core.TokenKeeper;
import dev.roost.core.Verdict;
import dev.roost.core.World;
import dev.roost.core.XAnswer;
import dev.roost.testkit.EngineRig;
import dev.roost.testkit.Faults;
import dev.roost.testkit.FaultyStore;
import dev.roost.testkit.MemorySpool;
import dev.roost.testkit.MemoryStore;
import dev.roost.testkit.Sample;
import dev.roost.testkit.ScriptedX;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What callers get when they ask for a token. */
class ServingTest {
    private final EngineRig rig = EngineRig.create();

    @Test
    void F7_servesAFreshTokenWithoutAskingX() {
        Account ada = rig.connect(EngineRig.ADA);
        rig.clock().advance(Duration.ofMinutes(60));
        assertThat(rig.engine().keeper().token(ada.id()).generation()).isEqualTo(1);
        assertThat(rig.turn()).isEmpty();
        assertThat(rig.x().sends()).isZero();
    }

    @Test
    void servesADueTokenAtOnceAndRefreshesBehind() {
        Account ada = rig.connect(EngineRig.ADA);
        rig.untilDue();
        assertThat(rig.engine().keeper().token(ada.id()).generation()).isEqualTo(1);
        assertThat(rig.engine().keeper().stop(Duration.ofSeconds(10))).isTrue();
        assertThat(rig.account(ada.id()).generation()).isIn(1L, 2L);
    }

    static Stream<Verdict> failures() {
        return Stream.of(
                new Verdict.GrantRefused(ScriptedX.TOKEN_INVALID),
                new Verdict.AppRejected(ScriptedX.APP_INVALID),
                new Verdict.Throttled(new XAnswer(429, "", "slow down"), Optional.of(Duration.ofSeconds(9))),
                new Verdict.NotSent("connection refused"),
                new Verdict.Unknown("read timeout"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void F8_servesTheStillValidTokenWhateverXSays(Verdict failure) {
        Account ada = rig.connect(EngineRig.ADA);
        rig.untilDue();
        rig.x().answerInstead(failure);
        assertThat(rig.turn()).hasSize(1).noneMatch(RefreshOutcome.Fresh.class::isInstance);
        assertThat(rig.engine().keeper().token(ada.id()).generation()).isEqualTo(1);
        assertThat(rig.engine().keeper().token(ada.id(), Duration.ofMinutes(30)).generation())
                .isEqualTo(1);
    }

    @Test
    void refreshesAnExpiredTokenBeforeServing() {
        Account ada = rig.connect(EngineRig.ADA);
        rig.untilExpired();
        assertThat(rig.engine().keeper().token(ada.id()).generation()).isEqualTo(2);
    }

    @Test
    void refreshesFirstWhenMoreLifeIsWanted() {
        Account ada = rig.connect(EngineRig.ADA);
        rig.clock().advance(Duration.ofMinutes(100));
        Instant halfAnHour = rig.clock().instant().plus(Duration.ofMinutes(30));
        assertThat(rig.engine().keeper().token(ada.id(), Duration.ofMinutes(30)).expiresAt())
                .isAfter(halfAnHour);
    }

    @Test
    void F6_aProcessDoesNotGoOnWithItsOwnCopyAfterAnotherHasRotated() {
        Account ada = rig.connect(EngineRig.ADA);
        EngineRig other = rig.restarted("second");
        assertThat(other.engine().keeper().token(ada.id()).generation()).isEqualTo(1);
        rig.engine().keeper().refreshNow(ada.id());
        rig.clock().advance(Duration.ofSeconds(6));
        assertThat(other.engine().keeper().token(ada.id()).generation()).isEqualTo(2);
        assertThat(other.engine().keeper().refreshRejected(ada.id(), 1)).isInstanceOf(RefreshOutcome.Fresh.class);
        assertThat(rig.x().sends()).isOne();
    }

    @Test
    void F23_ignoresALateRejectionOfAnOlderGeneration() {
        Account ada = rig.connect(EngineRig.ADA);
        rig.engine().keeper().refreshNow(ada.id());
        RefreshOutcome outcome = rig.engine().keeper().refreshRejected(ada.id(), 1);
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        RefreshOutcome.Fresh.class,
                        fresh -> assertThat(fresh.grant().generation()).isEqualTo(2));
        assertThat(rig.x().sends()).isOne();
    }

    @Test
    void F22_refreshesOnceWhenXRejectsTheCurrentGeneration() {
        Account ada = rig.connect(EngineRig.ADA);
        assertThat(rig.engine().keeper().token(ada.id()).generation()).isEqualTo(1);
        rig.engine().keeper().refreshRejected(ada.id(), 1);
        assertThat(rig.engine().keeper().token(ada.id()).generation()).isEqualTo(2);
        assertThat(rig.x().sends()).isOne();
    }

    @Test
    void neverServesAgainWhatXRejectedEvenIfTheRefreshFails() {
        Account ada = rig.connect(EngineRig.ADA);
        AccountId id = ada.id();
        rig.engine().keeper().token(id);
        rig.x().answerInstead(new Verdict.NotSent("no route"));
        rig.engine().keeper().refreshRejected(id, 1);
        assertThatThrownBy(() -> rig.engine().keeper().token(id))
                .isInstanceOf(RefreshPendingException.class)
                .hasMessageContaining("the last refresh failed")
                .hasMessageContaining("the grant is kept");
    }

    @Test
    void servesFromMemoryWhileTheStoreIsAway() {
        Account ada = rig.connect(EngineRig.ADA);
        rig.engine().keeper().token(ada.id());
        rig.store().outage(MemoryStore.Outage.BEFORE);
        rig.clock().advance(Duration.ofMinutes(30));
        assertThat(rig.engine().keeper().token(ada.id()).generation()).isEqualTo(1);
    }

    @Test
    void aSilentStoreDoesNotKeepBackWhatIsRememberedAndValid() {
        Account ada = rig.connect(EngineRig.ADA);
        Faults faults = new Faults();
        TokenKeeper keeper = new TokenKeeper(
                new FaultyStore(rig.store(), faults),
                new MemorySpool(),
                rig.x(),
                RefreshPolicy.DEFAULT,
                Peers.NONE,
                World.real(new Node("silent"), rig.clock(), new Random(7)));
        keeper.token(ada.id());
        faults.plan("before grant", Faults.Effect.HANG, 1);
        rig.clock().advance(Duration.ofMinutes(30));
        assertThat(keeper.token(ada.id()).generation())
                .as("while the store's answer is outstanding")
                .isEqualTo(1);
        assertThat(faults.struck()).isTrue();
        faults.gate().open();
    }

    @Test
    void anAccountOfAnotherAppIsNeitherHandedOutNorRefreshed() {
        SignedIn elsewhere =
                Sample.signedIn(Sample.OTHER_CLIENT, EngineRig.ADA, rig.clock().instant());
        AccountId id = rig.store().connect(elsewhere).id();
        TokenKeeper keeper = rig.engine().keeper();
        assertThatThrownBy(() -> keeper.token(id))
                .isInstanceOf(AccountNotFoundException.class)
                .hasMessage("no account " + id + "; see: roost accounts list");
        assertThat(keeper.refreshNow(id)).isEqualTo(new RefreshOutcome.Absent(id));
        assertThat(keeper.refreshRejected(id, 1)).isEqualTo(new RefreshOutcome.Absent(id));
        assertThat(rig.x().sends()).isZero();
        assertThat(rig.engine().accounts().userOf(id)).isEmpty();
    }

    @Test
    void saysThatTheStoreIsAwayWhenMemoryHasNothing() {
        Account ada = rig.connect(EngineRig.ADA);
        rig.store().outage(MemoryStore.Outage.BEFORE);
        assertThatThrownBy(() -> rig.engine().keeper().token(ada.id())).isInstanceOf(StoreUnavailableException.class);
    }

    @Test
    void spendsNothingWhileTheStoreIsAway() {
        Account ada = rig.connect(EngineRig.ADA);
        rig.engine().keeper().token(ada.id());
        rig.store().outage(MemoryStore.Outage.BEFORE);
        assertThat(rig.engine().keeper().refreshRejected(ada.id(), 1))
                .isInstanceOfSatisfying(
                        RefreshOutcome.Kept.class,
                        kept -> assertThat(kept.reason()).isEqualTo(RefreshOutcome.Reason.STORE_UNAVAILABLE));
        assertThat(rig.x().sends()).isZero();
    }

    @Test
    void asksForSignInWhenTheGrantIsGoneAndTheTokenExpired() {
        Account ada = rig.connect(EngineRig.ADA);
        rig.x().revoke(EngineRig.ADA);
        rig.untilExpired();
        assertThatThrownBy(() -> rig.engine().keeper().token(ada.id()))
                .isInstanceOf(ReauthorizationRequiredException.class)
                .hasMessageContaining("@ada")
                .hasMessageContaining("revoked the app")
                .hasMessageContaining("roost connect");
        assertThat(rig.account(ada.id()).state()).isInstanceOf(AccountState.NeedsReauthorization.class);
    }

    @Test
    void doesNotAskXAgainRightAfterAFailure() {
        Account ada = rig.connect(EngineRig.ADA);
        rig.untilExpired();
        rig.x().answerInstead(new Verdict.NotSent("no route to x"));
        assertThatThrownBy(() -> rig.engine().keeper().token(ada.id())).hasMessageContaining("no route to x");
        assertThatThrownBy(() -> rig.engine().keeper().token(ada.id()))
                .isInstanceOf(RefreshPendingException.class)
                .hasMessageContaining("the last refresh failed");
        rig.clock().advance(Duration.ofMinutes(6));
        assertThat(rig.engine().keeper().token(ada.id()).generation()).isEqualTo(2);
    }

    @Test
    void namesAnAccountThatDoesNotExist() {
        AccountId nobody = AccountId.random(new Random(1));
        assertThatThrownBy(() -> rig.engine().keeper().token(nobody))
                .isInstanceOf(AccountNotFoundException.class)
                .hasMessageContaining(nobody.value())
                .hasMessageContaining("roost accounts list");
    }

    @Test
    void F20_survivesAClockThatJumpsADayEitherWay() {
        Account ada = rig.connect(EngineRig.ADA);
        rig.clock().advance(Duration.ofDays(1));
        assertThat(rig.engine().keeper().token(ada.id()).generation()).isEqualTo(2);
        rig.clock().advance(Duration.ofDays(-1));
        assertThat(rig.engine().keeper().token(ada.id()).generation())
                .as("what a clock that was ahead said of the expiry counts for nothing")
                .isEqualTo(3);
        assertThat(rig.account(ada.id()).accessExpiresAt())
                .isEqualTo(rig.clock().instant().plus(Duration.ofHours(2)));
    }

    @Test
    void aTokenThatXRejectsAgainAndAgainIsNotRefreshedAgainAndAgain() {
        Account ada = rig.connect(EngineRig.ADA);
        int refreshed = 0;
        for (int i = 0; i < 50; i++) {
            long generation = rig.account(ada.id()).generation();
            refreshed +=
                    rig.engine().keeper().refreshRejected(ada.id(), generation) instanceof RefreshOutcome.Fresh ? 1 : 0;
            rig.clock().advance(Duration.ofSeconds(30));
        }
        assertThat(refreshed).isBetween(2, 5);
        assertThat(rig.engine()
                        .keeper()
                        .refreshRejected(ada.id(), rig.account(ada.id()).generation()))
                .isInstanceOfSatisfying(
                        RefreshOutcome.Kept.class,
                        kept -> assertThat(kept.detail()).contains("though it is new"));
    }

    @Test
    void aWishForMoreThanHalfATokensLifeDoesNotRotateOnEveryCall() {
        Account ada = rig.connect(EngineRig.ADA);
        for (int i = 0; i < 20; i++) {
            rig.engine().keeper().token(ada.id(), Duration.ofHours(2));
            rig.clock().advance(Duration.ofMinutes(1));
        }
        assertThat(rig.x().sends()).isZero();
    }

    @Test
    void forgetsWhatAnotherProcessHasDisconnected() {
        Account ada = rig.connect(EngineRig.ADA);
        EngineRig other = rig.restarted("second");
        other.engine().keeper().token(ada.id());
        rig.engine().disconnector().disconnect(ada.id());
        rig.clock().advance(Duration.ofSeconds(6));
        assertThatThrownBy(() -> other.engine().keeper().token(ada.id())).isInstanceOf(AccountNotFoundException.class);
        rig.store().outage(MemoryStore.Outage.BEFORE);
        assertThatThrownBy(() -> other.engine().keeper().token(ada.id())).isInstanceOf(StoreUnavailableException.class);
    }
}
