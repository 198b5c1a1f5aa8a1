package dev.roost.x;

import dev.roost.core.XUser;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Reads users. Needs the scopes tweet.read and users.read. Each call is one request, which may be repeated; none throws
 * for anything that X or the network does. Safe for many threads.
 */
public final class XUsers {
    private static final String FIELDS =
            "id,name,username,description,profile_image_url,public_metrics,verified,created_at";

    private final XCalls calls;

    XUsers(XCalls calls) {
        this.calls = calls;
    }

    /** Whose token this is: {@code GET /2/users/me}, 75 calls in 15 minutes per user. */
    public XReply<XUser> me(XCaller caller) {
        return calls.ask(caller, ApiCall.reading("/2/users/me", XUsers::user));
    }

    /** The account's own profile as X wrote it: {@code GET /2/users/me} with all public fields. */
    public XReply<JsonNode> profile(XCaller caller) {
        return calls.ask(caller, reading("/2/users/me"));
    }

    /**
     * Another user's profile as X wrote it: {@code GET /2/users/by/username/:username}.
     *
     * @param username without the {@code @}
     * @throws IllegalArgumentException if it is not 1 to 15 letters, digits or underscores
     */
    public XReply<JsonNode> byName(XCaller caller, String username) {
        return calls.ask(caller, reading("/2/users/by/username/" + Checked.username(username)));
    }

    private static ApiCall<JsonNode> reading(String path) {
        return ApiCall.reading(path, XTimelines::withId).asking(Map.of("user.fields", FIELDS));
    }

    private static Optional<XUser> user(JsonNode data) {
        Optional<String> id = Json.text(data, "id").filter(Checked::isId);
        Optional<String> name = Json.text(data, "username").filter(Checked::isUsername);
        return id.flatMap(number -> name.map(username -> new XUser(number, username)));
    }
}
