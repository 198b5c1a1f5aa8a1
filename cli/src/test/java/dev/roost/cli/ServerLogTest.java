package dev.roost.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.cli.wiring.LogFormat;
import dev.roost.cli.wiring.Logging;
import dev.roost.core.Account;
import dev.roost.core.StoreUnavailableException;
import dev.roost.core.access.AuditEntry;
import dev.roost.core.access.KeyScope;
import dev.roost.simulator.Endpoint;
import dev.roost.simulator.Fault;
import dev.roost.simulator.FaultKind;
import dev.roost.simulator.LedgerToken;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The log of a server. */
final class ServerLogTest {
    @TempDir
    private Path data;

    @Test
    void aRefreshIsToldInTheGuidesWordsWithFlatValues() {
        try (ServingRoost serving = new ServingRoost(data, LogFormat.JSON)) {
            Account ada = serving.keep("1001", "ada");
            serving.roost().engine().keeper().refreshNow(ada.id());
            serving.x().revoke("1001");
            serving.roost().engine().keeper().refreshNow(ada.id());

            assertThat(serving.lines("Twitter Token Refresh Started"))
                    .hasSize(2)
                    .allSatisfy(started -> {
                        assertThat(started.path("level").stringValue()).isEqualTo("INFO");
                        assertThat(started.path("context").path("account").stringValue())
                                .isEqualTo(ada.id().value());
                    });
            JsonNode good = only(serving.lines("Twitter Token Refresh Successful"));
            assertThat(Instant.parse(good.path("timestamp").stringValue()))
                    .isBefore(Instant.now().plusSeconds(1));
            assertThat(good.path("timestamp").stringValue()).endsWith("Z");
            assertThat(good.path("level").stringValue()).isEqualTo("INFO");
            assertThat(good.path("service").stringValue()).isEqualTo("roost");
            assertThat(good.path("duration").isIntegralNumber()).isTrue();
            assertThat(good.path("expiresIn").intValue()).isEqualTo(7200);
            assertThat(good.path("hasNewRefreshToken").booleanValue()).isTrue();
            assertThat(good.path("scope").stringValue()).contains("offline.access");
            assertThat(good.path("tokenType").stringValue()).isEqualTo("bearer");
            assertThat(good.path("context").path("user").stringValue()).isEqualTo("@ada");
            assertThat(good.path("context").path("generation").intValue()).isEqualTo(2);
            assertThat(good.path("context").path("outcome").stringValue()).isEqualTo("rotated");

            JsonNode bad = only(serving.lines("Twitter Token Refresh Failed"));
            assertThat(bad.path("level").stringValue()).isEqualTo("ERROR");
            assertThat(bad.path("duration").isIntegralNumber()).isTrue();
            assertThat(bad.path("error").stringValue()).isEqualTo("Invalid refresh token");
            assertThat(bad.path("statusCode").intValue()).isEqualTo(400);
            assertThat(bad.path("errorMessage").stringValue()).contains("token was invalid");
            assertThat(bad.path("context").path("outcome").stringValue()).isEqualTo("grant_refused");
            assertThat(bad.has("stackTrace")).isFalse();
            JsonNode lost = only(serving.lines("Twitter Re-authentication Required"));
            assertThat(lost.path("level").stringValue()).isEqualTo("WARN");
            assertThat(lost.path("action").stringValue()).contains("roost connect");
        }
    }

    @Test
    void whatTheEngineDoesForARequestIsLoggedUnderItsName() {
        try (ServingRoost serving = new ServingRoost(data, LogFormat.JSON)) {
            Account ada = serving.keep("1001", "ada");
            serving.x().advance(Duration.ofHours(3));
            var answer = serving.get(
                    "/v1/accounts/" + ada.id() + "/profile",
                    "Authorization",
                    "Bearer " + serving.key(KeyScope.X_READ),
                    "X-Request-Id",
                    "asked-by-me");
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            for (String message : List.of("Twitter Token Refresh Started", "Twitter Token Refresh Successful")) {
                assertThat(only(serving.lines(message)).path("requestId").stringValue())
                        .isEqualTo("asked-by-me");
            }
            assertThat(only(serving.lines("Import Ended")).has("requestId")).isFalse();
        }
    }

    @Test
    void noSecretIsInLogsOrMetricsAtDebug() {
        try (ServingRoost serving = new ServingRoost(data, LogFormat.JSON)) {
            Account ada = serving.keep("1001", "ada");
            String key = serving.key(KeyScope.X_READ);
            serving.x().queue(Fault.of(Endpoint.TOKEN, FaultKind.UNREADABLE_200));
            serving.roost().engine().keeper().refreshNow(ada.id());
            serving.turn(Duration.ofMinutes(10));
            serving.roost().engine().keeper().refreshNow(ada.id());
            Account grace = serving.keep("1002", "grace");
            serving.x().advance(Duration.ofHours(3));
            serving.get("/x/2/users/1002/strange/" + "words", "X-API-Key", key, "Roost-Account", "@grace");
            serving.get("/v1/accounts/" + grace.id() + "/profile", "X-API-Key", key);
            String shown = serving.printed() + serving.metrics();
            List<String> secrets = new ArrayList<>(serving.x().ledger().tokens().stream()
                    .map(LedgerToken::value)
                    .toList());
            secrets.add(TestTerminal.SECRET);
            assertThat(secrets).hasSizeGreaterThan(6);
            for (String secret : secrets) {
                assertThat(shown).doesNotContain(secret, secret.substring(0, 8));
            }
            assertThat(shown).doesNotContain(key.substring(key.lastIndexOf('_') + 1), "strange");
        }
    }

    @Test
    void textShowsTheSameValuesForPeople() {
        try (ServingRoost serving = new ServingRoost(data, LogFormat.TEXT)) {
            Account ada = serving.keep("1001", "ada");
            serving.roost().engine().keeper().refreshNow(ada.id());
            assertThat(serving.printed())
                    .containsPattern("INFO .*Twitter Token Refresh Successful duration=\\d+ expiresIn=7200")
                    .contains("account=" + ada.id(), "user=@ada")
                    .doesNotContain("context=");
        }
    }

    @Test
    void onlyABugBringsItsStack() {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Logging.to(new PrintStream(err, true, StandardCharsets.UTF_8), "INFO", LogFormat.JSON);
        System.Logger log = System.getLogger("dev.roost.test");
        log.log(System.Logger.Level.ERROR, "a bug", new IllegalStateException("broken\nfor good"));
        log.log(System.Logger.Level.ERROR, "away", new StoreUnavailableException("gone", new RuntimeException("x")));
        LoggerFactory.getLogger("dev.roost.test")
                .atError()
                .addKeyValue("duration", 12L)
                .addKeyValue("statusCode", 401)
                .addKeyValue("errorMessage", "Unauthorized")
                .log("Twitter API Error Details");
        Logging.to(System.err, "WARN");
        List<JsonNode> lines = err.toString(StandardCharsets.UTF_8)
                .lines()
                .map(line -> JsonMapper.shared().readTree(line))
                .toList();
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0).path("stackTrace").stringValue()).contains("onlyABugBringsItsStack");
        assertThat(lines.get(0).path("exception").stringValue()).endsWith("IllegalStateException: broken");
        assertThat(lines.get(0).propertyNames()).doesNotContain("thread", "logger");
        assertThat(lines.get(1).has("stackTrace")).isFalse();
        assertThat(lines.get(2).propertyNames())
                .containsExactly("timestamp", "level", "message", "service", "duration", "statusCode", "errorMessage");
    }

    @Test
    void servePrintsTextForPeopleAndJsonWhereNobodyWatches() {
        try (TestTerminal terminal = new TestTerminal(data)) {
            terminal.set("LOG_LEVEL", "DEBUG");
            assertThat(served(terminal)).isNotEmpty().noneMatch(line -> line.startsWith("{"));
            terminal.unwatched();
            assertThat(served(terminal)).isNotEmpty().allMatch(ServerLogTest::isOurs);
            terminal.set("ROOST_LOG_FORMAT", "text");
            assertThat(served(terminal)).isNotEmpty().noneMatch(line -> line.startsWith("{"));
        }
    }

    private static List<String> served(TestTerminal terminal) {
        String id = terminal.connect("1001");
        String key = terminal.run("api-key", "create", "--name", "test", "--scope", "x:read")
                .out()
                .strip();
        TestTerminal.Background serve = terminal.serve();
        terminal.x().advance(Duration.ofHours(3));
        TestPerson.send(HttpRequest.newBuilder(terminal.address("/v1/accounts/" + id + "/profile"))
                .header("X-API-Key", key));
        return serve.end().err().lines().toList();
    }

    private static boolean isOurs(String line) {
        return JsonMapper.shared().readTree(line).path("service").asString().equals("roost");
    }

    @Test
    void theAuditTrailIsWrittenWhileServingAndAtTheEnd() {
        try (ServingRoost serving = new ServingRoost(data, LogFormat.JSON)) {
            serving.metrics();
            var audit = serving.roost().vault().store().audit();
            ServingRoost.await(() -> !audit.newest(5).isEmpty());
            assertThat(audit.newest(5)).extracting(AuditEntry::operation).containsOnly("metrics");
        }
    }

    private static JsonNode only(List<JsonNode> lines) {
        assertThat(lines).hasSize(1);
        return lines.getFirst();
    }
}
