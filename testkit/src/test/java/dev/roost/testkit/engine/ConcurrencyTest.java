package dev.roost.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.core.Account;
import dev.roost.core.AccountId;
import dev.roost.core.RefreshOutcome;
import dev.roost.core.RefreshPolicy;
import dev.roost.core.Verdict;
import dev.roost.core.XUser;
import dev.roost.testkit.EngineRig;
import dev.roost.testkit.Gate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many callers, many accounts, one token that must be spent once. */
class ConcurrencyTest {
    private final EngineRig rig = EngineRig.create();
    private final Gate gate = new Gate();

    @Test
    void F1_makesOneRequestForAThousandCallersAndGivesAllTheSamePair() throws Exception {
        Account ada = rig.connect(EngineRig.ADA);
        rig.untilExpired();
        rig.x().answerAfterwards(gate::holdHere);
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Long>> answers = IntStream.range(0, 1_000)
                    .mapToObj(i -> callers.submit(
                            () -> rig.engine().keeper().token(ada.id()).generation()))
                    .toList();
            gate.awaitHeld(1);
            gate.open();
            for (Future<Long> answer : answers) {
                assertThat(answer.get()).isEqualTo(2);
            }
        }
        assertThat(rig.x().sends()).isOne();
    }

    @Test
    void F25_aFailedFlightDoesNotStick() {
        Account ada = rig.connect(EngineRig.ADA);
        rig.x().answerInstead(new Verdict.NotSent("no route"));
        assertThat(rig.engine().keeper().refreshNow(ada.id())).isInstanceOf(RefreshOutcome.Kept.class);
        assertThat(rig.engine().keeper().refreshNow(ada.id())).isInstanceOf(RefreshOutcome.Fresh.class);
        assertThat(rig.engine().keeper().health().underWay()).isZero();
    }

    @Test
    void aCallerThatIsInterruptedDoesNotStopTheRefresh() throws Exception {
        Account ada = rig.connect(EngineRig.ADA);
        rig.x().answerAfterwards(gate::holdHere);
        Thread caller = Thread.ofVirtual().start(() -> rig.engine().keeper().refreshNow(ada.id()));
        gate.awaitHeld(1);
        caller.interrupt();
        gate.open();
        caller.join();
        assertThat(rig.engine().keeper().stop(Duration.ofSeconds(10))).isTrue();
        assertThat(rig.account(ada.id()).generation()).isEqualTo(2);
    }

    @Test
    void F3_F4_theLoserOfARaceBetweenProcessesAdoptsTheWinnersPair() throws Exception {
        Account ada = rig.connect(EngineRig.ADA);
        EngineRig other = rig.restarted("second");
        try (ExecutorService processes = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<RefreshOutcome>> both = List.of(
                    () -> rig.engine().keeper().refreshRejected(ada.id(), 1),
                    () -> other.engine().keeper().refreshRejected(ada.id(), 1));
            for (Future<RefreshOutcome> outcome : processes.invokeAll(both)) {
                assertThat(outcome.get())
                        .isInstanceOfSatisfying(
                                RefreshOutcome.Fresh.class,
                                fresh -> assertThat(fresh.grant().generation()).isEqualTo(2));
            }
        }
        assertThat(rig.x().sends()).isOne();
        assertThat(rig.x().accepts(rig.grant(ada.id()).tokens().refresh())).isTrue();
    }

    @Test
    void F32_aStampedeIsBoundedAndEveryAccountIsServed() {
        RefreshPolicy p = RefreshPolicy.DEFAULT;
        EngineRig bounded = EngineRig.create(new RefreshPolicy(
                p.refreshAheadMost(),
                p.refreshAheadLeast(),
                p.minRemaining(),
                p.connectDeadline(),
                p.answerDeadline(),
                p.leaseLength(),
                p.guardedRetryPause(),
                p.firstBackoff(),
                p.longestBackoff(),
                p.spoolAfter(),
                8));
        List<AccountId> ids = IntStream.range(0, 100)
                .mapToObj(i -> bounded.connect(new XUser(Integer.toString(2_000 + i), "user" + i))
                        .id())
                .toList();
        AtomicInteger atOnce = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        ids.forEach(id -> bounded.x().answerAfterwards(verdict -> {
            most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
            atOnce.decrementAndGet();
            return verdict;
        }));
        bounded.untilDue();
        while (!bounded.turn().isEmpty()) {
            assertThat(bounded.engine().keeper().health().underWay()).isLessThanOrEqualTo(8);
        }
        assertThat(most.get()).isBetween(1, 8);
        assertThat(ids)
                .allSatisfy(id -> assertThat(bounded.account(id).generation()).isEqualTo(2));
    }

    @Test
    void aStoppingProcessFinishesWhatItSentAndStartsNothing() throws Exception {
        Account ada = rig.connect(EngineRig.ADA);
        Account grace = rig.connect(EngineRig.GRACE);
        rig.x().answerAfterwards(gate::holdHere);
        Thread caller = Thread.ofVirtual().start(() -> rig.engine().keeper().refreshNow(ada.id()));
        gate.awaitHeld(1);
        assertThat(rig.engine().stop(Duration.ofMillis(1))).isFalse();
        assertThat(rig.engine().keeper().refreshNow(grace.id()))
                .isInstanceOfSatisfying(
                        RefreshOutcome.Kept.class,
                        kept -> assertThat(kept.reason()).isEqualTo(RefreshOutcome.Reason.STOPPING));
        gate.open();
        assertThat(rig.engine().stop(Duration.ofSeconds(10))).isTrue();
        caller.join();
        assertThat(rig.account(ada.id()).generation()).isEqualTo(2);
        assertThat(rig.account(grace.id()).generation()).isEqualTo(1);
        assertThat(rig.x().sends()).isOne();
    }
}
