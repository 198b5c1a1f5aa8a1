package dev.roost.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.core.Account;
import dev.roost.core.AccountState;
import dev.roost.core.IdlePolicy;
import dev.roost.core.RefreshPolicy;
import dev.roost.testkit.EngineRig;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Accounts that nobody uses, with a week as the limit. */
final class IdleTest {
    private static final RefreshPolicy POLICY =
            RefreshPolicy.DEFAULT.idle(Optional.of(IdlePolicy.after(Duration.ofDays(7))));

    @Test
    void anAccountThatNobodyUsesIsRefreshedMonthlyAndOnDemand() {
        EngineRig rig = EngineRig.create(POLICY);
        Account ada = rig.connect(EngineRig.ADA);
        rotateFor(rig, Duration.ofDays(8));
        long asleepAt = rig.account(ada.id()).generation();
        assertThat(untilDue(rig, ada)).isBetween(Duration.ofDays(26), Duration.ofDays(30));
        rig.clock().advance(Duration.ofDays(20));
        assertThat(rig.turn()).as("it sleeps").isEmpty();
        rig.clock().advance(Duration.ofDays(11));
        assertThat(rig.turn()).as("its refresh token is kept alive").hasSize(1);
        assertThat(untilDue(rig, ada)).as("it sleeps on").isGreaterThan(Duration.ofDays(26));

        rig.clock().advance(Duration.ofDays(1));
        assertThat(rig.engine().keeper().token(ada.id()).generation()).isEqualTo(asleepAt + 2);
        assertThat(untilDue(rig, ada)).as("it is awake").isLessThan(Duration.ofHours(2));
    }

    @Test
    void anAccountInUseIsRefreshedAsUsual() {
        EngineRig rig = EngineRig.create(POLICY);
        Account ada = rig.connect(EngineRig.ADA);
        for (int day = 0; day < 10; day++) {
            rotateFor(rig, Duration.ofDays(1));
            rig.engine().keeper().token(ada.id());
        }
        assertThat(untilDue(rig, ada)).isLessThan(Duration.ofHours(2));
    }

    @Test
    void withoutThePolicyNothingSleeps() {
        EngineRig rig = EngineRig.create();
        Account ada = rig.connect(EngineRig.ADA);
        rotateFor(rig, Duration.ofDays(9));
        assertThat(untilDue(rig, ada)).isLessThan(Duration.ofHours(2));
    }

    @Test
    void whatWasNotCountedCountsAsUsed() {
        EngineRig rig = EngineRig.create();
        Account ada = rig.connect(EngineRig.ADA);
        rotateFor(rig, Duration.ofDays(9));
        EngineRig next = rig.restarted("second", POLICY);
        next.untilDue();
        assertThat(next.turn()).hasSize(1);
        assertThat(untilDue(next, ada)).as("nobody knows").isLessThan(Duration.ofHours(2));
        rotateFor(next, Duration.ofDays(8));
        assertThat(untilDue(next, ada)).as("nobody used it since").isGreaterThan(Duration.ofDays(20));
    }

    @Test
    void anotherProcessKnowsOfAUseAndSoDoesOneThatStarts() {
        EngineRig rig = EngineRig.create(POLICY);
        Account ada = rig.connect(EngineRig.ADA);
        rotateFor(rig, Duration.ofDays(6));
        rig.engine().keeper().token(ada.id());
        assertThat(rig.engine().stop(Duration.ofSeconds(1))).isTrue();
        EngineRig next = rig.restarted("second", POLICY);
        rotateFor(next, Duration.ofDays(6));
        assertThat(untilDue(next, ada)).as("six days after the use").isLessThan(Duration.ofHours(2));
        rotateFor(next, Duration.ofDays(2));
        assertThat(untilDue(next, ada)).as("eight days after it").isGreaterThan(Duration.ofDays(20));
    }

    private static Duration untilDue(EngineRig rig, Account account) {
        Instant due = ((AccountState.Active) rig.account(account.id()).state()).nextRefreshAt();
        return Duration.between(rig.clock().instant(), due);
    }

    /** Takes turns, one every two hours, just before tokens expire. */
    private static void rotateFor(EngineRig rig, Duration time) {
        Instant end = rig.clock().instant().plus(time);
        while (rig.clock().instant().isBefore(end)) {
            rig.untilDue();
            rig.turn();
        }
    }
}
