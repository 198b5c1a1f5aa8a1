package dev.roost.server.mcp.stateless;

import dev.roost.mcp.catalog.Call;
import dev.roost.mcp.catalog.ToolOutcome;
import dev.roost.server.mcp.stateless.DataAnswers.Asked;
import dev.roost.x.Tweet;
import dev.roost.x.TweetId;
import dev.roost.x.TweetLength;
import java.util.List;
import java.util.Optional;

/** The two tools that publish. X's answer goes back whole, and nothing is ever sent twice. */
final class WriteCalls {
    /** A text so long is not even measured. */
    private static final int HOPELESS = 20_000;

    private final Kit kit;
    private final DataAnswers answers;

    WriteCalls(Kit kit, DataAnswers answers) {
        this.kit = kit;
        this.answers = answers;
    }

    /** {@code twitter_post_tweet}. */
    ToolOutcome post(Given given, Call call) throws InterruptedException {
        Who who = Who.of(given, kit.accounts());
        String text = given.text("text", "text is required for twitter_post_tweet");
        return publish(who, text, Optional.empty(), media(given), call);
    }

    /** {@code twitter_reply_to_tweet}. */
    ToolOutcome reply(Given given, Call call) throws InterruptedException {
        Who who = Who.of(given, kit.accounts());
        String to = given.text("tweet_id", "tweet_id is required for twitter_reply_to_tweet");
        String text = given.text("text", "text is required for twitter_reply_to_tweet");
        return publish(who, text, Optional.of(Given.id("tweet_id", to)), media(given), call);
    }

    /** Uploads are made for accounts only. */
    private List<String> media(Given given) {
        return kit.accounts().isPresent() ? given.ids("media_ids", Tweet.MOST_MEDIA) : List.of();
    }

    private ToolOutcome publish(Who who, String text, Optional<String> replyTo, List<String> media, Call call)
            throws InterruptedException {
        Tweet tweet = new Tweet(text, replyTo.map(TweetId::new), kit.length()).withMedia(media);
        check(tweet);
        Cancelled.check();
        return switch (who) {
            case Who.Kept kept -> kept.tools().post(kept.account(), text, replyTo, media, call);
            case Who.Bearer bearer ->
                answers.result(
                        Asked.writing("/2/tweets"), kit.api().get().verbatim().post(bearer.caller(), tweet));
        };
    }

    private static void check(Tweet tweet) {
        if (tweet.text().isBlank()) {
            throw BadCallException.early(
                    "the text has nothing but spaces; give 1 to " + TweetLength.ALLOWED + " characters");
        }
        boolean measured = tweet.length() == Tweet.LengthCheck.STANDARD;
        if (measured && tweet.text().length() > HOPELESS) {
            throw BadCallException.early("the text has " + tweet.text().length() + " characters; allowed is "
                    + TweetLength.ALLOWED + " as X counts them");
        }
        TweetLength.objection(tweet).ifPresent(objection -> {
            throw BadCallException.early(objection);
        });
    }
}
