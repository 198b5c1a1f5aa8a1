package dev.roost.server.operations;

import dev.roost.server.http.Call;
import dev.roost.server.http.Parameters;
import dev.roost.server.http.ProblemException;
import dev.roost.server.http.Reply;
import dev.roost.x.Metrics;
import dev.roost.x.TweetId;
import dev.roost.x.XPage;
import dev.roost.x.XPaging;
import dev.roost.x.XReply;
import tools.jackson.databind.JsonNode;

/** What an account can read. */
record Reading(Tools tools, Reads reads) {
    private static final int USUAL = 10;
    private static final int MOST = 100;

    Reading(Tools tools) {
        this(tools, new Reads(tools));
    }

    Reply timeline(Call call) {
        XPaging paging = paging(Parameters.of(call, "limit", "cursor"), call, 5);
        return list(reads.timeline(call.account(), call.userId(), paging));
    }

    Reply mentions(Call call) {
        XPaging paging = paging(Parameters.of(call, "limit", "cursor"), call, 5);
        return list(reads.mentions(call.account(), call.userId(), paging));
    }

    Reply search(Call call) {
        XPaging paging = paging(Parameters.of(call, "query", "limit", "cursor"), call, 10);
        String query = call.query("query")
                .orElseThrow(
                        () -> ProblemException.invalid("the query parameter \"query\" is missing; allowed: 1 to 512"
                                + " characters in X's search language"));
        return list(reads.search(call.account(), query, paging));
    }

    Reply metrics(Call call) {
        Parameters.of(call);
        TweetId id = Tools.tweetId(call.value("tweet"));
        XReply.Ok<Metrics> metrics = reads.metrics(call.account(), id);
        return Replies.json(200, MetricsJson.of(id, metrics.value()), metrics.limits());
    }

    Reply profile(Call call) {
        Parameters.of(call);
        XReply.Ok<JsonNode> profile = reads.profile(call.account());
        return Replies.json(200, profile.value(), profile.limits());
    }

    private static Reply list(XReply.Ok<XPage> page) {
        return Replies.json(200, ListJson.of(page.value()), page.limits());
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
