package dev.roost.server.mcp;

import dev.roost.mcp.catalog.Call;
import dev.roost.mcp.catalog.ToolOutcome;
import java.util.List;
import java.util.Optional;

/**
 * What the tools of mcp-twitter-noauth do when they are given an account instead of a token. No token enters or leaves. An
 * account is named by its id, @username or X user id. Safe for many threads.
 */
public interface ByAccount {
    /** Whose posts: an X user id or a username. */
    sealed interface User {
        /** 1 to 19 digits. */
        record Id(String digits) implements User {}

        /** Without the at sign. */
        record Name(String username) implements User {}
    }

    /** Refreshes now, or says why not. */
    ToolOutcome refresh(String account, Call call) throws InterruptedException;

    /** Searches the posts of the last seven days. */
    ToolOutcome search(String account, String query, int maxResults, Call call) throws InterruptedException;

    /** Lists posts of a user. */
    ToolOutcome tweets(String account, User user, int maxResults, Call call) throws InterruptedException;

    /** Lists replies of a user. */
    ToolOutcome replies(String account, User user, int maxResults, Call call) throws InterruptedException;

    /**
     * Publishes a post, or a reply to one.
     *
     * @param media ids of uploads of the account, at most four
     */
    ToolOutcome post(String account, String text, Optional<String> inReplyTo, List<String> media, Call call)
            throws InterruptedException;
}
