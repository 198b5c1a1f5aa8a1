package dev.roost.server.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roost.core.Account;
import dev.roost.core.EngineEvent;
import dev.roost.core.EngineEvent.Outcome;
import dev.roost.core.EngineEvent.RefreshEnded;
import dev.roost.core.EngineEvent.Subject;
import dev.roost.core.LossCause;
import dev.roost.core.Node;
import dev.roost.core.StoreUnavailableException;
import dev.roost.core.overview.RefreshHistory;
import dev.roost.core.overview.RefreshHistory.Counts;
import dev.roost.testkit.ManualClock;
import dev.roost.testkit.MemoryStore;
import dev.roost.testkit.MemoryStore.Outage;
import dev.roost.testkit.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class HistoryWriterTest {
    private static final String APP = "an-app";

    private final ManualClock clock = new ManualClock();
    private final MemoryStore store = new MemoryStore(clock);
    private final Account account = store.connect(Sample.signedIn(APP, Sample.user(), clock.instant()));
    private final HistoryWriter writer = new HistoryWriter(store.history(), APP, clock);

    @AfterEach
    void close() {
        writer.close();
    }

    @Test
    void countsRefreshesOfKeptAccountsByOutcomeAndDuration() {
        writer.accept(ended(kept(), Outcome.ROTATED, 50));
        writer.accept(ended(kept(), Outcome.ROTATED, 51));
        writer.accept(ended(kept(), Outcome.UNKNOWN, 31_000));
        writer.accept(ended(new Subject.Caller(APP), Outcome.ROTATED, 1));
        writer.write();
        assertThat(written())
                .containsExactly(new Counts(
                        step(),
                        Map.of(Outcome.ROTATED, 2L, Outcome.UNKNOWN, 1L),
                        0,
                        List.of(1L, 1L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 1L)));
    }

    @Test
    void countsAsLostWhatWasLostWithItsAnswerAndNotWhatXEnded() {
        writer.accept(new EngineEvent.GrantLost(account, new LossCause.AnswerLost(clock.instant(), "node-1")));
        writer.accept(new EngineEvent.GrantLost(account, new LossCause.RefusedByX()));
        writer.write();
        assertThat(written()).extracting(Counts::lost).containsExactly(1L);
    }

    @Test
    void keepsCountingWhileTheStoreIsAwayAndWritesLater() {
        writer.accept(ended(kept(), Outcome.ROTATED, 10));
        store.outage(Outage.BEFORE);
        assertThatThrownBy(writer::write).isInstanceOf(StoreUnavailableException.class);
        writer.accept(ended(kept(), Outcome.ROTATED, 10));
        clock.advance(RefreshHistory.STEP);
        writer.accept(ended(kept(), Outcome.THROTTLED, 10));
        store.outage(Outage.NONE);
        writer.write();
        writer.write();
        assertThat(written())
                .extracting(Counts::outcomes)
                .containsExactly(Map.of(Outcome.ROTATED, 2L), Map.of(Outcome.THROTTLED, 1L));
    }

    @Test
    void writesWhatIsLeftWhenItEnds() {
        writer.accept(ended(kept(), Outcome.ROTATED, 10));
        writer.close();
        assertThat(written()).hasSize(1);
    }

    @Test
    void endsWithoutAskingTheStoreWhenNothingWasCounted() {
        Counts old = new Counts(
                step().minus(RefreshHistory.KEPT).minus(RefreshHistory.STEP),
                Map.of(Outcome.ROTATED, 1L),
                0,
                List.of(1L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L));
        store.history().add(APP, old);
        writer.close();
        assertThat(written()).as("deleting is for housekeeping").containsExactly(old);
    }

    private List<Counts> written() {
        return store.history().read(APP, Instant.EPOCH, clock.instant().plusSeconds(1));
    }

    private Instant step() {
        long step = RefreshHistory.STEP.toMillis();
        return Instant.ofEpochMilli(clock.millis() / step * step);
    }

    private Subject kept() {
        return new Subject.Kept(account.id(), "ada", 1);
    }

    private static RefreshEnded ended(Subject subject, Outcome outcome, long millis) {
        return new RefreshEnded(
                subject, new Node("test"), outcome, Optional.empty(), "", Duration.ofMillis(millis), Optional.empty());
    }
}
