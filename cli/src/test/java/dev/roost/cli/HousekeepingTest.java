package dev.roost.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.cli.wiring.Housekeeping;
import dev.roost.cli.wiring.LogFormat;
import dev.roost.core.AccountId;
import dev.roost.store.LogProof;
import java.nio.file.Path;
import java.time.Duration;
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

    private static int entries(ServingRoost roost, AccountId id) {
        return roost.roost()
                .vault()
                .store()
                .events()
                .newest(id, OptionalLong.empty(), 100)
                .size();
    }
}
