package dev.roost.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.core.AccountId;
import dev.roost.core.Node;
import dev.roost.core.Rotation;
import dev.roost.core.Spool;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What every spool promises. Each test gets an empty one. */
public abstract class SpoolContract {
    private final ManualClock clock = new ManualClock();
    private final Node node = Sample.node("node");
    private final AccountId id = Sample.accountId();

    /** Returns the spool under test. */
    protected abstract Spool spool();

    /** Opens the spool again on the same data; does nothing where there is nothing to reopen. */
    protected abstract void reopen();

    @Test
    void emptySpoolHoldsNothing() {
        assertThat(spool().entries()).isEmpty();
        assertThat(spool().holds(id)).isFalse();
        assertThat(spool().accounts()).isEmpty();
    }

    @Test
    void answerComesBackWholeAfterReopening() {
        Rotation rotation = Sample.rotation(id, 7, clock.instant(), node);
        spool().put(rotation);
        reopen();
        assertThat(spool().holds(id)).isTrue();
        assertThat(spool().holds(Sample.accountId())).isFalse();
        assertThat(spool().accounts()).containsExactly(id);
        assertThat(spool().entries()).containsExactly(rotation);
    }

    @Test
    void oldestComesFirst() {
        Rotation first = Sample.rotation(Sample.accountId(), 1, clock.instant(), node);
        Rotation second = Sample.rotation(id, 1, clock.advance(Duration.ofSeconds(1)), node);
        Rotation third = Sample.rotation(id, 2, clock.advance(Duration.ofSeconds(1)), node);
        spool().put(first);
        spool().put(second);
        spool().put(third);
        assertThat(spool().entries()).containsExactly(first, second, third);
    }

    @Test
    void removesOnlyWhatItIsTold() {
        Rotation kept = Sample.rotation(id, 1, clock.instant(), node);
        Rotation taken = Sample.rotation(id, 1, clock.advance(Duration.ofSeconds(1)), node);
        spool().put(kept);
        spool().put(taken);
        spool().remove(taken);
        assertThat(spool().entries()).containsExactly(kept);
        assertThat(spool().holds(id)).isTrue();
        spool().remove(kept);
        spool().remove(kept);
        assertThat(spool().holds(id)).isFalse();
    }
}
