package dev.roost.server.mcp.stateless;

import dev.roost.mcp.catalog.Call;
import dev.roost.mcp.catalog.ToolOutcome;
import dev.roost.mcp.catalog.ToolResult;
import dev.roost.server.mcp.ByAccount;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Notes what it is asked to do for an account. */
final class NotedAccounts implements ByAccount {
    private final List<String> asked = new ArrayList<>();

    List<String> asked() {
        return asked;
    }

    private ToolOutcome note(String what) {
        asked.add(what);
        return ToolResult.text("done");
    }

    @Override
    public ToolOutcome refresh(String account, Call call) {
        return note("refresh " + account);
    }

    @Override
    public ToolOutcome search(String account, String query, int maxResults, Call call) {
        return note("search " + account + " " + query + " " + maxResults);
    }

    @Override
    public ToolOutcome tweets(String account, User user, int maxResults, Call call) {
        return note("tweets " + account + " " + user + " " + maxResults);
    }

    @Override
    public ToolOutcome replies(String account, User user, int maxResults, Call call) {
        return note("replies " + account + " " + user + " " + maxResults);
    }

    @Override
    public ToolOutcome post(String account, String text, Optional<String> inReplyTo, List<String> media, Call call) {
        return note("post " + account + " " + text + " " + inReplyTo + (media.isEmpty() ? "" : " " + media));
    }
}
