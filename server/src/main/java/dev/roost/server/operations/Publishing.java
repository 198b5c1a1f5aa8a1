package dev.roost.server.operations;

import dev.roost.server.http.Call;
import dev.roost.server.http.Parameters;
import dev.roost.server.http.Reply;
import dev.roost.x.Tweet;
import dev.roost.x.TweetId;
import dev.roost.x.XReply;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Publishing and deleting by HTTP: {@link Posts} does it. The header {@code Idempotency-Key} names a wish. */
record Publishing(Posts posts) {
    private record GoneJson(String id, boolean deleted) {}

    Reply create(Call call) {
        Parameters.of(call);
        Tweet tweet = Draft.read(call.json());
        Optional<Posts.Name> name = call.header("Idempotency-Key")
                .map(key -> new Posts.Name(call.caller().name(), key));
        return switch (posts.publish(new Posts.Author(call.account(), call.userId()), tweet, name)) {
            case Published.Confirmed post -> confirmed(post);
            case Published.Unknown post -> unknown(post);
        };
    }

    Reply delete(Call call) {
        Parameters.of(call);
        XReply.Ok<TweetId> gone = posts.delete(call.account(), Tools.tweetId(call.value("tweet")));
        return Replies.json(200, new GoneJson(gone.value().value(), true), gone.limits());
    }

    private static Reply confirmed(Published.Confirmed post) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("outcome", "confirmed");
        body.put("id", post.id());
        body.put("text", post.text());
        body.put("reconciled", post.reconciled());
        return Replies.json(201, body, post.limits());
    }

    /** 202 is noncommittal (RFC 9110 section 15.3.3), and so is X. */
    private static Reply unknown(Published.Unknown post) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("outcome", "unknown");
        body.put("sentAt", post.sentAt());
        body.put(
                "detail",
                "the post may be published or not: " + post.reason()
                        + ". It was not found in the timeline, and is not sent again; repeat the request with the same"
                        + " Idempotency-Key to have the timeline read again, or look there");
        return Reply.json(202, body);
    }
}
