package dev.roost.server.mcp.stateless;

import dev.roost.mcp.catalog.Call;
import dev.roost.mcp.catalog.ToolOutcome;
import dev.roost.server.mcp.ByAccount.User;
import dev.roost.server.mcp.stateless.DataAnswers.Asked;
import dev.roost.x.XCaller;
import dev.roost.x.XReply;
import dev.roost.x.XVerbatim;
import java.util.Optional;
import java.util.regex.Pattern;

/** The three tools that read. X's answer goes back whole. */
final class ReadCalls {
    private static final Pattern USERNAME = Pattern.compile("[A-Za-z0-9_]{1,15}");
    private static final String SEARCH = "/2/tweets/search/recent";

    private final Kit kit;
    private final DataAnswers answers;

    ReadCalls(Kit kit, DataAnswers answers) {
        this.kit = kit;
        this.answers = answers;
    }

    /** {@code twitter_search_tweets}. */
    ToolOutcome search(Given given, Call call) throws InterruptedException {
        Who who = Who.of(given, kit.accounts());
        int wanted = given.maxResults();
        String query = checked(given.text("query", "query is required for twitter_search_tweets"));
        int size = Given.within(wanted, XVerbatim.SMALLEST_SEARCH, XVerbatim.LARGEST_PAGE);
        return switch (who) {
            case Who.Kept kept -> kept.tools().search(kept.account(), query, size, call);
            case Who.Bearer bearer -> answers.result(Asked.reading(SEARCH), x().search(bearer.caller(), query, size));
        };
    }

    /** {@code twitter_get_user_tweets}. */
    ToolOutcome tweets(Given given, Call call) throws InterruptedException {
        Who who = Who.of(given, kit.accounts());
        int wanted = given.maxResults();
        User user = user(given, "twitter_get_user_tweets");
        int size = Given.within(wanted, XVerbatim.SMALLEST_TIMELINE, XVerbatim.LARGEST_PAGE);
        return switch (who) {
            case Who.Kept kept -> kept.tools().tweets(kept.account(), user, size, call);
            case Who.Bearer bearer ->
                ofUser(
                        bearer.caller(),
                        user,
                        id -> answers.result(
                                Asked.reading("/2/users/" + id + "/tweets"), x().tweets(bearer.caller(), id, size)));
        };
    }

    /** {@code twitter_get_user_replies}. */
    ToolOutcome replies(Given given, Call call) throws InterruptedException {
        Who who = Who.of(given, kit.accounts());
        int wanted = given.maxResults();
        User user = user(given, "twitter_get_user_replies");
        int size = Given.within(wanted, XVerbatim.SMALLEST_SEARCH, XVerbatim.LARGEST_PAGE);
        return switch (who) {
            case Who.Kept kept -> kept.tools().replies(kept.account(), user, size, call);
            case Who.Bearer bearer ->
                ofUser(
                        bearer.caller(),
                        user,
                        id -> answers.result(Asked.reading(SEARCH), x().replies(bearer.caller(), id, size)));
        };
    }

    /** What is done once a user's id is known. */
    @FunctionalInterface
    private interface WithId {
        ToolOutcome answer(String id);
    }

    private ToolOutcome ofUser(XCaller caller, User user, WithId next) throws InterruptedException {
        return switch (user) {
            case User.Id id -> next.answer(id.digits());
            case User.Name name -> {
                XReply<String> found = x().userId(caller, name.username());
                Optional<Trouble.Failed> trouble = answers.trouble(Asked.userNamed(name.username()), found);
                Cancelled.check();
                yield found instanceof XReply.Ok<String> ok
                        ? next.answer(ok.value())
                        : notFound(name.username(), trouble.orElseThrow()).result();
            }
        };
    }

    private static Trouble notFound(String username, Trouble.Failed why) {
        return new Trouble.Failed(
                "Could not find user ID for username: " + username, Sentences.of(why.error(), why.details()));
    }

    private XVerbatim x() {
        return kit.api().get().verbatim();
    }

    private static String checked(String query) {
        int length = query.codePointCount(0, query.length());
        if (query.isBlank() || length > XVerbatim.LONGEST_QUERY) {
            throw BadCallException.early("query has " + length + " characters; allowed is 1 to "
                    + XVerbatim.LONGEST_QUERY + ", not all of them spaces");
        }
        return query;
    }

    /** The id wins, as in the original. */
    private static User user(Given given, String tool) {
        Optional<String> id = given.text("user_id");
        Optional<String> username = given.text("username");
        if (id.isPresent()) {
            return new User.Id(Given.id("user_id", id.get()));
        }
        String name = username.orElseThrow(
                () -> BadCallException.plain("Either user_id or username is required for " + tool));
        return new User.Name(username(name.startsWith("@") ? name.substring(1) : name));
    }

    private static String username(String name) {
        if (!USERNAME.matcher(name).matches()) {
            throw BadCallException.early(
                    "Could not find user ID for that username: it is not 1 to 15 letters, digits or underscores");
        }
        return name;
    }
}
