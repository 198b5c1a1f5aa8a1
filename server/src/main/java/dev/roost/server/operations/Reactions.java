package dev.roost.server.operations;

import dev.roost.server.http.Endpoint;
import dev.roost.server.http.Parameters;
import dev.roost.x.TweetId;
import dev.roost.x.XReactions;
import dev.roost.x.XReply;
import java.util.LinkedHashMap;
import java.util.Map;

/** Likes and reposts. X forbids likes to self-serve apps since April 2026, and then says so. */
record Reactions(Tools tools, Acts acts) {
    Reactions(Tools tools) {
        this(tools, new Acts(tools));
    }

    Endpoint like() {
        return acting("liked", true, XReactions::like);
    }

    Endpoint unlike() {
        return acting("liked", false, XReactions::unlike);
    }

    Endpoint retweet() {
        return acting("retweeted", true, XReactions::retweet);
    }

    Endpoint unretweet() {
        return acting("retweeted", false, XReactions::unretweet);
    }

    private Endpoint acting(String word, boolean state, Acts.Act act) {
        return call -> {
            Parameters.of(call);
            TweetId tweet = Tools.tweetId(call.value("tweet"));
            XReply.Ok<TweetId> done = acts.act(call.account(), call.userId(), tweet, act);
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("id", done.value().value());
            body.put(word, state);
            return Replies.json(200, body, done.limits());
        };
    }
}
