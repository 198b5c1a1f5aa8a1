package dev.roost.server.mcp.stateless;

import dev.roost.mcp.catalog.Call;
import dev.roost.mcp.catalog.Schema;
import dev.roost.mcp.catalog.Schema.Member;
import dev.roost.mcp.catalog.Tool;
import dev.roost.mcp.catalog.Tool.Hints;
import dev.roost.mcp.catalog.ToolOutcome;
import dev.roost.x.Tweet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * The six tools of mcp-twitter-noauth. Where Roost keeps accounts, each also takes an account instead of a token.
 *
 * <p>That a token or an account must be there is then no part of the schema: it would need {@code anyOf} at the top, and the
 * APIs of several models refuse every request that carries such a tool. The body says what is missing instead.
 */
public final class StatelessTools {
    private static final Hints SPENDS = new Hints(false, true, false, true);
    private static final Member ACCOUNT = Schema.optional(
            "account",
            Schema.string(
                    "id, @username or X user id of an account that Roost keeps; then no token is needed or returned"));
    private static final Member MEDIA = Schema.optional(
            "media_ids",
            Schema.list("ids of uploads by twitter_upload_media for the same account", Schema.string("1 to 19 digits"))
                    .put("maxItems", Tweet.MOST_MEDIA));

    private final Kit kit;
    private final ReadCalls reads;
    private final WriteCalls writes;

    private StatelessTools(Kit kit) {
        this.kit = kit;
        DataAnswers answers = new DataAnswers(kit.apiUrl(), kit.clock());
        this.reads = new ReadCalls(kit, answers);
        this.writes = new WriteCalls(kit, answers);
    }

    /** Returns the tools, in the original's order. Asks nobody anything. */
    public static List<Tool> of(Kit kit) {
        return new StatelessTools(kit).all();
    }

    private List<Tool> all() {
        return List.of(
                tool(
                        "twitter_refresh_token",
                        "Refresh an X access token",
                        Texts.REFRESH,
                        SPENDS,
                        new RefreshCall(kit)::refresh,
                        Schema.optional("twitter_access_token", Schema.string(Texts.OLD_ACCESS_TOKEN)),
                        credential("twitter_refresh_token", Texts.REFRESH_TOKEN),
                        credential("twitter_client_id", Texts.CLIENT_ID),
                        Schema.optional("twitter_client_secret", Schema.string(Texts.CLIENT_SECRET))),
                tool(
                        "twitter_search_tweets",
                        "Search posts on X",
                        Texts.SEARCH,
                        Hints.READS,
                        reads::search,
                        accessToken(),
                        Schema.required("query", Schema.string("The search query to execute")),
                        maxResults()),
                tool(
                        "twitter_get_user_tweets",
                        "List a user's posts",
                        Texts.TWEETS,
                        Hints.READS,
                        reads::tweets,
                        accessToken(),
                        userId(),
                        username(),
                        maxResults()),
                tool(
                        "twitter_get_user_replies",
                        "List a user's replies",
                        Texts.REPLIES,
                        Hints.READS,
                        reads::replies,
                        accessToken(),
                        userId(),
                        username(),
                        maxResults()),
                tool(
                        "twitter_post_tweet",
                        "Post on X",
                        Texts.POST,
                        Hints.ADDS,
                        writes::post,
                        publishing(Schema.required("text", Schema.string("The tweet text content")))),
                tool(
                        "twitter_reply_to_tweet",
                        "Reply on X",
                        Texts.REPLY,
                        Hints.ADDS,
                        writes::reply,
                        publishing(
                                Schema.required("tweet_id", Schema.string("ID of the tweet to reply to")),
                                Schema.required("text", Schema.string("The reply text content")))));
    }

    /** What a tool does with its arguments. */
    @FunctionalInterface
    private interface Work {
        ToolOutcome answer(Given given, Call call) throws InterruptedException;
    }

    private Tool tool(String name, String title, String description, Hints hints, Work work, Member... own) {
        boolean kept = kit.accounts().isPresent();
        Stream<Member> members = kept ? Stream.concat(Stream.of(own), Stream.of(ACCOUNT)) : Stream.of(own);
        return new Tool(
                name,
                title,
                kept ? description + Texts.BY_ACCOUNT : description,
                hints,
                Schema.object(members.toArray(Member[]::new)),
                Optional.empty(),
                (arguments, call) -> run(name, work, arguments, call));
    }

    private static ToolOutcome run(String tool, Work work, ObjectNode arguments, Call call)
            throws InterruptedException {
        if (arguments.isEmpty()) {
            return new Trouble.Plain("Missing arguments for " + tool).result();
        }
        try {
            ToolOutcome outcome = work.answer(new Given(arguments), call);
            Cancelled.check();
            return outcome;
        } catch (BadCallException e) {
            return e.trouble().result();
        }
    }

    /** The token first, and the uploads of an account last. */
    private Member[] publishing(Member... own) {
        Stream<Member> all = Stream.concat(Stream.of(accessToken()), Stream.of(own));
        return (kit.accounts().isPresent() ? Stream.concat(all, Stream.of(MEDIA)) : all).toArray(Member[]::new);
    }

    /** What an account can stand in for must be there only where there are no accounts. */
    private Member credential(String name, String description) {
        return new Member(name, kit.accounts().isEmpty(), Schema.string(description));
    }

    private Member accessToken() {
        return credential("twitter_access_token", "Twitter OAuth2 access token");
    }

    private static Member userId() {
        return Schema.optional("user_id", Schema.string("Twitter user ID (optional if username is provided)"));
    }

    private static Member username() {
        return Schema.optional("username", Schema.string("Twitter username/handle (optional if user_id is provided)"));
    }

    private static Member maxResults() {
        return Schema.optional("max_results", Schema.integer("Maximum number of tweets to return (default: 10)"));
    }
}
