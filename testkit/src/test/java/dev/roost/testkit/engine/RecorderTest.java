package dev.roost.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.core.Account;
import dev.roost.core.AccountEvent;
import dev.roost.core.AccountState;
import dev.roost.core.IssuedPair;
import dev.roost.core.Lease;
import dev.roost.core.Node;
import dev.roost.core.RefreshOutcome;
import dev.roost.core.Rotation;
import dev.roost.core.Scopes;
import dev.roost.core.TokenKeeper;
import dev.roost.core.TokenPair;
import dev.roost.core.Verdict;
import dev.roost.testkit.EngineRig;
import dev.roost.testkit.Gate;
import dev.roost.testkit.MemoryStore.Outage;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An answer of X is never dropped, whatever the store and the disk do. */
class RecorderTest {
    private final EngineRig rig = EngineRig.create();

    @ParameterizedTest
    @EnumSource(
            value = Outage.class,
            names = {"BEFORE", "AFTER"})
    void F5_anAnswerThatTheStoreCannotTakeIsSpooledServedAndRecordedLater(Outage outage) {
        Account ada = rig.connect(EngineRig.ADA);
        rig.engine().keeper().token(ada.id());
        rig.x().answerAfterwards(verdict -> failing(outage, verdict));

        assertThat(rig.engine().keeper().refreshNow(ada.id())).isInstanceOf(RefreshOutcome.Fresh.class);
        assertThat(rig.spool().entries()).hasSize(1);
        assertThat(rig.engine().keeper().health().spooled()).isOne();
        assertThat(rig.engine().keeper().token(ada.id()).generation()).isEqualTo(2);

        rig.store().outage(Outage.NONE);
        rig.turn();
        assertThat(rig.spool().entries()).isEmpty();
        assertThat(rig.account(ada.id()).generation()).isEqualTo(2);
        assertThat(rig.x().accepts(rig.grant(ada.id()).tokens().refresh())).isTrue();
        assertThat(rig.store().events(ada.id(), 9))
                .extracting(AccountEvent::kind)
                .contains(AccountEvent.Kind.SPOOLED, AccountEvent.Kind.ROTATED);
    }

    @Test
    void F5_aNewProcessDrainsTheSpoolBeforeItRefreshesAnything() {
        Account ada = rig.connect(EngineRig.ADA);
        rig.x().answerAfterwards(verdict -> failing(Outage.BEFORE, verdict));
        rig.engine().keeper().refreshNow(ada.id());
        rig.store().outage(Outage.NONE);
        rig.untilExpired();

        EngineRig next = rig.restarted("second");
        assertThat(next.engine().keeper().refreshNow(ada.id()))
                .isInstanceOfSatisfying(
                        RefreshOutcome.Fresh.class,
                        fresh -> assertThat(fresh.grant().generation()).isGreaterThanOrEqualTo(2));
        assertThat(rig.spool().entries()).isEmpty();
        assertThat(rig.account(ada.id()).state()).isInstanceOf(AccountState.Active.class);
        assertThat(rig.x().accepts(rig.grant(ada.id()).tokens().refresh())).isTrue();
    }

    @Test
    void nothingIsSentForAnAccountWhoseAnswerStillRestsInTheSpool() {
        Account ada = rig.connect(EngineRig.ADA);
        rig.engine().keeper().token(ada.id());
        rig.x().answerAfterwards(verdict -> failing(Outage.BEFORE, verdict));
        rig.engine().keeper().refreshNow(ada.id());
        rig.untilExpired();
        assertThat(rig.engine().keeper().refreshRejected(ada.id(), 2))
                .isInstanceOfSatisfying(
                        RefreshOutcome.Kept.class,
                        kept -> assertThat(kept.detail()).contains("rests in the spool"));
        assertThat(rig.x().sends()).isOne();
    }

    @Test
    void nobodyGetsAPairThatIsNeitherInTheStoreNorInTheSpool() throws Exception {
        Account ada = rig.connect(EngineRig.ADA);
        rig.engine().keeper().token(ada.id());
        rig.spool().full(true);
        Gate answered = new Gate();
        rig.x().answerAfterwards(verdict -> answered.holdHere(failing(Outage.BEFORE, verdict)));
        CompletableFuture<RefreshOutcome> refresh =
                CompletableFuture.supplyAsync(() -> rig.engine().keeper().refreshNow(ada.id()));
        answered.awaitHeld(1);
        answered.open();
        assertThat(rig.engine().keeper().token(ada.id()).generation()).isEqualTo(1);
        assertThat(refresh).isNotDone();

        rig.store().outage(Outage.NONE);
        assertThat(refresh.join()).isInstanceOf(RefreshOutcome.Fresh.class);
        assertThat(rig.account(ada.id()).generation()).isEqualTo(2);
    }

    @Test
    void aDisconnectRecordsWhatRestsInTheSpoolFirstAndRevokesTheLivePair() {
        Account ada = rig.connect(EngineRig.ADA);
        rig.x().answerAfterwards(verdict -> failing(Outage.BEFORE, verdict));
        rig.engine().keeper().refreshNow(ada.id());
        TokenPair live = rig.spool().entries().getFirst().pair().tokens();
        rig.store().outage(Outage.NONE);
        rig.clock().advance(Duration.ofMinutes(2));
        rig.restarted("second").engine().disconnector().disconnect(ada.id());
        assertThat(rig.x().wasRevoked(live)).isTrue();
        assertThat(rig.spool().entries()).isEmpty();
    }

    @Test
    void anAnswerForAStoreThatWentBackInTimeIsTaken() {
        Account ada = rig.connect(EngineRig.ADA);
        rig.engine().keeper().refreshNow(ada.id());
        Rotation ahead = new Rotation(
                ada.id(),
                5,
                new IssuedPair(
                        rig.x().issue(EngineRig.ADA), rig.clock().instant().plus(Duration.ofHours(2)), Scopes.DEFAULT),
                rig.clock().instant().plus(Duration.ofMinutes(110)),
                rig.clock().instant(),
                Duration.ofMillis(9),
                new Node("first"));
        rig.spool().put(ahead);
        rig.turn();
        assertThat(rig.account(ada.id()).generation()).isEqualTo(6);
        assertThat(rig.x().accepts(rig.grant(ada.id()).tokens().refresh())).isTrue();
    }

    @Test
    void aLateAnswerIsRecordedAfterAnotherProcessHasGivenTheGrantUp() throws Exception {
        Account ada = rig.connect(EngineRig.ADA);
        Gate gate = new Gate();
        rig.x().answerAfterwards(gate::holdHere);
        CompletableFuture<RefreshOutcome> slow =
                CompletableFuture.supplyAsync(() -> rig.engine().keeper().refreshNow(ada.id()));
        gate.awaitHeld(1);
        rig.clock().advance(Duration.ofMinutes(2));
        TokenKeeper second = rig.restarted("second").engine().keeper();
        assertThat(second.refreshNow(ada.id()))
                .as("the lease is over, and its owner has time to come back")
                .isInstanceOfSatisfying(RefreshOutcome.Kept.class, kept -> {
                    assertThat(kept.reason()).isEqualTo(RefreshOutcome.Reason.ANSWER_MISSING);
                    assertThat(kept.detail()).contains("by node first", "is missing");
                });
        assertThat(rig.x().sends()).isOne();
        rig.clock().advance(Lease.LONGEST_SILENCE);
        assertThat(second.refreshNow(ada.id())).isInstanceOf(RefreshOutcome.Lost.class);
        gate.open();
        assertThat(slow.join()).isInstanceOf(RefreshOutcome.Fresh.class);
        assertThat(rig.account(ada.id()).state()).isInstanceOf(AccountState.Active.class);
        assertThat(rig.x().accepts(rig.grant(ada.id()).tokens().refresh())).isTrue();
    }

    private Verdict failing(Outage outage, Verdict verdict) {
        rig.store().outage(outage);
        return verdict;
    }
}
