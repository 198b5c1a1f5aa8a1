package dev.roost.server.guide.tools;

import dev.roost.core.AccessToken;
import dev.roost.server.guide.tools.Errands.Errand;
import dev.roost.server.guide.tools.ToolResult.Failure;
import dev.roost.x.PostedTweet;
import dev.roost.x.Tweet;
import dev.roost.x.TweetId;
import dev.roost.x.TweetLength;
import dev.roost.x.XApi;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** {@code postToTwitter}, {@code replyToTweet} and {@code deleteTweet}. */
final class PostTools {
    /** A text so long is not even measured. */
    private static final int HOPELESS = 20_000;

    private static final Errand POST = new Errand("/tweets", false, PostTools::phrase);

    private final XApi api;
    private final Errands errands;

    PostTools(XApi api, Errands errands) {
        this.api = api;
        this.errands = errands;
    }

    Tool post() {
        return new Tool(
                "postToTwitter",
                "Publishes a post on X (a tweet)",
                List.of(Param.ACCESS_TOKEN, content("The text of the post")),
                arguments -> {
                    AccessToken token = arguments.accessToken();
                    Tweet tweet = Tweet.of(arguments.text("content"));
                    return objection(tweet, "Tweet")
                            .orElseGet(() -> errands.run(POST, () -> api.post(token, tweet), PostTools::posted));
                });
    }

    Tool reply() {
        return new Tool(
                "replyToTweet",
                "Publishes a reply to a post on X. X allows it only where the author mentioned or answered the account",
                List.of(Param.ACCESS_TOKEN, Param.TWEET_ID, content("The text of the reply")),
                arguments -> {
                    AccessToken token = arguments.accessToken();
                    TweetId to = arguments.tweetId();
                    Tweet tweet = Tweet.reply(to, arguments.text("content"));
                    Errand errand = Errand.of("/tweets", "Could not reply to tweet " + to + ".")
                            .once();
                    return objection(tweet, "Reply")
                            .orElseGet(() -> errands.run(
                                    errand,
                                    () -> api.post(token, tweet),
                                    posted -> posted(posted).put("in_reply_to_tweet_id", to.value())));
                });
    }

    Tool delete() {
        return new Tool(
                "deleteTweet",
                "Deletes a post of the account",
                List.of(Param.ACCESS_TOKEN, Param.TWEET_ID),
                arguments -> {
                    AccessToken token = arguments.accessToken();
                    TweetId id = arguments.tweetId();
                    return errands.run(
                            Errand.of("/tweets/:id", "Could not delete tweet " + id + "."),
                            () -> api.delete(token, id),
                            gone -> Json.object().put("deleted", true).put("tweet_id", gone.value()));
                });
    }

    private static Param content(String description) {
        return Param.text("content", description + ", at most 280 characters as X counts them");
    }

    /** Looks at the text before anything is sent: by X's weights, not by the units of a programming language. */
    private static Optional<ToolResult> objection(Tweet tweet, String what) {
        Failure tooLong = Failure.lasting(what + " content exceeds 280 characters limit.", "text_too_long", 400);
        if (tweet.text().length() > HOPELESS) {
            return Optional.of(tooLong);
        }
        return TweetLength.objection(tweet)
                .map(objection -> TweetLength.of(tweet.text()).weighted() > TweetLength.ALLOWED
                        ? tooLong
                        : Failure.invalid("Parameter \"content\": " + objection));
    }

    private static ObjectNode posted(PostedTweet posted) {
        return Json.object().put("id", posted.id().value()).put("text", posted.text());
    }

    private static String phrase(Denial denial) {
        return switch (denial.status()) {
            case 401 ->
                "Tweet creation unauthorized. Your access token is invalid or expired. Use refreshTwitterToken to get"
                        + " a new token, or re-authenticate.";
            case 403 ->
                Words.sentences(
                        "Tweet creation forbidden. Check if your app has write permissions (tweet.write scope) and the"
                                + " user has authorized them.",
                        denial.reason());
            case 429 -> "Rate limit exceeded. Please wait before creating more tweets.";
            default ->
                denial.detail().isEmpty()
                        ? Words.sentences("Could not create tweet on Twitter.", denial.explanation())
                        : Words.sentences("Twitter API Error: " + denial.detail(), denial.explanation());
        };
    }
}
