package dev.roost.x;

import dev.roost.core.Scopes;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Likes and reposts of an account. Each call is one request, 50 in 15 minutes per user, and is never repeated; none throws
 * for anything that X or the network does. A success is what X confirms: after {@link XReply.Ok} the post is liked, or no
 * longer liked, as was asked. Safe for many threads.
 */
public final class XReactions {
    private static final Permission LIKE =
            Permission.of(Scopes.of("like.write", "tweet.read", "users.read")).under(Permission.ENGAGEMENT_POLICY);

    private final XCalls calls;

    XReactions(XCalls calls) {
        this.calls = calls;
    }

    /**
     * Likes a post: {@code POST /2/users/:id/likes}. X refuses it to all self-serve tiers since 20 April 2026.
     *
     * @param userId of the account itself
     * @throws IllegalArgumentException if the id is none
     */
    public XReply<TweetId> like(XCaller caller, String userId, TweetId tweet) {
        return calls.ask(caller, adding(path(userId, "likes"), "liked", tweet).needing(LIKE));
    }

    /**
     * Takes a like back: {@code DELETE /2/users/:id/likes/:tweet_id}.
     *
     * @param userId of the account itself
     * @throws IllegalArgumentException if the id is none
     */
    public XReply<TweetId> unlike(XCaller caller, String userId, TweetId tweet) {
        return calls.ask(caller, removing(path(userId, "likes"), "liked", tweet).needing(LIKE));
    }

    /**
     * Reposts a post: {@code POST /2/users/:id/retweets}.
     *
     * @param userId of the account itself
     * @throws IllegalArgumentException if the id is none
     */
    public XReply<TweetId> retweet(XCaller caller, String userId, TweetId tweet) {
        return calls.ask(caller, adding(path(userId, "retweets"), "retweeted", tweet));
    }

    /**
     * Takes a repost back: {@code DELETE /2/users/:id/retweets/:tweet_id}.
     *
     * @param userId of the account itself
     * @throws IllegalArgumentException if the id is none
     */
    public XReply<TweetId> unretweet(XCaller caller, String userId, TweetId tweet) {
        return calls.ask(caller, removing(path(userId, "retweets"), "retweeted", tweet));
    }

    private static String path(String userId, String list) {
        return "/2/users/" + Checked.id("user id", userId) + "/" + list;
    }

    private static ApiCall<TweetId> adding(String path, String flag, TweetId tweet) {
        return ApiCall.writing("POST", path, data -> confirmed(data, flag, true, tweet))
                .sending(Json.object().put("tweet_id", tweet.value()));
    }

    private static ApiCall<TweetId> removing(String path, String flag, TweetId tweet) {
        return ApiCall.writing("DELETE", path + "/" + tweet, data -> confirmed(data, flag, false, tweet));
    }

    private static Optional<TweetId> confirmed(JsonNode data, String flag, boolean wanted, TweetId tweet) {
        JsonNode said = data.path(flag);
        return said.isBoolean() && said.booleanValue() == wanted ? Optional.of(tweet) : Optional.empty();
    }
}
