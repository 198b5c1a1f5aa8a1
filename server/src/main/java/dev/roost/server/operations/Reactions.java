package dev.roost.server.operations;

import dev.roost.server.http.Endpoint;
import dev.roost.server.http.Parameters;
import dev.roost.server.http.Reply;
import dev.roost.x.TweetId;
import dev.roost.x.XCaller;
import dev.roost.x.XReactions;
import dev.roost.x.XReply;
import java.util.LinkedHashMap;
import java.util.Map;

/** Likes and reposts. X forbids likes to self-serve apps since April 2026, and then says so. */
record Reactions(Tools tools) {
    @FunctionalInterface
    private interface Act {
        XReply<TweetId> on(XReactions x, XCaller caller, String user, TweetId tweet);
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

    private Endpoint acting(String word, boolean state, Act act) {
        return call -> {
            Parameters.of(call);
            TweetId tweet = Tools.tweetId(call.value("tweet"));
            XReply<TweetId> answer = tools.calls()
                    .call(call.account(), caller -> act.on(tools.api().reactions(), caller, call.userId(), tweet));
            return tools.answers().reply(answer, id -> {
                Map<String, Object> body = new LinkedHashMap<>();
                body.put("id", id.value());
                body.put(word, state);
                return Reply.json(200, body);
            });
        };
    }
}
