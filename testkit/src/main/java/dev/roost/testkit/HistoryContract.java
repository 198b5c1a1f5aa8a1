package dev.roost.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.core.EngineEvent.Outcome;
import dev.roost.core.overview.RefreshHistory.Counts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/** What every store promises about the counts of refreshes. */
public abstract class HistoryContract extends StoreContract {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    @Test
    void addsUpWhatManyProcessesCount() throws InterruptedException, ExecutionException {
        atOnce(List.of(1, 2, 3, 4, 5, 6, 7, 8), i -> {
            store().history().add(client, counts(NOON, 10, 1, 1));
            return true;
        });
        reopen();
        assertThat(store().history().read(client, NOON, NOON.plus(Duration.ofMinutes(5))))
                .containsExactly(counts(NOON, 80, 8, 8));
    }

    @Test
    void returnsStepsInOrderFromTheFirstToBeforeTheLast() {
        for (int minutes : List.of(10, 0, 15, 5)) {
            store().history().add(client, counts(NOON.plus(Duration.ofMinutes(minutes)), minutes + 1, 0, 0));
        }
        assertThat(store().history().read(client, NOON.plus(Duration.ofMinutes(5)), NOON.plus(Duration.ofMinutes(15))))
                .extracting(Counts::start)
                .containsExactly(NOON.plus(Duration.ofMinutes(5)), NOON.plus(Duration.ofMinutes(10)));
    }

    @Test
    void appsAreCountedApart() {
        store().history().add(client, counts(NOON, 3, 0, 0));
        assertThat(store().history().read(client + "-other", NOON, NOON.plusSeconds(1)))
                .isEmpty();
    }

    @Test
    void forgetsWhatIsOlder() {
        Instant longAgo = NOON.minus(Duration.ofDays(3650));
        store().history().add(client, counts(longAgo, 1, 0, 0));
        store().history().add(client, counts(NOON, 1, 0, 0));
        assertThat(store().history().forget(NOON)).isEqualTo(1);
        assertThat(store().history().read(client, longAgo, NOON.plusSeconds(1))).containsExactly(counts(NOON, 1, 0, 0));
    }

    private static Counts counts(Instant start, long rotated, long unknown, long lost) {
        List<Long> durations = List.of(rotated, unknown, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, lost);
        return new Counts(
                start,
                unknown == 0
                        ? Map.of(Outcome.ROTATED, rotated)
                        : Map.of(Outcome.ROTATED, rotated, Outcome.UNKNOWN, unknown),
                lost,
                durations);
    }
}
