package dev.roost.server.operations;

import dev.roost.core.AccountId;
import dev.roost.x.TweetId;
import dev.roost.x.XCaller;
import dev.roost.x.XReactions;
import dev.roost.x.XReply;

/**
 * Likes and reposts, and taking them back. X forbids likes to self-serve apps since April 2026, and then says so. Throws as
 * {@link Posts} does. Safe for many threads.
 */
public final class Acts {
    private final Tools tools;

    /** Acts by these. */
    public Acts(Tools tools) {
        this.tools = tools;
    }

    /** What can be done about a post. */
    @FunctionalInterface
    public interface Act {
        /**
         * Does it.
         *
         * @param user the X user id of the account
         */
        XReply<TweetId> on(XReactions x, XCaller caller, String user, TweetId tweet);
    }

    /**
     * Does it for an account.
     *
     * @param user the X user id of the account
     */
    public XReply.Ok<TweetId> act(AccountId account, String user, TweetId tweet, Act act) {
        return tools.answers()
                .done(tools.calls().call(account, caller -> act.on(tools.api().reactions(), caller, user, tweet)));
    }
}
