package dev.roost.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.cli.TestTerminal.Run;
import dev.roost.simulator.Endpoint;
import dev.roost.simulator.Fault;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class LogCommandsTest extends AtTerminal {
    @Test
    void explainsALifeNewestLastAndWhatToDoNext() {
        String id = terminal.connect("1001");
        terminal.run("refresh", id);
        terminal.x().queue(Fault.rateLimited(Endpoint.TOKEN, Duration.ofSeconds(5)));
        terminal.run("refresh", id);
        Run run = terminal.run("explain", "@ada");
        assertThat(run.exit()).isZero();
        assertThat(run.out().lines()).allMatch(line -> line.length() <= 80);
        assertThat(run.out())
                .containsSubsequence(
                        "@ada (" + id + "): active",
                        "Connected by sign-in",
                        "Refreshed after",
                        "generation 2",
                        "entry 2",
                        "X turned the refresh away",
                        "HTTP 429",
                        "Next: nothing to do");
        assertThat(terminal.run("explain", id, "--limit", "1").out())
                .contains("turned the refresh away")
                .doesNotContain("Connected by sign-in");
        Run refused = terminal.run("explain", id, "--limit", "0");
        assertThat(refused.exit()).isEqualTo(ExitCode.SETTINGS);
        assertThat(refused.err()).contains("--limit is 0; allowed: 1 to 1000");
    }

    @Test
    void explainsHowToTellASecondHolderFromARevocation() {
        String id = terminal.connect("1001");
        terminal.x().revoke("1001");
        terminal.run("refresh", id);
        assertThat(terminal.run("explain", id).out().replaceAll("\\s+", " "))
                .contains("Grant lost: ended outside this Roost")
                .contains("Next: To tell which: let the user open x.com/settings/connected_apps.")
                .contains("If the app is not listed, the user revoked it.");
        assertThat(terminal.run("explain", id, "--json").out())
                .contains("\"cause\":\"refused_by_x\"", "\"xStatus\":400", "\"next\":\"To tell which");
    }

    @Test
    void provesEveryLogAndPrintsItsHead() {
        String ada = terminal.connect("1001");
        String grace = terminal.connect("1002");
        terminal.run("refresh", grace);
        Run all = terminal.run("verify-log");
        assertThat(all.exit()).isZero();
        assertThat(all.out())
                .contains(ada + " @ada: 1 entries proven")
                .contains(grace + " @grace: 2 entries proven")
                .containsPattern("head 2 [0-9a-f]{64}")
                .contains("2 logs proven");
        assertThat(all.out().lines()).allMatch(line -> line.length() <= 80);
        terminal.unset("TWITTER_CLIENT_ID");
        terminal.unset("TWITTER_CLIENT_SECRET");
        assertThat(terminal.run("verify-log", "@grace", "--json").out())
                .contains("\"account\":\"" + grace + "\"", "\"proven\":true", "\"head\":2", "\"broken\":0}");
        assertThat(terminal.run("verify-log", "nobody").exit()).isEqualTo(ExitCode.NOT_FOUND);
    }

    @Test
    void namesAccountPlaceAndDifferenceOfABrokenLog() {
        String id = terminal.connect("1001");
        terminal.connect("1002");
        terminal.run("refresh", id);
        tamper("UPDATE events SET node = 'elsewhere' WHERE account_id = '" + id + "' AND sequence = 2");
        Run all = terminal.run("verify-log", "all");
        assertThat(all.exit()).isEqualTo(ExitCode.SETTINGS);
        assertThat(all.err().replaceAll("\\s+", " "))
                .contains("The log of account " + id + " (@ada) is broken at entry 2: entry 2, or its hash, is not what"
                        + " Roost wrote");
        assertThat(all.out()).contains("1 of 2 logs broken");
        Run json = terminal.run("verify-log", id, "--json");
        assertThat(json.exit()).isEqualTo(ExitCode.SETTINGS);
        assertThat(json.out()).contains("\"broken\":{\"sequence\":2,\"kind\":\"changed\"", "\"broken\":1}");
    }

    private void tamper(String sql) {
        Path database = Path.of(terminal.environment().getOrDefault("ROOST_DATA", ""), "roost.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
