package dev.roost.server.mcp.accounts;

import dev.roost.core.Account;
import dev.roost.core.access.KeyScope;
import dev.roost.mcp.catalog.Call;
import dev.roost.mcp.catalog.Schema;
import dev.roost.mcp.catalog.Schema.Member;
import dev.roost.mcp.catalog.Tool;
import dev.roost.mcp.catalog.Tool.Hints;
import dev.roost.mcp.catalog.ToolOutcome;
import dev.roost.server.http.ProblemException;
import dev.roost.server.operations.ListJson;
import dev.roost.server.operations.MetricsJson;
import dev.roost.server.operations.Reads;
import dev.roost.x.TweetId;
import dev.roost.x.XPage;
import dev.roost.x.XPaging;
import dev.roost.x.XReply;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Tools that read at X, beside the three that mcp-twitter-noauth has. */
record ReadFamily(Errands errands, Means means) {
    private static final String COST = " X charges for each post that it returns, so ask for few.";
    private static final String LATER = " Errors: x_rate_limited says how long to wait.";
    private static final int USUAL = 10;

    List<Tool> all() {
        return List.of(mentions(), metrics(), profile(), myTweets());
    }

    private Tool mentions() {
        return new Tool(
                "twitter_get_mentions",
                "List mentions of an account",
                "Lists posts that mention the account, the newest first: who asks it something, who answered. X lets the"
                        + " account reply only where it was mentioned or answered, so use it to find what to reply to."
                        + COST + LATER,
                Hints.READS,
                pages(),
                Optional.of(posts()),
                errands.body(
                        "mentions.list",
                        KeyScope.X_READ,
                        (account, args, call) -> list(
                                reads().mentions(account.id(), account.user().id(), paging(args)))));
    }

    private Tool myTweets() {
        return new Tool(
                "twitter_get_my_tweets",
                "List an account's own posts",
                "Lists the account's own posts, the newest first, with their figures. Use it to see whether a post whose"
                        + " outcome is unknown was published, before anything is posted again." + COST + LATER,
                Hints.READS,
                pages(),
                Optional.of(posts()),
                errands.body(
                        "tweets.list",
                        KeyScope.X_READ,
                        (account, args, call) -> list(
                                reads().timeline(account.id(), account.user().id(), paging(args)))));
    }

    private Tool metrics() {
        return new Tool(
                "twitter_get_tweet_metrics",
                "Show how a post was received",
                "Tells likes, reposts, replies, quotes and impressions of one post, as X shows them to the public. X"
                        + " charges for one post read. Errors: x_not_found (deleted, or hidden from this account).",
                Hints.READS,
                Schema.closed(Shape.account(), Shape.tweetId("The post: the digits at the end of its address.")),
                Optional.of(Shape.output(
                        Schema.required("id", Schema.string("The post.")),
                        count("likes"),
                        count("retweets"),
                        count("replies"),
                        count("quotes"),
                        count("impressions"))),
                errands.body("tweets.metrics", KeyScope.X_READ, (account, args, call) -> {
                    TweetId id = PostFamily.tweet(args);
                    return Answers.result(
                            MetricsJson.of(id, reads().metrics(account.id(), id).value()));
                }));
    }

    private Tool profile() {
        return new Tool(
                "twitter_get_profile",
                "Show an X profile",
                "Shows the X profile of the account, or of another user by username: name, description, followers, when it"
                        + " was made. X charges for one user read, and allows 75 of the account itself in 15 minutes."
                        + " Errors: x_not_found (no such user).",
                Hints.READS,
                Schema.closed(
                        Shape.account(),
                        Schema.optional(
                                "username",
                                Schema.string("Whose profile, with or without the @; the account's own if left out.")
                                        .put("pattern", "^@?[A-Za-z0-9_]{1,15}$"))),
                Optional.of(Shape.output(
                        Schema.required("id", Schema.string("X's id of the user.")),
                        Schema.optional("name", Schema.string("As shown.")),
                        Schema.required("username", Schema.string("Without the @.")))),
                errands.body("profile.read", KeyScope.X_READ, this::profile));
    }

    private ToolOutcome profile(Account account, Args args, Call call) {
        Optional<String> username = args.text("username").map(ReadFamily::bare);
        JsonNode profile = username.isPresent()
                ? reads().profile(account.id(), username.get()).value()
                : reads().profile(account.id()).value();
        return Answers.result(profile);
    }

    static String bare(String username) {
        return username.startsWith("@") ? username.substring(1) : username;
    }

    private static ToolOutcome list(XReply.Ok<XPage> page) {
        return Answers.result(ListJson.of(page.value()));
    }

    private static XPaging paging(Args args) {
        XPaging first = XPaging.first(args.number("max_results", USUAL));
        try {
            return args.text("cursor").map(first::after).orElse(first);
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid(
                    "\"cursor\" is none; allowed: the nextCursor of the page before, to the letter, or no cursor");
        }
    }

    private static ObjectNode pages() {
        return Schema.closed(
                Shape.account(),
                Schema.optional("max_results", Schema.integer("How many at most; 10 if it is left out.", 5, 100)),
                Schema.optional(
                        "cursor",
                        Schema.string("nextCursor of the page before; not for the first.")
                                .put("maxLength", 256)));
    }

    private static ObjectNode posts() {
        return Shape.output(
                Schema.required(
                        "data",
                        Schema.list(
                                "Posts as X writes them.",
                                Schema.object(
                                        Schema.required("id", Schema.string("The post.")),
                                        Schema.optional("text", Schema.string("What it says."))))),
                Schema.optional("nextCursor", Schema.string("There are more; give it as cursor.")),
                Schema.optional("errors", Schema.list("What X could not show.", Schema.object())));
    }

    private static Member count(String name) {
        return Schema.required(name, Schema.integer("How many."));
    }

    private Reads reads() {
        return new Reads(means.x());
    }
}
