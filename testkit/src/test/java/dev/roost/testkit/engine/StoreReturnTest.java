package dev.roost.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roost.core.Account;
import dev.roost.core.Lease;
import dev.roost.core.RefreshOutcome;
import dev.roost.core.RefreshPolicy;
import dev.roost.core.Scheduler;
import dev.roost.core.StoreUnavailableException;
import dev.roost.core.Verdict;
import dev.roost.testkit.EngineRig;
import dev.roost.testkit.MemoryStore.Outage;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** When the store comes back, those who hold answers of X are first, and those who would send a token again wait. */
class StoreReturnTest {
    private static final Duration LONG = RefreshPolicy.DEFAULT.leaseLength().dividedBy(2);
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final EngineRig rig = EngineRig.create();
    private final EngineRig other = rig.beside("other");

    @Test
    void whoHasTheAnswerIsFirst() {
        Account ada = spooledHere();
        awayFor(RefreshPolicy.DEFAULT.leaseLength().plus(Lease.LONGEST_SILENCE));
        assertThat(other.turn()).as("though it is due").isEmpty();
        assertThat(rig.turn()).isEmpty();
        assertThat(rig.account(ada.id()).generation()).isEqualTo(2);
        rig.clock().advance(GRACE);
        assertThat(other.turn()).isEmpty();
        assertThat(rig.x().sends()).isOne();
    }

    @Test
    void whoHasAnAnswerWaitsForThoseOfOthers() {
        rig.connect(EngineRig.GRACE);
        rig.untilDue();
        rig.x().answerAfterwards(verdict -> new Verdict.Unknown("timeout"));
        other.turn();
        Account ada = spooledHere();
        assertThat(rig.turn()).as("nothing while the answer cannot be recorded").isEmpty();
        rig.clock().advance(RefreshPolicy.DEFAULT.leaseLength());
        rig.store().outage(Outage.NONE);
        int before = rig.x().sends();
        assertSent(rig, before);
        assertThat(rig.account(ada.id()).generation()).isEqualTo(2);
        rig.clock().advance(GRACE);
        assertSent(rig, before + 1);
    }

    @Test
    void afterThatTheTokenIsSentAgain() {
        unanswered();
        awayFor(RefreshPolicy.DEFAULT.leaseLength());
        assertSent(other, 1);
        rig.clock().advance(GRACE.minusMillis(1));
        assertSent(other, 1);
        rig.clock().advance(Duration.ofMillis(1));
        assertSent(other, 2);
    }

    @Test
    void whoAsksForATokenWaitsToo() {
        Account ada = unanswered();
        awayFor(RefreshPolicy.DEFAULT.leaseLength());
        assertThat(other.engine().keeper().refreshNow(ada.id()))
                .isInstanceOfSatisfying(RefreshOutcome.Kept.class, kept -> {
                    assertThat(kept.reason()).isEqualTo(RefreshOutcome.Reason.ANSWER_MISSING);
                    assertThat(kept.retryAt()).isEqualTo(rig.clock().instant().plus(GRACE));
                });
        assertThat(rig.x().sends()).isOne();
        rig.clock().advance(GRACE);
        assertThat(other.engine().keeper().refreshNow(ada.id())).isInstanceOf(RefreshOutcome.Lost.class);
        assertThat(rig.x().sends()).isEqualTo(2);
    }

    @Test
    void aStoreThatWasAwayForAMomentKeepsNobodyWaiting() {
        unanswered();
        rig.clock().advance(RefreshPolicy.DEFAULT.leaseLength());
        awayFor(LONG.minusMillis(1));
        assertSent(other, 2);
    }

    @Test
    void whatWasNeverSentDoesNotWait() {
        Account ada = rig.connect(EngineRig.ADA);
        rig.untilDue();
        awayFor(LONG);
        other.turn();
        assertThat(rig.account(ada.id()).generation()).isEqualTo(2);
    }

    @Test
    void aProcessThatHasJustBegunWaitsForThoseThatBeganWithIt() {
        unanswered();
        rig.clock().advance(RefreshPolicy.DEFAULT.leaseLength());
        EngineRig next = rig.beside("next");
        Scheduler scheduler = next.engine().scheduler();
        scheduler.close();
        // Closed before: it begins, and takes no turn of its own beside those of the test.
        scheduler.start();
        assertSent(next, 1);
        rig.clock().advance(GRACE);
        assertSent(next, 2);
    }

    /** An account whose new pair rests in the spool of the rig, while the store is away. */
    private Account spooledHere() {
        Account ada = rig.connect(EngineRig.ADA);
        rig.untilDue();
        rig.x().answerAfterwards(verdict -> {
            rig.store().outage(Outage.BEFORE);
            return verdict;
        });
        rig.turn();
        assertThat(rig.spool().entries()).hasSize(1);
        return ada;
    }

    /** An account whose token was spent, and nobody has the answer. */
    private Account unanswered() {
        Account ada = rig.connect(EngineRig.ADA);
        rig.untilDue();
        rig.x().answerAfterwards(verdict -> new Verdict.Unknown("timeout"));
        rig.turn();
        return ada;
    }

    /** The store is away for so long, and the other process sees it go and come. */
    private void awayFor(Duration length) {
        rig.store().outage(Outage.BEFORE);
        assertThatThrownBy(other::turn).isInstanceOf(StoreUnavailableException.class);
        rig.clock().advance(length);
        rig.store().outage(Outage.NONE);
    }

    private void assertSent(EngineRig by, int times) {
        by.turn();
        assertThat(rig.x().sends()).isEqualTo(times);
    }
}
