package dev.roost.server.guide.tools;

import dev.roost.core.AccessToken;
import dev.roost.server.guide.tools.Errands.Errand;
import dev.roost.server.guide.tools.ToolResult.Failure;
import dev.roost.x.Metrics;
import dev.roost.x.TweetId;
import dev.roost.x.XApi;
import dev.roost.x.XCaller;
import dev.roost.x.XPage;
import dev.roost.x.XPaging;
import dev.roost.x.XTimelines;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The tools that read, and the profile. */
final class ReadTools {
    private final XApi api;
    private final Users users;
    private final Errands errands;

    ReadTools(XApi api, Users users, Errands errands) {
        this.api = api;
        this.users = users;
        this.errands = errands;
    }

    Tool timeline() {
        return new Tool(
                "listTwitterTweets",
                "Lists the latest posts of the account",
                List.of(Param.ACCESS_TOKEN, Param.MAX_RESULTS),
                arguments -> {
                    AccessToken token = arguments.accessToken();
                    int wanted = arguments.maxResults();
                    return errands.run(
                            Errand.of("/users/:id/tweets", "Could not retrieve user tweets."),
                            () -> users.as(
                                    token, id -> api.timelines().timeline(XCaller.of(token), id, page(wanted, 5))),
                            first(wanted));
                });
    }

    Tool mentions() {
        return new Tool(
                "getUserMentions",
                "Lists the latest posts that mention the account",
                List.of(Param.ACCESS_TOKEN, Param.MAX_RESULTS),
                arguments -> {
                    AccessToken token = arguments.accessToken();
                    int wanted = arguments.maxResults();
                    return errands.run(
                            Errand.of("/users/:id/mentions", "Could not retrieve user mentions."),
                            () -> users.as(
                                    token, id -> api.timelines().mentions(XCaller.of(token), id, page(wanted, 5))),
                            first(wanted));
                });
    }

    Tool search() {
        return new Tool(
                "searchTwitter",
                "Searches the posts of the last seven days",
                List.of(
                        Param.ACCESS_TOKEN,
                        Param.text("query", "What to look for, in X's search language"),
                        Param.MAX_RESULTS),
                this::search);
    }

    private ToolResult search(Arguments arguments) {
        AccessToken token = arguments.accessToken();
        String query = arguments.text("query");
        int wanted = arguments.maxResults();
        if (query.codePointCount(0, query.length()) > XTimelines.LONGEST_QUERY) {
            return Failure.invalid("Parameter \"query\" of tool \"searchTwitter\" must be at most "
                    + XTimelines.LONGEST_QUERY + " characters");
        }
        return errands.run(
                Errand.of("/tweets/search/recent", "Could not search tweets with query: " + query),
                () -> api.timelines().search(XCaller.of(token), query, page(wanted, 10)),
                first(wanted));
    }

    Tool engagement() {
        return new Tool(
                "getTweetEngagement",
                "Tells how often a post was liked, reposted, answered, quoted and seen",
                List.of(Param.ACCESS_TOKEN, Param.TWEET_ID),
                arguments -> {
                    AccessToken token = arguments.accessToken();
                    TweetId id = arguments.tweetId();
                    return errands.run(
                            Errand.of("/tweets/:id", "Could not get engagement metrics for tweet " + id + "."),
                            () -> api.timelines().tweet(XCaller.of(token), id),
                            tweet -> figures(id, Metrics.of(tweet)));
                });
    }

    Tool profile() {
        return new Tool(
                "getTwitterProfile",
                "The profile of the account that the access token belongs to",
                List.of(Param.ACCESS_TOKEN),
                arguments -> {
                    AccessToken token = arguments.accessToken();
                    return errands.run(
                            new Errand("/users/me", true, ReadTools::noProfile),
                            () -> api.users().profile(XCaller.of(token)),
                            Function.identity());
                });
    }

    private static String noProfile(Denial denial) {
        String literal = "Could not retrieve Twitter user profile. The access token may be invalid or expired.";
        return denial.status() == 401 ? literal : Words.sentences(literal, denial.reason());
    }

    /** X has a smallest page; what is too much is left out afterwards. */
    private static XPaging page(int wanted, int smallest) {
        return XPaging.first(Math.max(wanted, smallest));
    }

    private static Function<XPage, JsonNode> first(int wanted) {
        return page -> {
            ArrayNode posts = Json.array();
            page.data().values().stream().limit(wanted).forEach(posts::add);
            return posts;
        };
    }

    private static ObjectNode figures(TweetId id, Metrics metrics) {
        return Json.object()
                .put("tweet_id", id.value())
                .put("likes", metrics.likes())
                .put("retweets", metrics.retweets())
                .put("replies", metrics.replies())
                .put("quotes", metrics.quotes())
                .put("impressions", metrics.impressions());
    }
}
