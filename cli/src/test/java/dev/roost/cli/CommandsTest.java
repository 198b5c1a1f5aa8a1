package dev.roost.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.cli.TestTerminal.Run;
import dev.roost.simulator.Endpoint;
import dev.roost.simulator.Fault;
import dev.roost.simulator.FaultKind;
import dev.roost.simulator.IssuedPair;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class CommandsTest extends AtTerminal {
    @Test
    void connectsListsShowsRefreshesPostsAndDisconnects() {
        String id = terminal.connect("1001");
        assertThat(terminal.run("accounts", "list").out()).contains(id, "@ada", "active");
        assertThat(terminal.run("accounts", "show", "@ada").out()).contains("generation 1", "sign-in", "roost serve");
        assertThat(terminal.run("refresh", "1001").out()).contains("Refreshed @ada: generation 2");
        Run posted = terminal.run("post", id, "hello");
        assertThat(posted.out()).startsWith("Posted as 19");
        Run again = terminal.run("post", id, "hello");
        assertThat(again.exit()).isEqualTo(ExitCode.REFUSED);
        assertThat(again.err()).contains("not posted", "duplicate content");
        assertThat(terminal.typing("no\n", "accounts", "disconnect", "ada").exit())
                .isEqualTo(ExitCode.SETTINGS);
        Run gone = terminal.typing("y\n", "accounts", "disconnect", "ada");
        assertThat(gone.err()).contains("Disconnect @ada").contains("[y/N]");
        assertThat(gone.out()).contains("revoked at X and deleted here");
        assertThat(terminal.run("accounts", "list").out()).contains("No account is connected under the app shop");
        assertThat(terminal.run("accounts", "list", "--all").out()).contains("disconnected");
        assertThat(terminal.run("token", id).exit()).isEqualTo(ExitCode.NOT_FOUND);
    }

    @Test
    void printsATokenAndNothingElse() {
        terminal.connect("1001");
        Run run = terminal.run("token", "ada");
        assertThat(run.err()).isEmpty();
        assertThat(terminal.x().ledger().token(run.out().strip())).isPresent();
        Run json = terminal.run("token", "ada", "--json", "--min-ttl", "3600");
        assertThat(json.out())
                .contains("\"tokenType\":\"bearer\"", "\"generation\":1", "\"scopes\":[", "\"expiresAt\":");
        assertThat(terminal.run("token", "ada", "--min-ttl", "9999").err()).contains("--min-ttl is 9999; allowed");
    }

    @Test
    void refreshesOnceWhenXNoLongerTakesTheToken() {
        String id = terminal.connect("1001");
        terminal.x().advance(Duration.ofHours(3));
        Run run = terminal.run("post", id, "late but there");
        assertThat(run.out()).startsWith("Posted");
        assertThat(terminal.x().ledger().rotations()).isEqualTo(1);
        assertThat(terminal.x().ledger().posts()).hasSize(1);
    }

    @Test
    void neverRepeatsAPostWhoseAnswerWasLost() {
        String id = terminal.connect("1001");
        terminal.x().queue(Fault.of(Endpoint.TWEETS, FaultKind.LOSE_ANSWER));
        Run run = terminal.run("post", id, "once", "--json");
        assertThat(run.exit()).isEqualTo(ExitCode.UNKNOWN_OUTCOME);
        assertThat(run.out()).contains("{\"error\":{").contains("\"code\":\"outcome_unknown\"");
        assertThat(terminal.x().ledger().posts()).hasSize(1);
    }

    @Test
    void readsAPostFromStandardInputAndChecksItsLength() {
        terminal.connect("1001");
        assertThat(terminal.typing("from a pipe\n", "post", "ada", "-").exit()).isZero();
        Run tooLong = terminal.run("post", "ada", "x".repeat(281));
        assertThat(tooLong.exit()).isEqualTo(ExitCode.SETTINGS);
        assertThat(tooLong.err()).contains("281");
        assertThat(terminal.run("post", "ada", "hi", "--reply-to", "x1").err())
                .contains("\"x1\" is not 1 to 19 digits");
    }

    @Test
    void saysThatAPersonMustSignInAfterARevocation() {
        String id = terminal.connect("1001");
        terminal.x().revoke("1001");
        Run run = terminal.run("refresh", id);
        assertThat(run.exit()).isEqualTo(ExitCode.NEEDS_SIGN_IN);
        assertThat(run.err()).contains("needs sign-in", "connected_apps", "roost connect");
        Run shown = terminal.run("accounts", "show", id);
        assertThat(shown.out()).contains("needs sign-in", "because", "sign in again: roost connect", "refused");
        terminal.connect("1001");
        assertThat(terminal.run("accounts", "show", id, "--json").out())
                .contains("\"state\":\"active\"", "\"journal\":[");
    }

    @Test
    void tellsRefreshesThatMayBeRetriedFromThoseThatMayBeSpent() {
        String id = terminal.connect("1001");
        terminal.x().queue(Fault.rateLimited(Endpoint.TOKEN, Duration.ofSeconds(5)));
        assertThat(terminal.run("refresh", id).exit()).isEqualTo(ExitCode.TRY_LATER);
        terminal.x().queue(Fault.of(Endpoint.TOKEN, FaultKind.LOSE_ANSWER));
        Run lost = terminal.run("refresh", id);
        assertThat(lost.exit()).isEqualTo(ExitCode.UNKNOWN_OUTCOME);
        assertThat(lost.err()).contains("The grant is kept");
        assertThat(terminal.run("accounts", "show", id).out()).contains("uncertain", "guarded retry");
    }

    @Test
    void importsFromStandardInputOnly() {
        IssuedPair pair = terminal.x().issue("shop", "1002");
        Run argument = terminal.run("accounts", "import", pair.refreshToken());
        assertThat(argument.exit()).isEqualTo(ExitCode.SETTINGS);
        assertThat(argument.err()).contains("must not be an argument").doesNotContain(pair.refreshToken());
        assertThat(terminal.run("accounts", "import").err()).contains("holds no refresh token");
        Run run = terminal.typing(pair.refreshToken() + "\n", "accounts", "import", "--expect", "@grace");
        assertThat(run.out()).contains("Connected @grace");
        assertThat(run.err()).contains("must stop using it");
        String live = terminal.x().ledger().liveRefreshToken("shop", "1002").orElseThrow();
        assertThat(terminal.typing(live, "accounts", "import").out()).contains("Nothing was spent");
        Run spent = terminal.typing(pair.refreshToken(), "accounts", "import");
        assertThat(spent.out()).contains("Roost keeps @grace").contains("Nothing was spent");
        assertThat(terminal.x().ledger().timesPresented(pair.refreshToken())).isOne();
        Run junk = terminal.typing("a-token-that-x-never-issued", "accounts", "import");
        assertThat(junk.exit()).isEqualTo(ExitCode.NEEDS_SIGN_IN);
    }

    @Test
    void rotatesTheKeyset() {
        String id = terminal.connect("1001");
        assertThat(terminal.run("keyset", "rotate").out()).contains("A new key seals from now on");
        assertThat(terminal.run("refresh", id).exit()).isZero();
    }

    @Test
    void disconnectsHereEvenWhenXIsAway() {
        String id = terminal.connect("1001");
        terminal.x().close();
        Run run = terminal.run("accounts", "disconnect", id, "--yes", "--json");
        assertThat(run.exit()).isZero();
        assertThat(run.out()).contains("\"revokedAtX\":false", "connected_apps");
    }

    @Test
    void simulatesXWithLinesToPaste() {
        TestTerminal.Background simulate = terminal.start(address -> false, "", "simulate", "--port", "0");
        simulate.awaitOut("export TWITTER_CLIENT_ID=demo-client");
        Run run = simulate.end();
        assertThat(run.out()).contains("export ROOST_X_API_URL=http://127.0.0.1:", "/_sim", "@ada");
        String taken = String.valueOf(terminal.x().uri().getPort());
        Run refused = terminal.run("simulate", "--port", taken);
        assertThat(refused.exit()).isEqualTo(ExitCode.SETTINGS);
        assertThat(refused.err()).contains("cannot listen on 127.0.0.1:" + taken);
    }

    @Test
    void saysWhatIsMissingOrMisspelt() {
        assertThat(terminal.run("token", "nobody").err()).contains("no account \"nobody\"; see: roost accounts list");
        assertThat(terminal.run("token").err()).contains("ACCOUNT").contains("roost token --help");
        assertThat(terminal.run("tokn").exit()).isEqualTo(ExitCode.SETTINGS);
        assertThat(terminal.run("accounts").exit()).isEqualTo(ExitCode.SETTINGS);
        assertThat(terminal.run("--version").out()).startsWith("roost 0.");
        terminal.unset("TWITTER_CLIENT_ID");
        terminal.unset("TWITTER_CLIENT_SECRET");
        Run run = terminal.run("accounts", "list", "--json");
        assertThat(run.exit()).isEqualTo(ExitCode.SETTINGS);
        assertThat(run.out()).contains("\"code\":\"settings\"", "TWITTER_CLIENT_ID is not set");
    }

    @Test
    void printsTheSettingsWithoutSecrets() {
        Run run = terminal.run("serve", "--print-config");
        assertThat(run.out()).contains("TWITTER_CLIENT_SECRET=***  (environment)", "ROOST_HOST=127.0.0.1  (default)");
        assertThat(run.out()).doesNotContain(TestTerminal.SECRET.substring(0, 8));
        assertThat(terminal.run("serve", "--print-config", "--json").out())
                .contains("{\"name\":\"LOG_LEVEL\",\"value\":\"\",\"origin\":\"default\"}");
    }
}
