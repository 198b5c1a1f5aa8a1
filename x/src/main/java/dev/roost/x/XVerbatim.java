package dev.roost.x;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Calls whose whole answer is passed on as X wrote it: every member, in X's order, with X's numbers. They ask for the fields
 * that mcp-twitter-noauth asks for, neither more nor less. An answer that has errors and no data is no success (failure F34).
 * Each call is one request; none throws for anything that X or the network does. Safe for many threads.
 */
public final class XVerbatim {
    /** The longest query that X's API description names for any tier; X itself says what a tier may. */
    public static final int LONGEST_QUERY = 4096;

    /** The smallest page of a search; the largest of all pages is {@value #LARGEST_PAGE}. */
    public static final int SMALLEST_SEARCH = 10;

    /** The smallest page of a timeline. */
    public static final int SMALLEST_TIMELINE = 5;

    /** The largest page. */
    public static final int LARGEST_PAGE = 100;

    private static final String USER_FIELDS = "id,name,username";
    private static final String SEARCH = "/2/tweets/search/recent";

    private final XCalls calls;

    XVerbatim(XCalls calls) {
        this.calls = calls;
    }

    /**
     * Posts of the last week that match: {@code GET /2/tweets/search/recent}, 300 calls in 15 minutes per user.
     *
     * @throws IllegalArgumentException if the query is not 1 to {@value #LONGEST_QUERY} characters, or the size not
     *     {@value #SMALLEST_SEARCH} to {@value #LARGEST_PAGE}
     */
    public XReply<JsonNode> search(XCaller caller, String query, int size) {
        return searched(caller, query, size, "id,text,created_at,author_id", "author_id");
    }

    /**
     * Replies of a user within the last week: a search, as the user's timeline cannot be asked for replies alone.
     *
     * @throws IllegalArgumentException if the id is none, or the size is not {@value #SMALLEST_SEARCH} to
     *     {@value #LARGEST_PAGE}
     */
    public XReply<JsonNode> replies(XCaller caller, String userId, int size) {
        return searched(
                caller,
                "from:" + Checked.id("user id", userId) + " is:reply",
                size,
                "id,text,created_at,in_reply_to_user_id,conversation_id",
                "author_id,in_reply_to_user_id,referenced_tweets.id");
    }

    /**
     * What a user posted, newest first: {@code GET /2/users/:id/tweets}, 900 calls in 15 minutes per user.
     *
     * @throws IllegalArgumentException if the id is none, or the size is not {@value #SMALLEST_TIMELINE} to
     *     {@value #LARGEST_PAGE}
     */
    public XReply<JsonNode> tweets(XCaller caller, String userId, int size) {
        String path = "/2/users/" + Checked.id("user id", userId) + "/tweets";
        return page(
                caller,
                path,
                new LinkedHashMap<>(),
                Checked.range("max_results", size, SMALLEST_TIMELINE, LARGEST_PAGE),
                "id,text,created_at,conversation_id",
                "author_id");
    }

    /**
     * The id of the user of this name: {@code GET /2/users/by/username/:username}.
     *
     * @param username without the {@code @}
     * @throws IllegalArgumentException if it is not 1 to 15 letters, digits or underscores
     */
    public XReply<String> userId(XCaller caller, String username) {
        return calls.ask(
                caller,
                ApiCall.reading("/2/users/by/username/" + Checked.username(username), XVerbatim::id)
                        .asking(Map.of("user.fields", USER_FIELDS)));
    }

    /** Publishes: like {@link XPosts#post}, in all but the answer. */
    public XReply<JsonNode> post(XCaller caller, Tweet tweet) {
        return new XPosts(calls)
                .publish(
                        caller,
                        tweet,
                        call -> call.yielding(answer -> id(answer.path("data")).map(id -> answer)));
    }

    private XReply<JsonNode> searched(XCaller caller, String query, int size, String postFields, String expansions) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("query", Checked.length("query", query, 1, LONGEST_QUERY));
        int checked = Checked.range("max_results", size, SMALLEST_SEARCH, LARGEST_PAGE);
        return page(caller, SEARCH, parameters, checked, postFields, expansions);
    }

    private XReply<JsonNode> page(
            XCaller caller,
            String path,
            Map<String, String> parameters,
            int size,
            String postFields,
            String expansions) {
        parameters.put("max_results", Integer.toString(size));
        parameters.put("tweet.fields", postFields);
        parameters.put("expansions", expansions);
        parameters.put("user.fields", USER_FIELDS);
        return calls.ask(
                caller,
                ApiCall.<JsonNode>reading(path, Optional::of).asking(parameters).yielding(XVerbatim::list));
    }

    /** X leaves {@code data} out of a list that is empty, and counts 0 in {@code meta}. */
    private static Optional<JsonNode> list(ObjectNode answer) {
        boolean none = answer.path("data").isMissingNode()
                && answer.path("errors").isEmpty()
                && answer.path("meta").isObject();
        return answer.path("data").isArray() || none ? Optional.of(answer) : Optional.empty();
    }

    private static Optional<String> id(JsonNode data) {
        return Json.text(data, "id").filter(Checked::isId);
    }
}
