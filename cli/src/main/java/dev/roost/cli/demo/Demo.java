package dev.roost.cli.demo;

import dev.roost.core.AccessGrant;
import dev.roost.core.Account;
import dev.roost.core.AccountId;
import dev.roost.core.AccountState;
import dev.roost.core.Lease;
import dev.roost.core.Scopes;
import dev.roost.core.SignInFlow;
import dev.roost.simulator.Ledger;
import dev.roost.x.PostedTweet;
import dev.roost.x.Tweet;
import dev.roost.x.XReply;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The whole life of an account, over real HTTP: sign-in, sealed tokens, an early refresh, a process killed in the middle
 * of one, a revoked grant, a post; and at the end the simulated X's ledger is asked whether it was so.
 */
public final class Demo implements AutoCloseable {
    /** A lease, the time that its owner has to come back, and a little more. */
    private static final Duration FOLLOWED_UP = Duration.ofSeconds(95).plus(Lease.LONGEST_SILENCE);

    private final Narrator narrator;
    private final DemoStage stage;

    /** Starts the simulator and Roost. The story goes to this stream. */
    public Demo(PrintStream out) {
        narrator = new Narrator(out);
        stage = new DemoStage();
    }

    /**
     * What came of it.
     *
     * @param rotations how often a refresh token was spent, by X's ledger and by Roost's journal alike
     * @param grantsLost 0, or the demo fails
     * @param data the folder of database, keyset and spool
     * @param roost where Roost listens
     * @param simulator where the simulated X listens
     */
    public record Summary(int rotations, int grantsLost, String data, String roost, String simulator) {}

    /**
     * Plays the story.
     *
     * @throws IllegalStateException if a step does not hold; the message says which and why
     */
    public Summary play() {
        narrator.line("The life of an X account in Roost, over real HTTP on this machine.");
        try {
            return story();
        } catch (DemoFailure e) {
            narrator.say("This did not hold: " + e.getMessage());
            throw new IllegalStateException("the demo failed: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        stage.close();
    }

    private Summary story() {
        start();
        AccountId ada = signIn("ada", "1001");
        sealed();
        refreshEarly(ada);
        killedInTheMiddle(ada);
        revoked(signIn("grace", "1002"));
        post(ada);
        return judge();
    }

    private void start() {
        narrator.step("A simulated X and Roost start");
        narrator.say("X: " + stage.x().uri());
        narrator.say("Roost: " + stage.server().uri());
        narrator.say("Data: " + stage.data() + " (embedded SQLite)");
    }

    private AccountId signIn(String username, String userId) {
        narrator.step("@" + username + " signs in");
        SignInFlow.Started started = stage.roost()
                .engine()
                .signInFlow()
                .start(stage.roost().settings().callbackUrl(), Scopes.DEFAULT, Optional.of(username));
        try (DemoBrowser browser = new DemoBrowser()) {
            HttpResponse<String> page = browser.consent(started.authorizationUrl(), userId);
            DemoFailure.unless(page.statusCode() == 200, "Roost's callback page answered " + page.statusCode());
            DemoFailure.unless(page.body().contains("@" + username), "the callback page does not name @" + username);
        }
        Account account = stage.roost().engine().accounts().find("@" + username);
        narrator.say("A browser opens X's consent page (authorization code with PKCE), @" + username
                + " agrees, X sends the browser back, and Roost exchanges the code.");
        narrator.say("Connected as @" + username + ": " + account.id() + ", generation " + account.generation() + ".");
        return account.id();
    }

    private void sealed() {
        narrator.step("The tokens are stored sealed");
        int files = check().searchForTokens(stage.data());
        narrator.say("Searched all " + files + " files of the data folder for each token X issued: not there.");
    }

    private void refreshEarly(AccountId id) {
        narrator.step("Time passes, and the pair is replaced before it expires");
        Duration by = stage.turnToNextRefresh(id);
        stage.await("an early refresh", () -> stage.account(id).generation() == 2);
        long left = Duration.between(stage.x().now(), before(id)).toSeconds();
        narrator.say(
                "The clocks turn " + minutes(by) + " ahead; the access token has " + minutes(Duration.ofSeconds(left))
                        + " left. Roost spends the refresh token, once: generation 2, the first pair is dead.");
        DemoFailure.unless(check().rotations() == 1, "more than one rotation");
    }

    /** When the first pair's access token expires, by X. */
    private Instant before(AccountId id) {
        String user = stage.account(id).user().id();
        return stage.x().ledger().tokensOf(user).getFirst().expiresAt();
    }

    private void killedInTheMiddle(AccountId id) {
        narrator.step("A process is killed in the middle of a refresh");
        try (DeafServer network = new DeafServer()) {
            long pid = KilledRefresh.play("@ada", network, stage.environmentOfAnother(network.url()));
            narrator.say("Process " + pid + " runs: roost refresh @ada. It notes its intent, its request leaves, and"
                    + " before any answer it is killed with SIGKILL.");
        } catch (IOException e) {
            throw new UncheckedIOException("a socket of the demo did not close", e);
        }
        AccessGrant served = stage.roost().engine().keeper().token(id);
        narrator.say("Meanwhile the valid access token of generation " + served.generation() + " is served on.");
        stage.turn(FOLLOWED_UP);
        stage.await("the guarded retry", () -> stage.account(id).generation() == 3);
        narrator.say(
                "The clocks turn " + minutes(FOLLOWED_UP) + " ahead. Since the dead process did not come back with an"
                        + " answer, Roost notes a guarded retry in the journal, and X answers: generation 3. Nothing is lost.");
    }

    private void revoked(AccountId id) {
        narrator.step("@grace revokes the app at x.com");
        stage.x().revoke("1002");
        stage.turnToNextRefresh(id);
        stage.await(
                "the account to need sign-in",
                () -> stage.account(id).state() instanceof AccountState.NeedsReauthorization);
        if (stage.account(id).state() instanceof AccountState.NeedsReauthorization gone) {
            narrator.say("X tells nobody, but refuses the token. Roost says so: "
                    + stage.account(id).state().label() + ". " + gone.cause().explain() + ".");
        }
    }

    private void post(AccountId id) {
        narrator.step("@ada posts with a valid token");
        stage.await(
                "refreshes under way to end",
                () -> stage.roost().engine().keeper().health().underWay() == 0);
        String text = "Still connected. Posted through Roost, generation "
                + stage.account(id).generation() + ".";
        XReply<PostedTweet> reply =
                stage.roost().calls().call(id, x -> stage.roost().api().posts().post(x, Tweet.of(text)));
        if (!(reply instanceof XReply.Ok<PostedTweet> posted)) {
            throw new DemoFailure("X did not take the post: " + reply);
        }
        boolean known =
                stage.x().ledger().posts().stream().anyMatch(post -> post.text().equals(text));
        DemoFailure.unless(known, "X's ledger does not know the post");
        narrator.say("X published post " + posted.value().id().value() + ": \"" + text + "\"");
    }

    private Summary judge() {
        narrator.step("X's ledger is the judge");
        stage.await(
                "refreshes under way to end",
                () -> stage.roost().engine().keeper().health().underWay() == 0);
        LedgerCheck check = check();
        Summary summary = new Summary(
                check.rotations(),
                check.lost(),
                stage.data().toString(),
                stage.server().uri().toString(),
                stage.x().uri().toString());
        check.searchForTokens(stage.data());
        check.searchForTokens("what the demo printed", narrator.said());
        DemoFailure.unless(summary.grantsLost() == 0, summary.grantsLost() + " grants lost");
        List<String> facts = List.of(
                "Rotations:   " + summary.rotations() + " (X's ledger and Roost's journal agree)",
                "Grants lost: " + summary.grantsLost(),
                "Secrets in data folder and output: none",
                "Data:        " + summary.data());
        facts.forEach(fact -> narrator.line("    " + fact));
        return summary;
    }

    private LedgerCheck check() {
        Ledger ledger = stage.x().ledger();
        return new LedgerCheck(stage.roost().vault().store().tokens(), ledger);
    }

    private static String minutes(Duration duration) {
        return duration.toMinutes() + " min";
    }
}
