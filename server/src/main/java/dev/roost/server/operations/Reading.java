package dev.roost.server.operations;

import dev.roost.server.http.Call;
import dev.roost.server.http.Parameters;
import dev.roost.server.http.ProblemException;
import dev.roost.server.http.Reply;
import dev.roost.x.Metrics;
import dev.roost.x.TweetId;
import dev.roost.x.XCaller;
import dev.roost.x.XPage;
import dev.roost.x.XPaging;
import dev.roost.x.XReply;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** What an account can read. */
record Reading(Tools tools) {
    private static final int USUAL = 10;
    private static final int MOST = 100;

    /** A part of a list, as X wrote its posts. */
    private record ListJson(JsonNode data, Optional<String> nextCursor, JsonNode errors) {}

    private record MetricsJson(String id, long likes, long retweets, long replies, long quotes, long impressions) {}

    Reply timeline(Call call) {
        XPaging paging = paging(Parameters.of(call, "limit", "cursor"), call, 5);
        return list(call, caller -> tools.api().timelines().timeline(caller, call.userId(), paging));
    }

    Reply mentions(Call call) {
        XPaging paging = paging(Parameters.of(call, "limit", "cursor"), call, 5);
        return list(call, caller -> tools.api().timelines().mentions(caller, call.userId(), paging));
    }

    Reply search(Call call) {
        XPaging paging = paging(Parameters.of(call, "query", "limit", "cursor"), call, 10);
        String query = call.query("query")
                .orElseThrow(
                        () -> ProblemException.invalid("the query parameter \"query\" is missing; allowed: 1 to 512"
                                + " characters in X's search language"));
        return list(call, caller -> tools.api().timelines().search(caller, query, paging));
    }

    Reply metrics(Call call) {
        Parameters.of(call);
        TweetId id = Tools.tweetId(call.value("tweet"));
        XReply<JsonNode> answer = tools.calls()
                .call(call.account(), caller -> tools.api().timelines().tweet(caller, id));
        return tools.answers().read(answer, tweet -> {
            Metrics m = Metrics.of(tweet);
            return Reply.json(
                    200,
                    new MetricsJson(id.value(), m.likes(), m.retweets(), m.replies(), m.quotes(), m.impressions()));
        });
    }

    Reply profile(Call call) {
        Parameters.of(call);
        XReply<JsonNode> answer =
                tools.calls().call(call.account(), caller -> tools.api().users().profile(caller));
        return tools.answers().read(answer, profile -> Reply.json(200, profile));
    }

    private Reply list(Call call, Function<XCaller, XReply<XPage>> read) {
        XReply<XPage> answer;
        try {
            answer = tools.calls().call(call.account(), read);
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid(String.valueOf(e.getMessage()));
        }
        return tools.answers()
                .read(answer, page -> Reply.json(200, new ListJson(page.data(), page.nextToken(), page.errors())));
    }

    private static XPaging paging(Parameters query, Call call, int least) {
        int limit = query.number("limit", least, MOST, USUAL);
        XPaging first = XPaging.first(limit);
        try {
            return call.query("cursor").map(first::after).orElse(first);
        } catch (IllegalArgumentException e) {
            throw Parameters.wrong(
                    "cursor", "the nextCursor of the page before, to the letter; none for the first page");
        }
    }
}
