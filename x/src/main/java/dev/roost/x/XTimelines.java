package dev.roost.x;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Reads posts. Needs the scopes tweet.read and users.read. Each call is one request, which may be repeated; none throws
 * for anything that X or the network does. Safe for many threads.
 */
public final class XTimelines {
    /** The longest query; X's documentation allows so much to every tier. */
    public static final int LONGEST_QUERY = 512;

    private static final String FIELDS = "id,text,created_at,author_id,conversation_id,public_metrics";

    private final XCalls calls;

    XTimelines(XCalls calls) {
        this.calls = calls;
    }

    /**
     * What a user posted, newest first: {@code GET /2/users/:id/tweets}, 900 calls in 15 minutes per user.
     *
     * @throws IllegalArgumentException if the id is none, or the page's size is not 5 to 100
     */
    public XReply<XPage> timeline(XCaller caller, String userId, XPaging paging) {
        return ofUser(caller, userId, "tweets", paging);
    }

    /**
     * What mentions a user, newest first: {@code GET /2/users/:id/mentions}, 300 calls in 15 minutes per user.
     *
     * @throws IllegalArgumentException if the id is none, or the page's size is not 5 to 100
     */
    public XReply<XPage> mentions(XCaller caller, String userId, XPaging paging) {
        return ofUser(caller, userId, "mentions", paging);
    }

    /**
     * What was posted in the last week and matches: {@code GET /2/tweets/search/recent}, 300 calls in 15 minutes per user.
     *
     * @param query in X's search language
     * @throws IllegalArgumentException if the query is not 1 to {@value #LONGEST_QUERY} characters, or the page's size not 10
     *     to 100
     */
    public XReply<XPage> search(XCaller caller, String query, XPaging paging) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("query", Checked.length("query", query, 1, LONGEST_QUERY));
        return page(caller, "/2/tweets/search/recent", parameters, "next_token", paging, 10);
    }

    /** One post as X wrote it: {@code GET /2/tweets/:id}; {@link Metrics#of} reads its figures. */
    public XReply<JsonNode> tweet(XCaller caller, TweetId id) {
        return calls.ask(
                caller, ApiCall.reading("/2/tweets/" + id, XTimelines::withId).asking(Map.of("tweet.fields", FIELDS)));
    }

    private XReply<XPage> ofUser(XCaller caller, String userId, String list, XPaging paging) {
        String path = "/2/users/" + Checked.id("user id", userId) + "/" + list;
        return page(caller, path, new LinkedHashMap<>(), "pagination_token", paging, 5);
    }

    private XReply<XPage> page(
            XCaller caller,
            String path,
            Map<String, String> parameters,
            String tokenName,
            XPaging paging,
            int smallest) {
        parameters.put("max_results", "" + Checked.range("max_results", paging.size(), smallest, 100));
        paging.token().ifPresent(token -> parameters.put(tokenName, token));
        parameters.put("tweet.fields", FIELDS);
        if (paging.withAuthors()) {
            parameters.put("expansions", "author_id");
            parameters.put("user.fields", "id,name,username");
        }
        Censor censor = Censor.of(caller.token().value());
        return calls.ask(
                caller,
                ApiCall.reading(path, XTimelines::withId)
                        .asking(parameters)
                        .yielding(answer -> XPage.read(answer, censor)));
    }

    /** Takes an object that X identifies, and nothing else, for one. */
    static Optional<JsonNode> withId(JsonNode data) {
        return Json.text(data, "id").filter(Checked::isId).map(id -> data);
    }
}
