package dev.roost.server.mcp.accounts;

import dev.roost.mcp.catalog.Schema;
import dev.roost.mcp.catalog.Schema.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Schemas that several tools share. An output is what the tool promises, or an error: some clients hold errors against the
 * output schema too.
 */
final class Shape {
    private static final List<Member> ERROR = List.of(
            Schema.optional(
                    "code", Schema.string("A word for programs; the resource roost://guide/errors explains it.")),
            Schema.optional("error", Schema.string("What happened.")),
            Schema.optional("next", Schema.string("What to do next.")),
            Schema.optional("retryable", Schema.bool("Whether the same call may work later.")),
            Schema.optional("retryAfterSeconds", Schema.integer("How long to wait before that.")),
            Schema.optional("signInUrl", Schema.string("A page that the person has to open.")),
            Schema.optional("upstream", Schema.object()));

    private Shape() {}

    /** The argument that says whose account it is about. */
    static Member account() {
        return Schema.optional(
                Args.ACCOUNT,
                name("Which account: its id (acc_…), @username or X user id. May be left out"
                        + " when there is exactly one; twitter_list_accounts shows them."));
    }

    /** The same, where it must be said. */
    static Member requiredAccount() {
        return Schema.required(
                Args.ACCOUNT, name("Which account: its id (acc_…), @username or X user id. Must be given here."));
    }

    /** A text that names an account. */
    static ObjectNode name(String description) {
        return Schema.string(description).put("maxLength", 40);
    }

    /** The id of a post. */
    static Member tweetId(String description) {
        return Schema.required("tweet_id", Schema.string(description).put("pattern", "^[0-9]{1,19}$"));
    }

    /** What a tool promises, or an error. */
    static ObjectNode output(Member... members) {
        List<Member> all = Stream.concat(
                        Stream.of(members).map(member -> Schema.optional(member.name(), member.schema())),
                        ERROR.stream())
                .toList();
        ObjectNode schema = Schema.object(all.toArray(Member[]::new));
        ArrayNode either = schema.putArray("anyOf");
        List<String> promised = new ArrayList<>();
        Stream.of(members).filter(Member::required).map(Member::name).forEach(promised::add);
        either.add(requiring(promised));
        either.add(requiring(List.of("code", "error")));
        return schema;
    }

    private static ObjectNode requiring(List<String> names) {
        ObjectNode schema = JsonMapper.shared().createObjectNode();
        ArrayNode required = schema.putArray("required");
        names.forEach(required::add);
        return schema;
    }
}
