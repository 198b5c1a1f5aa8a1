package dev.roost.x;

import dev.roost.core.AccessToken;
import dev.roost.core.XUser;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The calls of API v2 that Roost makes for an account. Calls block until X answers or the answer deadline has passed;
 * those that write are never repeated, and a reply says whether they may be. Never throws for anything X or the network
 * does. Safe for many threads.
 */
public final class XApi {
    private final XSettings settings;
    private final XTransport transport;
    private final ReplyReader replies;

    /** Makes no request. */
    public XApi(XSettings settings, XTransport transport, InstantSource clock) {
        this.settings = settings;
        this.transport = transport;
        this.replies = new ReplyReader(clock);
    }

    /** Asks whose token this is: {@code GET /2/users/me}, 75 calls in 15 minutes per user. */
    public XReply<XUser> me(AccessToken token) {
        return ask(token, ApiCall.reading("/2/users/me", XApi::user), "");
    }

    /**
     * Publishes a post: {@code POST /2/tweets}, which costs money and is not idempotent. After {@link XReply.Unknown} the
     * post may be there: look before posting again. A text that X would find too long is refused with status 0 and nothing
     * is sent.
     */
    public XReply<PostedTweet> post(AccessToken token, Tweet tweet) {
        Optional<String> objection = TweetLength.objection(tweet);
        if (objection.isPresent()) {
            XProblem.Kind kind = tweet.text().isBlank() ? XProblem.Kind.INVALID_REQUEST : XProblem.Kind.TEXT_TOO_LONG;
            return new XReply.Refused<>(new XProblem(kind, 0, "", "", objection.get()));
        }
        ObjectNode body = Json.object().put("text", tweet.text());
        tweet.replyTo().ifPresent(id -> body.putObject("reply").put("in_reply_to_tweet_id", id.value()));
        return ask(token, ApiCall.writing("POST", "/2/tweets", XApi::posted), body.toString());
    }

    /** Deletes a post of the account: {@code DELETE /2/tweets/:id}. Deleting one that is gone is not an error of X's. */
    public XReply<TweetId> delete(AccessToken token, TweetId id) {
        return ask(token, ApiCall.writing("DELETE", "/2/tweets/" + id, data -> deleted(data, id)), "");
    }

    private <T> XReply<T> ask(AccessToken token, ApiCall<T> call, String body) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Authorization", "Bearer " + token.expose());
        if (!body.isEmpty()) {
            headers.put("Content-Type", "application/json");
        }
        XRequest request =
                new XRequest(call.method(), settings.api(call.path()), headers, body, settings.answerDeadline());
        return replies.read(transport.send(request), call, Censor.of(token.value()));
    }

    private static Optional<XUser> user(JsonNode data) {
        Optional<String> id = Json.text(data, "id").filter(text -> text.matches("[0-9]{1,19}"));
        Optional<String> name = Json.text(data, "username").filter(text -> text.matches("[A-Za-z0-9_]{1,15}"));
        return id.flatMap(number -> name.map(username -> new XUser(number, username)));
    }

    private static Optional<PostedTweet> posted(JsonNode data) {
        return Json.text(data, "id")
                .filter(text -> text.matches("[0-9]{1,19}"))
                .map(id ->
                        new PostedTweet(new TweetId(id), Json.text(data, "text").orElse("")));
    }

    private static Optional<TweetId> deleted(JsonNode data, TweetId id) {
        return data.path("deleted").isBoolean() && data.path("deleted").booleanValue()
                ? Optional.of(id)
                : Optional.empty();
    }
}
