package dev.roost.x;

import dev.roost.core.Scopes;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Publishes and deletes. Needs the scopes tweet.read, tweet.write and users.read. Each call is one request at most and is
 * never repeated; none throws for anything that X or the network does. Safe for many threads.
 */
public final class XPosts {
    private static final Permission QUOTE =
            Permission.of(Scopes.of("tweet.read", "tweet.write", "users.read")).under(Permission.ENGAGEMENT_POLICY);

    private final XCalls calls;

    XPosts(XCalls calls) {
        this.calls = calls;
    }

    /**
     * Publishes a post: {@code POST /2/tweets}, which costs money and is not idempotent. After {@link XReply.Unknown} the
     * post may be there: look before posting again. A text that X would find too long is refused with status 0 and nothing
     * is sent.
     */
    public XReply<PostedTweet> post(XCaller caller, Tweet tweet) {
        return publish(caller, tweet, call -> call);
    }

    /** Publishes, and reads the answer as {@code reading} has it. */
    <T> XReply<T> publish(XCaller caller, Tweet tweet, Function<ApiCall<PostedTweet>, ApiCall<T>> reading) {
        Optional<String> objection = TweetLength.objection(tweet);
        if (objection.isPresent()) {
            XProblem.Kind kind = tweet.text().isBlank() ? XProblem.Kind.INVALID_REQUEST : XProblem.Kind.TEXT_TOO_LONG;
            return XCalls.refused(kind, objection.get());
        }
        ApiCall<T> call = reading.apply(
                ApiCall.writing("POST", "/2/tweets", XPosts::posted).sending(body(tweet)));
        return calls.ask(caller, tweet.quote().isPresent() ? call.needing(QUOTE) : call);
    }

    /** Deletes a post of the account: {@code DELETE /2/tweets/:id}. Deleting one that is gone is not an error of X's. */
    public XReply<TweetId> delete(XCaller caller, TweetId id) {
        return calls.ask(caller, ApiCall.writing("DELETE", "/2/tweets/" + id, data -> deleted(data, id)));
    }

    /** X takes no member that it does not know, so nothing is sent that was not asked for. */
    private static ObjectNode body(Tweet tweet) {
        ObjectNode body = Json.object();
        if (!tweet.text().isBlank()) {
            body.put("text", tweet.text());
        }
        tweet.replyTo().ifPresent(id -> body.putObject("reply").put("in_reply_to_tweet_id", id.value()));
        tweet.quote().ifPresent(id -> body.put("quote_tweet_id", id.value()));
        if (!tweet.media().isEmpty()) {
            ArrayNode ids = body.putObject("media").putArray("media_ids");
            tweet.media().forEach(ids::add);
        }
        tweet.poll().ifPresent(poll -> {
            ObjectNode asked = body.putObject("poll");
            ArrayNode options = asked.putArray("options");
            poll.options().forEach(options::add);
            asked.put("duration_minutes", poll.minutes());
        });
        tweet.answers().ifPresent(who -> body.put("reply_settings", who.wire()));
        return body;
    }

    private static Optional<PostedTweet> posted(JsonNode data) {
        return Json.text(data, "id")
                .filter(Checked::isId)
                .map(id ->
                        new PostedTweet(new TweetId(id), Json.text(data, "text").orElse("")));
    }

    private static Optional<TweetId> deleted(JsonNode data, TweetId id) {
        return data.path("deleted").isBoolean() && data.path("deleted").booleanValue()
                ? Optional.of(id)
                : Optional.empty();
    }
}
