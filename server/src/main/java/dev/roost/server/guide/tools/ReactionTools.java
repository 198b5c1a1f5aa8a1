package dev.roost.server.guide.tools;

import dev.roost.core.AccessToken;
import dev.roost.server.guide.tools.Errands.Errand;
import dev.roost.x.TweetId;
import dev.roost.x.XApi;
import dev.roost.x.XCaller;
import java.util.List;

/** {@code likeTweet} and {@code retweetTweet}. */
final class ReactionTools {
    private final XApi api;
    private final Users users;
    private final Errands errands;

    ReactionTools(XApi api, Users users, Errands errands) {
        this.api = api;
        this.users = users;
        this.errands = errands;
    }

    Tool like() {
        return new Tool(
                "likeTweet",
                "Likes a post. It takes the scope like.write, and X refuses it to self-serve plans since April 2026",
                List.of(Param.ACCESS_TOKEN, Param.TWEET_ID),
                arguments -> {
                    AccessToken token = arguments.accessToken();
                    TweetId tweet = arguments.tweetId();
                    return errands.run(
                            Errand.of("/users/:id/likes", "Could not like tweet " + tweet + "."),
                            () -> users.as(token, id -> api.reactions().like(XCaller.of(token), id, tweet)),
                            done -> Json.object().put("liked", true).put("tweet_id", done.value()));
                });
    }

    Tool retweet() {
        return new Tool(
                "retweetTweet",
                "Reposts a post (a retweet)",
                List.of(Param.ACCESS_TOKEN, Param.TWEET_ID),
                arguments -> {
                    AccessToken token = arguments.accessToken();
                    TweetId tweet = arguments.tweetId();
                    return errands.run(
                            Errand.of("/users/:id/retweets", "Could not retweet tweet " + tweet + "."),
                            () -> users.as(token, id -> api.reactions().retweet(XCaller.of(token), id, tweet)),
                            done -> Json.object().put("retweeted", true).put("tweet_id", done.value()));
                });
    }
}
