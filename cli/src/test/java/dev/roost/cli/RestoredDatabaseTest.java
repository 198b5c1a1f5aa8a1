package dev.roost.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.cli.TestTerminal.Background;
import dev.roost.cli.TestTerminal.Run;
import dev.roost.simulator.Endpoint;
import dev.roost.simulator.Fault;
import dev.roost.simulator.Ledger;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person sees and does after a backup of the database was put back. X ends a grant when a spent token comes again. */
final class RestoredDatabaseTest {
    @TempDir
    private Path data;

    @SuppressWarnings("NullAway.Init") // set before every test by JUnit
    private TestTerminal terminal;

    @BeforeEach
    void connect() {
        terminal = new TestTerminal(data);
        terminal.x().switches().familyKill(true);
        terminal.connect("1001");
        terminal.connect("1002");
    }

    @AfterEach
    void close() {
        terminal.close();
    }

    @Test
    void sendsNoSpentTokenAndExplainsWhatToDo() {
        sql("backup to '" + data.resolve("copy.db") + "'");
        refreshed("@ada");
        String live = ledger().liveRefreshToken("shop", "1001").orElseThrow();
        sql("restore from '" + data.resolve("copy.db") + "'");

        Run refresh = terminal.run("refresh", "@ada");
        assertThat(refresh.exit()).isEqualTo(ExitCode.SETTINGS);
        assertThat(refresh.err()).contains("the database was restored from a backup", "roost quarantine show");
        assertThat(terminal.run("token", "@ada").exit())
                .as("valid tokens are handed out")
                .isZero();
        assertThat(flat("doctor"))
                .contains("it was noticed that the database was restored", "2 accounts are not refreshed");
        assertThat(flat("accounts", "show", "@ada")).contains("It is in quarantine and not refreshed");
        assertThat(flat("quarantine", "show"))
                .contains("its journal reached entry", "1. If a newer copy of the database exists", "--all");
        assertThat(terminal.run("quarantine", "show", "--json").out()).contains("\"quarantined\":2");

        assertThat(flat("quarantine", "release", "@grace")).contains("1 released", "1 account is not");
        refreshed("@grace");
        assertThat(ledger().liveRefreshToken("shop", "1001"))
                .as("nothing was sent for ada")
                .contains(live);
        terminal.connect("1001");
        refreshed("@ada");
        assertThat(flat("quarantine", "show")).contains("No account is in quarantine");
        assertThat(flat("doctor")).contains("no account waits");
    }

    @Test
    void aRunningServerNoticesAndGoesOnServing() {
        sql("backup to '" + data.resolve("copy.db") + "'");
        refreshed("@ada");
        Background serve = terminal.serve();
        sql("restore from '" + data.resolve("copy.db") + "'");
        ServingRoost.await(() -> serve.soFar().err().contains("the database was restored from a backup"));
        ServingRoost.await(() -> metrics().contains("roost_quarantined_accounts 2.0"));
        assertThat(get("/health/ready")).contains("ready");
        assertThat(terminal.run("refresh", "@ada").err()).contains("roost quarantine show");
        terminal.run("quarantine", "release", "--not-due");
        ServingRoost.await(() -> metrics().contains("roost_quarantined_accounts 0.0"));
        terminal.run("quarantine", "begin", "--yes");
        Supplier<String> overview = dashboard();
        ServingRoost.await(
                () -> overview.get().contains("2 accounts are not refreshed, for the database was restored"));
        serve.end();
    }

    @Test
    void aPersonSaysWhatNobodyNoticed() {
        assertThat(terminal.typing("n\n", "quarantine", "begin").err()).contains("[y/N]", "nothing was changed");
        assertThat(terminal.run("quarantine", "begin", "--json").exit()).isEqualTo(ExitCode.SETTINGS);
        assertThat(terminal.run("quarantine", "begin", "--yes").out()).contains("2 accounts are not refreshed");
        assertThat(terminal.run("refresh", "@ada").err()).contains("roost quarantine show");
        assertThat(terminal.typing("n\n", "quarantine", "release", "--all").err())
                .contains("Release all (2)?", "[y/N]", "nothing was changed");
        assertThat(terminal.run("quarantine", "release", "--all", "--json").exit())
                .isEqualTo(ExitCode.SETTINGS);
        assertThat(terminal.typing("y\n", "quarantine", "release", "--all").out())
                .contains("2 released");
        refreshed("@ada");
    }

    @Test
    void probesWithAccessTokensOnly() {
        terminal.x().switches().oldAccessDies(true);
        sql("backup to '" + data.resolve("copy.db") + "'");
        refreshed("@ada");
        int rotations = ledger().rotations();
        sql("restore from '" + data.resolve("copy.db") + "'");
        String ada = terminal.run("accounts", "list").out().replaceAll("(?s).*(acc_\\S+)  @ada .*", "$1");
        assertThat(flat("quarantine", "probe"))
                .contains("1 work, X refuses 1", "0 accounts are released", "need a sign-in", ada);
        assertThat(terminal.run("quarantine", "probe", "--trust-access-tokens", "--json")
                        .out())
                .contains("\"works\":1", "\"refused\":1", "\"released\":1");
        assertThat(ledger().rotations()).isEqualTo(rotations);
        refreshed("@grace");
        assertThat(terminal.run("refresh", "@ada").err()).contains("roost quarantine show");
    }

    @Test
    void aProbeThatXDoesNotAnswerReleasesNothingAndIsToBeRepeated() {
        terminal.run("quarantine", "begin", "--yes");
        terminal.x().queue(Fault.rateLimited(Endpoint.USERS_ME, Duration.ofMinutes(15)));
        Run probe = terminal.run("quarantine", "probe", "--trust-access-tokens");
        assertThat(probe.out().replaceAll("\\s+", " "))
                .contains("1 work", "of 1 nothing is known. 1 accounts are released.");
        assertThat(probe.exit()).isEqualTo(ExitCode.TRY_LATER);
    }

    /** Runs a command and returns what it printed, on one line. */
    private String flat(String... arguments) {
        return terminal.run(arguments).out().replaceAll("\\s+", " ");
    }

    private void refreshed(String account) {
        Run run = terminal.run("refresh", account);
        assertThat(run.exit()).as(run.toString()).isZero();
    }

    private Ledger ledger() {
        return terminal.x().ledger();
    }

    /** Signs in to the dashboard. */
    private Supplier<String> dashboard() {
        String key = terminal.run("api-key", "create", "--name", "page", "--scope", "admin")
                .out()
                .replaceAll("(?s).*(roost_[A-Za-z0-9]+_[A-Za-z0-9]+).*", "$1");
        HttpRequest.Builder signIn = HttpRequest.newBuilder(terminal.address("/dashboard/sign-in"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Sec-Fetch-Site", "same-origin")
                .POST(HttpRequest.BodyPublishers.ofString("key=" + key));
        String cookies = TestPerson.send(signIn).headers().allValues("Set-Cookie").stream()
                .map(cookie -> cookie.replaceAll(";.*", ""))
                .collect(Collectors.joining("; "));
        return () -> TestPerson.send(
                        HttpRequest.newBuilder(terminal.address("/dashboard")).header("Cookie", cookies))
                .body();
    }

    private String metrics() {
        return get("/metrics");
    }

    private String get(String path) {
        URI address = terminal.address(path);
        return TestPerson.send(HttpRequest.newBuilder(address)).body();
    }

    private void sql(String statement) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("roost.db"));
                Statement sql = connection.createStatement()) {
            sql.executeUpdate(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(statement, e);
        }
    }
}
