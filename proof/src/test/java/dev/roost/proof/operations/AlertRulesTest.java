package dev.roost.proof.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** The alerts, judged by Prometheus' own tool. */
final class AlertRulesTest {
    @Test
    void promtoolFindsNoFaultInTheRules() throws Exception {
        Promtool.Outcome outcome = Promtool.run(AlertRule.FOLDER, "check", "rules", AlertRule.FILE);
        assertThat(outcome.exit()).as(outcome.output()).isZero();
        assertThat(outcome.output()).contains(AlertRule.all().size() + " rules found");
    }

    @Test
    void recordedSeriesFireWhatTheyShouldAndNothingElse() throws Exception {
        Promtool.Outcome outcome = Promtool.run(AlertRule.FOLDER, "test", "rules", "roost.tests.yml");
        assertThat(outcome.exit()).as(outcome.output()).isZero();
        assertThat(outcome.output()).contains("SUCCESS");
    }

    @Test
    void everyAlertFiresInSomeTest() throws IOException {
        String tests = Files.readString(AlertRule.FOLDER.resolve("roost.tests.yml"));
        assertThat(AlertRule.all())
                .hasSizeGreaterThan(10)
                .allSatisfy(rule -> assertThat(tests).contains("alertname=\"" + rule.name() + "\""));
    }

    @Test
    void everyAlertSaysHowBadItIsAndWhatItMeans() {
        assertThat(AlertRule.all()).allSatisfy(rule -> {
            assertThat(rule.labels().get("severity")).as(rule.name()).isIn("warning", "critical");
            assertThat(rule.annotations().keySet())
                    .as(rule.name())
                    .containsExactlyInAnyOrder("summary", "description", "runbook_url");
        });
    }
}
