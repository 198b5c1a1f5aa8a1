package dev.roost.server.dashboard.accounts;

import dev.roost.core.access.AuditEntry;
import dev.roost.server.dashboard.chart.Numbers;
import java.util.Map;
import java.util.Optional;

/**
 * What somebody did with an account, in plain words.
 *
 * @param done what was done
 * @param wanted what was wanted, as it follows "could not"
 */
record DeedWords(String done, String wanted) {
    private static final Map<String, DeedWords> OPERATIONS = Map.ofEntries(
            Map.entry("tweets.create", new DeedWords("Published a post", "publish a post")),
            Map.entry("tweets.delete", new DeedWords("Deleted a post", "delete a post")),
            Map.entry("tweets.list", new DeedWords("Read its posts", "read its posts")),
            Map.entry("tweets.metrics", new DeedWords("Read the figures of a post", "read the figures of a post")),
            Map.entry("tweets.search", new DeedWords("Searched X", "search X")),
            Map.entry("mentions.list", new DeedWords("Read its mentions", "read its mentions")),
            Map.entry("profile.read", new DeedWords("Read its profile", "read its profile")),
            Map.entry("tweets.like", new DeedWords("Liked a post", "like a post")),
            Map.entry("tweets.unlike", new DeedWords("Took a like back", "take a like back")),
            Map.entry("tweets.retweet", new DeedWords("Reposted a post", "repost a post")),
            Map.entry("tweets.unretweet", new DeedWords("Took a repost back", "take a repost back")),
            Map.entry("media.upload", new DeedWords("Uploaded a picture or video", "upload a picture or video")),
            Map.entry("media.status", new DeedWords("Asked how an upload stands", "see how an upload stands")),
            Map.entry("proxy.read", new DeedWords("Read through X's own API", "read through X's own API")),
            Map.entry("proxy.write", new DeedWords("Wrote through X's own API", "write through X's own API")),
            Map.entry("token.read", new DeedWords("Took the access token", "take the access token")),
            Map.entry("accounts.refresh", new DeedWords("Asked for a refresh", "refresh")),
            Map.entry("accounts.disconnect", new DeedWords("Asked to disconnect it", "disconnect it")),
            Map.entry("accounts.connect", new DeedWords("Began a sign-in", "begin a sign-in")));

    private static final Map<String, String> OUTCOMES = Map.ofEntries(
            Map.entry("asked", "A person was asked to sign in first."),
            Map.entry("scope_missing", "The key lacks the scope for it."),
            Map.entry("invalid_request", "The request was not as it should be."),
            Map.entry("wrong_username", "The username that was typed was another one."),
            Map.entry("needs_reauthorization", "The account needs a sign-in."),
            Map.entry("account_disconnected", "The account was disconnected."),
            Map.entry("refresh_pending", "There was no valid token just then. Roost went on trying."),
            Map.entry("x_throttled", "X did not take the refresh just then. The grant is kept."),
            Map.entry("x_rate_limited", "X's limit was reached."),
            Map.entry(
                    "outcome_unknown",
                    "X's answer is missing, so it may have happened: look at X before repeating it."),
            Map.entry("answer_missing", "X's answer is missing. The guarded retry tells."),
            Map.entry("x_no_answer", "X did not answer."),
            Map.entry("x_unreachable", "X was not reached, and nothing was sent."),
            Map.entry("x_unauthorized", "X refused the old token and the new one. Is the user suspended?"),
            Map.entry("x_not_permitted", "X does not permit it: a scope is missing, or the app's plan."),
            Map.entry("x_duplicate_content", "X has this text already."),
            Map.entry("x_not_found", "X has no such thing."),
            Map.entry("app_rejected", "X rejects the app. See: roost doctor."),
            Map.entry("store_unavailable", "The database was away."),
            Map.entry("too_many_requests", "The key's own limit was reached."));

    /** Says what became of it. */
    static String headline(AuditEntry entry) {
        String operation = bare(entry.operation());
        DeedWords words = Optional.ofNullable(OPERATIONS.get(operation))
                .orElseGet(() -> new DeedWords("Did \"" + operation + "\"", "do \"" + operation + "\""));
        boolean isDone = entry.outcome().equals("ok") || entry.outcome().equals("asked");
        String text = isDone ? words.done : "Could not " + words.wanted;
        return entry.count() == 1 ? text : text + ", " + Numbers.count(entry.count()) + " times";
    }

    /** Says why; empty when it worked. */
    static Optional<String> why(AuditEntry entry) {
        return entry.outcome().equals("ok")
                ? Optional.empty()
                : Optional.of(Optional.ofNullable(OUTCOMES.get(entry.outcome()))
                        .orElseGet(() -> "It ended with \"" + entry.outcome() + "\"."));
    }

    /** Through which door it came. */
    static String way(AuditEntry entry) {
        return entry.operation().startsWith("mcp.") ? "MCP, as agents do" : "the HTTP API or the dashboard";
    }

    private static String bare(String operation) {
        return operation.startsWith("mcp.") ? operation.substring(4) : operation;
    }
}
