package dev.roost.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.cli.wiring.Housekeeping;
import dev.roost.cli.wiring.LogFormat;
import dev.roost.core.AccountId;
import dev.roost.core.EngineEvent;
import dev.roost.core.StoreUnavailableException;
import dev.roost.core.overview.RefreshHistory;
import dev.roost.store.LogProof;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HousekeepingTest {
    @TempDir
    private Path data;

    @Test
    void deletesWhatTheSettingsSayAndLeavesTheLogProvable() {
        try (ServingRoost roost = new ServingRoost(data, LogFormat.JSON, Map.of("ROOST_KEEP_EVENTS", "P30D"));
                Housekeeping housekeeping = roost.roost().housekeeping()) {
            AccountId id = roost.keep("1001", "ada").id();
            while (entries(roost, id) < 26) {
                roost.turn(Duration.ofHours(2));
                roost.roost().engine().keeper().refreshNow(id);
            }
            int all = entries(roost, id);
            housekeeping.round();
            assertThat(entries(roost, id)).isEqualTo(all);
            roost.turn(Duration.ofDays(31));
            housekeeping.round();
            assertThat(entries(roost, id)).isEqualTo(20);
            LogProof.Finding found =
                    roost.roost().vault().store().logProof().of(id).orElseThrow();
            assertThat(found.broken()).isEmpty();
            assertThat(found.base()).isEqualTo(all - 20);
            assertThat(roost.printed()).contains("deleted " + (all - 20) + " entries of account logs");
        }
    }

    @Test
    void aChoreThatFailsStopsNoOther() {
        List<String> done = new ArrayList<>();
        List<Housekeeping.Chore> chores = List.of(
                new Housekeeping.Chore("first", Duration.ZERO, before -> {
                    throw new StoreUnavailableException("locked", new IllegalStateException("locked"));
                }),
                new Housekeeping.Chore("second", Duration.ZERO, before -> {
                    throw new IllegalStateException("unexpected");
                }),
                new Housekeeping.Chore("third", Duration.ZERO, before -> done.add("third") ? 1 : 0));
        try (Housekeeping housekeeping = new Housekeeping(chores, (now, length) -> true, InstantSource.system())) {
            housekeeping.round();
        }
        assertThat(done).containsExactly("third");
    }

    @Test
    void forgetsTheHistoryOfRefreshesAfterFiveWeeks() {
        try (ServingRoost roost = new ServingRoost(data, LogFormat.JSON, Map.of());
                Housekeeping housekeeping = roost.roost().housekeeping()) {
            RefreshHistory history = roost.roost().vault().store().history();
            Instant start = Instant.ofEpochMilli(
                    roost.clock().millis() / RefreshHistory.STEP.toMillis() * RefreshHistory.STEP.toMillis());
            history.add(
                    "an-app",
                    new RefreshHistory.Counts(
                            start, Map.of(EngineEvent.Outcome.ROTATED, 1L), 0, Collections.nCopies(11, 0L)));
            housekeeping.round();
            assertThat(history.read("an-app", start, start.plusSeconds(1))).hasSize(1);
            roost.turn(Duration.ofDays(36));
            housekeeping.round();
            assertThat(history.read("an-app", start, start.plusSeconds(1))).isEmpty();
        }
    }

    private static int entries(ServingRoost roost, AccountId id) {
        return roost.roost()
                .vault()
                .store()
                .events()
                .newest(id, OptionalLong.empty(), 100)
                .size();
    }
}
