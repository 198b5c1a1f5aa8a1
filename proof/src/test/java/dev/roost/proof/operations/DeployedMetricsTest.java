package dev.roost.proof.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.core.Account;
import dev.roost.core.access.KeyScope;
import dev.roost.proof.Waiting;
import dev.roost.proof.serving.ServedRoost;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Rules and dashboard ask for what a real server shows, and for nothing else. */
final class DeployedMetricsTest {
    private static final Path DASHBOARD = Path.of("../deploy/grafana/roost.json");

    @TempDir
    private Path folder;

    @Test
    void everyMetricAndLabelOfRulesAndDashboardIsInARealScrape() {
        List<Query> queries = Stream.concat(
                        AlertRule.all().stream().map(rule -> new Query(rule.query())), dashboard().stream())
                .toList();
        String scrape = scrape();
        Set<String> metrics = new TreeSet<>();
        queries.forEach(query -> metrics.addAll(query.metrics()));
        assertThat(metrics)
                .hasSizeGreaterThan(20)
                .allSatisfy(metric -> assertThat(scrape)
                        .as(metric + " of deploy/ is in /metrics")
                        .containsPattern("(?m)^" + metric + "[{ ]"));
        for (Query query : queries) {
            assertThat(query.metrics().isEmpty())
                    .as(query.text())
                    .isEqualTo(
                            query.text().startsWith("absent(up") || query.text().startsWith("up{"));
            assertThat(query.wanted())
                    .allSatisfy(wanted -> assertThat(scrape)
                            .as(wanted + " of " + query.text())
                            .containsPattern(
                                    "(?m)^" + wanted.metric() + "\\{[^}]*\\b" + Pattern.quote(wanted.label())));
        }
    }

    @Test
    void promtoolReadsEveryQueryOfTheDashboard() throws Exception {
        List<Query> queries = dashboard();
        assertThat(queries).hasSizeGreaterThan(30);
        StringBuilder rules = new StringBuilder("groups:\n- name: dashboard\n  rules:\n");
        for (int i = 0; i < queries.size(); i++) {
            rules.append("  - record: panel:query").append(i).append("\n    expr: |\n      ");
            rules.append(queries.get(i).text().replace("$__rate_interval", "1m"))
                    .append('\n');
        }
        Files.writeString(folder.resolve("dashboard.yml"), rules);
        Promtool.Outcome outcome = Promtool.run(folder, "check", "rules", "dashboard.yml");
        assertThat(outcome.exit()).as(outcome.output()).isZero();
        assertThat(outcome.output()).contains(queries.size() + " rules found");
    }

    @Test
    void everyPanelHasATitleOfItsOwnAndAPlaceOfItsOwn() {
        List<JsonNode> panels = panels();
        assertThat(panels).extracting(panel -> panel.get("title").asString()).doesNotHaveDuplicates();
        assertThat(panels).extracting(panel -> panel.get("id").asInt()).doesNotHaveDuplicates();
        assertThat(panels)
                .extracting(panel -> panel.at("/gridPos/x") + "," + panel.at("/gridPos/y"))
                .doesNotHaveDuplicates();
    }

    private static List<JsonNode> panels() {
        return JsonMapper.shared()
                .readTree(DASHBOARD.toFile())
                .get("panels")
                .valueStream()
                .toList();
    }

    private static List<Query> dashboard() {
        return panels().stream()
                .flatMap(panel -> panel.path("targets").valueStream())
                .map(target -> new Query(target.get("expr").asString()))
                .toList();
    }

    /** A server that has been asked something, has asked X something, and has collected garbage. */
    private String scrape() {
        try (ServedRoost served = ServedRoost.start(folder, Map.of())) {
            Account ada = served.keep("1001", "ada");
            served.roost().engine().keeper().refreshNow(ada.id());
            served.get("/v1/accounts/" + ada.id(), "X-API-Key", served.key(KeyScope.ACCOUNTS_READ));
            System.gc();
            AtomicReference<String> scrape = new AtomicReference<>("");
            Waiting.until("the collection of garbage is counted", () -> {
                scrape.set(served.get("/metrics").body());
                return scrape.get().contains("jvm_gc_pause_seconds_sum");
            });
            return scrape.get();
        }
    }
}
