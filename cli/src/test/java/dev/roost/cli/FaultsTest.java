package dev.roost.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.cli.TestTerminal.Run;
import dev.roost.simulator.Endpoint;
import dev.roost.simulator.Fault;
import dev.roost.testkit.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What goes wrong around Roost: each message names the thing and the next step. */
final class FaultsTest extends AtTerminal {
    @Test
    void namesAPortThatIsTaken() throws IOException {
        try (ServerSocket taken =
                new ServerSocket(terminal.address("/").getPort(), 1, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(taken.getLocalPort());
            Run serve = terminal.run("serve");
            assertThat(serve.exit()).isEqualTo(ExitCode.SETTINGS);
            assertThat(serve.err()).contains("port " + port, "taken by another program", "PORT=");
            assertThat(terminal.run("connect", "--json").out()).contains("\"code\":\"port_taken\"");
        }
    }

    @Test
    void namesADataFolderThatCannotBeUsed() throws IOException {
        Path file = Files.writeString(data.resolve("file"), "");
        terminal.set("ROOST_DATA", file.resolve("roost").toString());
        Run run = terminal.run("accounts", "list");
        assertThat(run.exit()).isEqualTo(ExitCode.SETTINGS);
        assertThat(run.err()).contains("ROOST_DATA is", "cannot be made", "ROOST_DATA=");
    }

    @Test
    void refusesAMissingOrForeignKeyset() throws IOException {
        terminal.connect("1001");
        Path keyset = data.resolve("keyset.json");
        Path kept = Files.move(keyset, data.resolve("kept.json"));
        Run missing = terminal.run("accounts", "list");
        assertThat(missing.exit()).isEqualTo(ExitCode.SETTINGS);
        assertThat(missing.err()).contains("keyset", "restore");
        terminal.set("ROOST_DATA", data.resolve("other").toString());
        terminal.run("accounts", "list");
        terminal.set("ROOST_DATA", data.toString());
        Files.copy(data.resolve("other/keyset.json"), keyset);
        assertThat(terminal.run("accounts", "list").exit()).isEqualTo(ExitCode.SETTINGS);
        terminal.set("ROOST_KEYSET_FILE", kept.toString());
        assertThat(terminal.run("accounts", "list").exit()).isZero();
    }

    @Test
    void refusesADatabaseThatIsNewer() throws SQLException {
        terminal.run("accounts", "list");
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("roost.db"));
                var statement = connection.createStatement();
                var tables = statement.executeQuery(
                        "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE '%history%'")) {
            String history = tables.next() ? tables.getString(1) : "none";
            statement.executeUpdate("INSERT INTO " + history + " SELECT installed_rank + 100, '99', description, type,"
                    + " script, checksum, installed_by, installed_on, execution_time, success FROM " + history
                    + " WHERE version IS NOT NULL LIMIT 1");
            statement.executeUpdate("UPDATE meta SET value = '99' WHERE name = 'readable_from'");
        }
        Run run = terminal.run("accounts", "list");
        assertThat(run.exit()).isEqualTo(ExitCode.SETTINGS);
        assertThat(run.err()).contains("Start the newer Roost");
    }

    @Test
    void letsTwoServersShareOneFile() {
        TestTerminal.Background first = terminal.serve();
        terminal.set("PORT", String.valueOf(FreePort.find()));
        TestTerminal.Background second = terminal.serve();
        assertThat(second.end().exit()).isZero();
        assertThat(first.end().exit()).isZero();
    }

    @Test
    void findsNothingWrongWhenNothingIs() {
        terminal.connect("1001");
        Run run = terminal.run("doctor");
        assertThat(run.exit()).as(run.out()).isZero();
        assertThat(run.out())
                .contains("ok    app", "ok    clock", "1 connected", "is free")
                .doesNotContain("fail");
        assertThat(terminal.x().ledger().rotations()).isZero();
    }

    @Test
    void findsAWrongSecretAndAnUnknownApp() {
        terminal.set("TWITTER_CLIENT_SECRET", "wrong-secret-canary");
        Run secret = terminal.run("doctor");
        assertThat(secret.exit()).isEqualTo(ExitCode.REFUSED);
        assertThat(secret.out()).contains("fail  app", "HTTP 401", "TWITTER_CLIENT_SECRET");
        terminal.set("TWITTER_CLIENT_ID", "nobody");
        assertThat(terminal.run("doctor", "--json").out()).contains("\"level\":\"FAIL\"", "X rejects the app nobody");
        terminal.unset("TWITTER_CLIENT_ID");
        terminal.unset("TWITTER_CLIENT_SECRET");
        assertThat(terminal.run("doctor").out()).contains("ok    store", "fail  app", "TWITTER_CLIENT_ID is not set");
    }

    @Test
    void findsAClockThatIsADayWrong() {
        terminal.x().queue(Fault.wrongDate(Endpoint.USERS_ME, Duration.ofDays(1)));
        Run run = terminal.run("doctor");
        assertThat(run.exit()).isEqualTo(ExitCode.SETTINGS);
        assertThat(run.out()).contains("fail  clock", "this machine is", "behind X", "set the clock");
    }

    @Test
    void findsThatXIsAway() {
        terminal.x().close();
        Run run = terminal.run("doctor");
        assertThat(run.exit()).isEqualTo(ExitCode.TRY_LATER);
        assertThat(run.out()).contains("fail  clock", "fail  app", "cannot be reached");
    }

    @Test
    void findsBadSettings() {
        terminal.set("LOG_LEVEL", "loud");
        Run run = terminal.run("doctor");
        assertThat(run.exit()).isEqualTo(ExitCode.SETTINGS);
        assertThat(run.out()).contains("fail  settings", "LOG_LEVEL is \"loud\"");
    }
}
