package dev.roost.server.operations;

import dev.roost.core.AccountId;
import dev.roost.server.http.ProblemException;
import dev.roost.x.Metrics;
import dev.roost.x.TweetId;
import dev.roost.x.XCaller;
import dev.roost.x.XPage;
import dev.roost.x.XPaging;
import dev.roost.x.XReply;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * What an account can read. Throws as {@link Posts} does, and {@code invalid_request} for values that X would not take. Safe
 * for many threads.
 */
public final class Reads {
    private final Tools tools;

    /** Reads by these. */
    public Reads(Tools tools) {
        this.tools = tools;
    }

    /** What the user posted, newest first. */
    public XReply.Ok<XPage> timeline(AccountId account, String user, XPaging paging) {
        return read(account, caller -> tools.api().timelines().timeline(caller, user, paging));
    }

    /** What mentions the user, newest first. */
    public XReply.Ok<XPage> mentions(AccountId account, String user, XPaging paging) {
        return read(account, caller -> tools.api().timelines().mentions(caller, user, paging));
    }

    /** What was posted in the last week and matches. */
    public XReply.Ok<XPage> search(AccountId account, String query, XPaging paging) {
        return read(account, caller -> tools.api().timelines().search(caller, query, paging));
    }

    /** How a post was received. */
    public XReply.Ok<Metrics> metrics(AccountId account, TweetId id) {
        XReply.Ok<JsonNode> tweet =
                read(account, caller -> tools.api().timelines().tweet(caller, id));
        return new XReply.Ok<>(Metrics.of(tweet.value()), tweet.limits());
    }

    /** The account's own profile, as X wrote it. */
    public XReply.Ok<JsonNode> profile(AccountId account) {
        return read(account, caller -> tools.api().users().profile(caller));
    }

    /** Another user's profile, as X wrote it; the username is without the at sign. */
    public XReply.Ok<JsonNode> profile(AccountId account, String username) {
        return read(account, caller -> tools.api().users().byName(caller, username));
    }

    private <T> XReply.Ok<T> read(AccountId account, Function<XCaller, XReply<T>> call) {
        try {
            return tools.answers().read(tools.calls().call(account, call));
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid(String.valueOf(e.getMessage()));
        }
    }
}
