package dev.roost.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.cli.wiring.LogFormat;
import dev.roost.core.Account;
import dev.roost.core.access.KeyScope;
import dev.roost.server.telemetry.Standing;
import dev.roost.server.telemetry.Telemetry;
import dev.roost.testkit.EngineRig;
import dev.roost.testkit.Gate;
import dev.roost.testkit.MemoryStore.Outage;
import dev.roost.testkit.ScriptedX;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code GET /metrics} shows. */
final class MetricsTest {
    private static final Pattern FAMILY = Pattern.compile("(?m)^# TYPE (\\S+) (\\S+)$");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z0-9_]+)` \\| (\\S+) \\|");

    @TempDir
    private Path data;

    @Test
    void theDocumentListsWhatAScrapeShows() throws IOException {
        String document = Files.readString(Path.of("../docs/metrics.md"));
        Set<String> listed = all(ROW, document);
        try (ServingRoost serving = new ServingRoost(data, LogFormat.JSON)) {
            serving.keep("1001", "ada");
            serving.metrics();
            String scrape = serving.metrics();
            Set<String> shown = all(FAMILY, scrape);
            shown.removeIf(family -> family.matches(".*_max \\S+")
                    && shown.stream().anyMatch(other -> other.startsWith(family.replaceAll("_max \\S+$", " "))));
            assertThat(ours(listed)).isEqualTo(ours(shown));
            assertThat(listed).containsAll(shown);
        }
    }

    @Test
    void countsWhatTheEngineDoes() {
        try (ServingRoost serving = new ServingRoost(data, LogFormat.JSON)) {
            assertThat(serving.metrics())
                    .contains("roost_refresh_success_ratio{subject=\"kept\"} 1.0")
                    .contains("roost_earliest_expiry_seconds NaN");
            Account ada = serving.keep("1001", "ada");
            serving.roost().engine().keeper().refreshNow(ada.id());
            serving.x().revoke("1001");
            serving.roost().engine().keeper().refreshNow(ada.id());
            serving.keep("1002", "grace");
            serving.turn(Duration.ofMinutes(116));
            assertThat(serving.metrics())
                    .contains("roost_refreshes_total{outcome=\"rotated\",subject=\"kept\"} 1.0")
                    .contains("roost_refreshes_total{outcome=\"rotated\",subject=\"caller\"} 0.0")
                    .contains("roost_refreshes_total{outcome=\"grant_refused\",subject=\"kept\"} 1.0")
                    .contains("roost_refresh_success_ratio{subject=\"kept\"} 0.5")
                    .contains("roost_refresh_failures_total{status=\"400\",subject=\"kept\"} 1.0")
                    .contains("roost_refresh_failures_total{status=\"401\",subject=\"kept\"} 0.0")
                    .contains("roost_refresh_duration_seconds_count{subject=\"kept\"} 2")
                    .contains("roost_refresh_duration_seconds_bucket{subject=\"kept\",le=\"0.05\"}")
                    .contains("roost_accounts{state=\"active\"} 1.0")
                    .contains("roost_accounts{state=\"needs_reauthorization\"} 1.0")
                    .contains("roost_reauthorizations_required_total 1.0")
                    .contains("roost_grants_lost_total{cause=\"refused_by_x\"} 1.0")
                    .contains("roost_sign_ins_total{ending=\"connected\",kind=\"import\"} 2.0")
                    .contains("roost_tokens_expiring_soon 1.0")
                    .contains("roost_earliest_expiry_seconds 2")
                    .contains("roost_store_up 1.0", "roost_spool_entries 0.0", "roost_breaker_open 0.0")
                    .containsPattern("roost_x_request_duration_seconds_count\\{route=\"POST /2/oauth2/token\","
                            + "status=\"400\"} 1")
                    .contains("roost_http_request_duration_seconds_count{operation=\"metrics\",status=\"200\"} 1");
        }
    }

    @Test
    void noLabelGrowsWithAccountsOrHoldsWhatAStrangerWrote() {
        try (ServingRoost serving = new ServingRoost(data, LogFormat.JSON)) {
            live(serving, 1);
            long few = series(serving);
            for (int i = 2; i < 50; i++) {
                serving.keep(String.valueOf(1000 + i), "user" + i);
            }
            live(serving, 50);
            assertThat(series(serving)).isEqualTo(few);
            assertThat(serving.metrics()).doesNotContain("stranger", "acc_", "user1");
        }
    }

    private static void live(ServingRoost serving, int number) {
        Account account = serving.keep(String.valueOf(1000 + number), "user" + number);
        String key = serving.key(KeyScope.X_READ);
        serving.get("/v1/accounts/" + account.id() + "/profile", "X-API-Key", key);
        serving.get(
                "/x/2/stranger" + number,
                "X-API-Key",
                key,
                "Roost-Account",
                account.id().value());
        serving.get("/stranger" + number);
    }

    private static long series(ServingRoost serving) {
        serving.metrics();
        return serving.metrics()
                .lines()
                .filter(line -> line.startsWith("roost_"))
                .count();
    }

    @Test
    void keepsTheLastFiguresWhileTheStoreIsAway() {
        EngineRig rig = EngineRig.create();
        rig.connect(EngineRig.ADA);
        AtomicInteger reads = new AtomicInteger();
        try (Telemetry telemetry = telemetry(rig, reads)) {
            assertThat(telemetry.scrape()).contains("roost_accounts{state=\"active\"} 1.0", "roost_store_up 1.0");
            rig.connect(EngineRig.GRACE);
            rig.clock().advance(Duration.ofSeconds(4));
            assertThat(telemetry.scrape()).contains("roost_accounts{state=\"active\"} 1.0");
            assertThat(reads).hasValue(1);
            rig.clock().advance(Duration.ofSeconds(1));
            assertThat(telemetry.scrape()).contains("roost_accounts{state=\"active\"} 2.0");
            rig.store().outage(Outage.BEFORE);
            rig.clock().advance(Duration.ofSeconds(5));
            assertThat(telemetry.scrape()).contains("roost_accounts{state=\"active\"} 2.0", "roost_store_up 0.0");
            rig.store().outage(Outage.NONE);
            rig.clock().advance(Duration.ofDays(-1));
            assertThat(telemetry.scrape()).contains("roost_store_up 1.0");
        }
    }

    @Test
    void aStoreThatHangsHoldsUpNoScrape() {
        EngineRig rig = EngineRig.create();
        rig.connect(EngineRig.ADA);
        Gate gate = new Gate();
        AtomicInteger reads = new AtomicInteger();
        try (Telemetry telemetry = new Telemetry()) {
            Standing standing = new Standing(
                    now -> {
                        reads.incrementAndGet();
                        gate.holdHere("figures");
                        return rig.store().figures(ScriptedX.CLIENT_ID, now);
                    },
                    rig.engine().keeper()::health,
                    rig.clock(),
                    task -> Thread.ofVirtual().start(task));
            telemetry.observe(new Telemetry.Observed(standing, () -> 0, () -> false, rig.clock()));
            long start = System.nanoTime();
            assertThat(telemetry.scrape()).contains("roost_store_up 0.0", "roost_accounts{state=\"active\"} NaN");
            rig.clock().advance(Duration.ofMinutes(1));
            assertThat(telemetry.scrape()).contains("roost_store_up 0.0", "roost_spool_entries 0.0");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(6));
            assertThat(reads).as("reads of a store that hangs").hasValue(1);
            gate.open();
            ServingRoost.await(() -> telemetry.scrape().contains("roost_store_up 1.0"));
        }
    }

    private static Telemetry telemetry(EngineRig rig, AtomicInteger reads) {
        Telemetry telemetry = new Telemetry();
        Standing standing = new Standing(
                now -> {
                    reads.incrementAndGet();
                    return rig.store().figures(ScriptedX.CLIENT_ID, now);
                },
                rig.engine().keeper()::health,
                rig.clock(),
                task -> Thread.ofVirtual().start(task));
        telemetry.observe(new Telemetry.Observed(standing, () -> 0, () -> false, rig.clock()));
        return telemetry;
    }

    private static Set<String> all(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(found -> found.group(1) + " " + found.group(2))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> ours(Set<String> families) {
        return families.stream()
                .filter(family -> family.startsWith("roost_"))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
