package dev.roost.bench.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReportTest {
    private static final Figure FAST = new Figure(
            "rotations",
            "/s",
            List.of(900.0, 1200.0, 1000.0),
            "commits",
            List.of(1000.0, 1000.0, 1000.0),
            Target.atLeast(0.8));
    private static final Figure SLOW =
            new Figure("p99", "ms", List.of(4.0), "bare Jetty", List.of(2.0), Target.atMost(1.5));
    private static final Report REPORT = new Report(Map.of("cores", "2"), List.of(FAST, SLOW), List.of("a note"));

    @Test
    void printsMedianRatioItsRangeTargetAndVerdict() {
        assertThat(REPORT.text())
                .contains("cores            2")
                .containsPattern("rotations +/s +1,000 +commits +1,000 +1\\.00 +0\\.90\\.\\.1\\.20 +>= 0\\.8 +met")
                .containsPattern("p99 +ms +4\\.00 +bare Jetty +2\\.00 +2\\.00 +2\\.00\\.\\.2\\.00 +<= 1\\.5 +MISSED")
                .contains("- a note");
    }

    @Test
    void keepsEachRoundForPrograms() {
        JsonNode figure = JsonMapper.shared().readTree(REPORT.json()).at("/figures/0");

        assertThat(figure.at("/roost")).hasSize(3);
        assertThat(figure.at("/ratio").asDouble()).isEqualTo(1.0);
        assertThat(figure.at("/verdict").asString()).isEqualTo("met");
    }

    @Test
    void refusesSeriesOfDifferentLength() {
        assertThatThrownBy(() -> new Figure("x", "s", List.of(1.0), "y", List.of(), Target.NONE))
                .hasMessage("x has 1 rounds and its baseline 0; give each the same");
    }
}
