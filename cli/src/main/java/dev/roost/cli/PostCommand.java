package dev.roost.cli;

import dev.roost.cli.settings.Settings;
import dev.roost.cli.wiring.Roost;
import dev.roost.core.Account;
import dev.roost.x.PostedTweet;
import dev.roost.x.Tweet;
import dev.roost.x.TweetId;
import dev.roost.x.XProblem;
import dev.roost.x.XReply;
import dev.roost.x.XSettings;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Publishes a post. */
@Command(
        name = "post",
        description = "Publish a post from an account. Never made twice: an unknown outcome is said so.")
final class PostCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final Output output = new Output();

    @Mixin
    private final AccountName name = new AccountName();

    @Parameters(index = "1", paramLabel = "TEXT", description = "What to say; - reads it from standard input.")
    private String text = "";

    @Option(names = "--reply-to", paramLabel = "ID", description = "The post to answer: the digits in its address.")
    private Optional<String> replyTo = Optional.empty();

    @Option(names = "--no-length-check", description = "Leave the length to X: premium accounts may post more.")
    private boolean unchecked;

    PostCommand(Session session) {
        this.session = session;
    }

    /** What {@code --json} prints. */
    private record View(String id, String text, String url) {}

    @Override
    public Integer call() {
        Tweet tweet = tweet();
        return session.withRoost(roost -> post(roost, tweet));
    }

    private Tweet tweet() {
        String words = text.equals("-")
                ? new StandardInput(session.surroundings()).all().strip()
                : text;
        try {
            Tweet tweet = replyTo.map(id -> Tweet.reply(new TweetId(id), words)).orElseGet(() -> Tweet.of(words));
            return unchecked ? tweet.uncheckedLength() : tweet;
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.SETTINGS, "usage", String.valueOf(e.getMessage()));
        }
    }

    private int post(Roost roost, Tweet tweet) {
        Account account = roost.engine().accounts().find(name.text());
        return switch (roost.calls()
                .call(account.id(), caller -> roost.api().posts().post(caller, tweet))) {
            case XReply.Ok<PostedTweet> ok -> posted(roost.settings(), account, ok.value());
            case XReply.Unauthorized<PostedTweet> no -> throw refused(no.problem());
            case XReply.Refused<PostedTweet> no -> throw refused(no.problem());
            case XReply.RateLimited<PostedTweet> later ->
                throw new CommandFailure(
                        ExitCode.TRY_LATER,
                        "rate_limited",
                        "not posted: " + later.problem() + " Try again at " + Times.exact(later.retryAt()));
            case XReply.NotSent<PostedTweet> none ->
                throw new CommandFailure(
                        ExitCode.TRY_LATER, "not_sent", "not posted: " + none.reason() + ". Try again");
            case XReply.Unknown<PostedTweet> unknown ->
                throw new CommandFailure(
                        ExitCode.UNKNOWN_OUTCOME,
                        "outcome_unknown",
                        "posted or not, nobody knows: " + unknown.reason() + ". Look at https://x.com/"
                                + account.user().username() + " before you post it again");
        };
    }

    private int posted(Settings settings, Account account, PostedTweet tweet) {
        String url = "https://x.com/" + account.user().username() + "/status/" + tweet.id();
        boolean atX = settings.app().stream().anyMatch(app -> app.apiUrl().equals(XSettings.API_URL));
        output.print(
                session.out(),
                new View(tweet.id().value(), tweet.text(), url),
                atX ? "Posted: " + url : "Posted as " + tweet.id() + " at " + settings.apiUrl());
        return ExitCode.OK;
    }

    private static CommandFailure refused(XProblem problem) {
        boolean ours = problem.status() == 0;
        return new CommandFailure(
                ours ? ExitCode.SETTINGS : ExitCode.REFUSED,
                problem.kind().name().toLowerCase(Locale.ROOT),
                "not posted: " + (ours ? problem.explanation() : problem));
    }
}
