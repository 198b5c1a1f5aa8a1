package dev.roost.server.mcp.accounts;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the codes of errors mean to an agent, and what it does about them. */
final class ErrorGuide {
    private static final String WAIT = "Wait as long as retryAfterSeconds says, then make the same call again.";
    private static final String TELL = "Do not repeat the call; tell the person what the message says.";
    private static final String OPERATOR = "Do not repeat the call; tell whoever runs Roost what the message says.";
    private static final String LOOK =
            "Look at the account's posts (twitter_get_my_tweets or twitter_get_user_tweets) whether it happened. Only if it did"
                    + " not, and the person agrees, do it again.";
    private static final String SIGN_IN =
            "Give the person signInUrl, if there is one, or call twitter_connect_account with this account; then make the same call again.";
    private static final String FIX = "Correct the argument that the message names, then call again.";
    private static final String CONNECT = "Call twitter_connect_account again if the person still wants it.";

    private static final List<Entry> ENTRIES = List.of(
            new Entry(
                    "account_missing",
                    "several accounts are there, or none, and the call names none",
                    "Name one by the argument account; twitter_list_accounts shows them, twitter_connect_account adds one."),
            new Entry(
                    "expected_user_missing",
                    "the link of a sign-in works for whoever opens it, so a caller over HTTP must say for which user it is",
                    "Ask the person for their X username, then call again with it as account."),
            new Entry(
                    "account_not_found",
                    "there is no account of this name",
                    "Call twitter_list_accounts for the names, or twitter_connect_account to add it."),
            new Entry(
                    "account_not_covered",
                    "the caller may not use this account",
                    "Use an account that twitter_list_accounts shows, or ask whoever runs Roost for a key that covers it."),
            new Entry(
                    "account_disconnected",
                    "somebody took the account out of Roost",
                    "Call twitter_connect_account if it is to be used again."),
            new Entry(
                    "scope_missing",
                    "the caller's key does not allow this",
                    "Ask whoever runs Roost for a key with the scope that the message names."),
            new Entry("needs_reauthorization", "X ended the grant; only the person can bring it back", SIGN_IN),
            new Entry(
                    "sign_in_declined",
                    "the person did not want to open the page; nothing was changed",
                    "Do not insist. Go on without it, or ask again when the person says so."),
            new Entry(
                    "sign_in_denied",
                    "the person said no on X's page; nothing was changed",
                    "Do not insist. " + CONNECT),
            new Entry("sign_in_expired", "nobody came back from X within 10 minutes", CONNECT),
            new Entry(
                    "sign_in_not_found",
                    "no sign-in of this session has this id",
                    "Call twitter_connect_account without continue to begin a new one."),
            new Entry(
                    "sign_in_pending",
                    "the person has not finished at X yet",
                    "Ask the person to finish, then make the same call again."),
            new Entry("x_error", "X sent the person back with an error", CONNECT),
            new Entry("code_refused", "X did not take the sign-in, which works once and for 30 seconds", CONNECT),
            new Entry("pkce_mismatch", "another sign-in got in between", CONNECT),
            new Entry("exchange_refused", "X refused the sign-in", CONNECT),
            new Entry("exchange_failed", "X did not answer the sign-in", CONNECT),
            new Entry(
                    "continued",
                    "X was slow to say whose the sign-in is; it goes on by itself",
                    "Call twitter_list_accounts in a minute."),
            new Entry("superseded", "a later sign-in of the same user counts", "Nothing: use the account."),
            new Entry("redirect_mismatch", "the callback address is not registered with the X app", OPERATOR),
            new Entry("nobody_listens", "Roost could not receive the answer of X to a sign-in", OPERATOR),
            new Entry(
                    "wrong_user",
                    "the browser was signed in to X as another user; nothing of the expected one was changed",
                    "Ask the person to switch user at x.com, then call twitter_connect_account again."),
            new Entry(
                    "missing_offline_access",
                    "the person granted no offline.access, without which the account would be lost in two hours",
                    CONNECT),
            new Entry("invalid_request", "an argument is not one that X takes", FIX),
            new Entry("refresh_pending", "there is no valid token now; Roost goes on trying", WAIT),
            new Entry("refresh_busy", "another process refreshes this account", WAIT),
            new Entry("answer_missing", "X's answer to a refresh is missing; Roost finds out by itself", WAIT),
            new Entry(
                    "quarantined",
                    "the database was restored from a backup, and the refresh token may be spent",
                    OPERATOR),
            new Entry("rejected_again", "X refuses new tokens too; Roost rests before it spends another", WAIT),
            new Entry("x_throttled", "X did not take the refresh; the grant is kept", WAIT),
            new Entry("x_rate_limited", "X allows no more of these calls for a while", WAIT),
            new Entry("x_unreachable", "nothing was sent to X", WAIT),
            new Entry("x_no_answer", "X did not answer a read", WAIT),
            new Entry("store_unavailable", "Roost's database is away", WAIT),
            new Entry("store_refused", "Roost's database or its settings need a person", OPERATOR),
            new Entry("stopping", "this Roost is stopping", WAIT),
            new Entry(
                    "outcome_unknown",
                    "X may have done it or not, for no answer came back; Roost did not send it again",
                    LOOK),
            new Entry("post_under_way", "the post was sent, and what came of it is not known yet", WAIT),
            new Entry("app_rejected", "X rejects the app of this Roost; no account is touched", OPERATOR),
            new Entry("x_unauthorized", "X refused the old token and the new one; the user may be suspended", TELL),
            new Entry(
                    "x_not_permitted",
                    "a scope is missing, or a policy of X forbids it (likes and quotes for all self-serve apps since April 2026)",
                    "If the message names a missing scope, call twitter_connect_account with this account and with scopes. Otherwise tell the person; repeating does not help."),
            new Entry(
                    "x_reply_not_allowed",
                    "X allows a reply only where the author mentioned or answered the account",
                    TELL),
            new Entry(
                    "x_duplicate_content",
                    "X has a post of this text from this account already",
                    "Look at the account's posts: an earlier call may have published it. Else change the text."),
            new Entry(
                    "x_text_too_long",
                    "the text is longer than 280 as X counts (a link 23, an emoji or CJK character 2)",
                    "Shorten it, or split it into a thread with twitter_reply_to_tweet."),
            new Entry(
                    "x_not_found",
                    "what the call is about does not exist, or is hidden from this account",
                    "Check the id or username."),
            new Entry("x_invalid_request", "X did not like the request", FIX),
            new Entry("x_app_read_only", "the X app may only read", OPERATOR),
            new Entry("x_usage_capped", "the X app's plan allows no more this month", OPERATOR),
            new Entry("x_credits_depleted", "the X developer account has no credits", OPERATOR),
            new Entry("x_client_not_enrolled", "the X app may not use API v2", OPERATOR),
            new Entry("x_wrong_token_kind", "X took the token for an app's own", OPERATOR),
            new Entry("x_blocked", "a network in front of X blocked the request", WAIT),
            new Entry("x_other", "X said something that Roost does not know", TELL),
            new Entry("internal", "something went wrong inside Roost", OPERATOR));

    private static final Map<String, Entry> BY_CODE =
            ENTRIES.stream().collect(Collectors.toUnmodifiableMap(Entry::code, Function.identity()));

    private ErrorGuide() {}

    /** What one code means, and what to do. */
    record Entry(String code, String meaning, String next) {}

    static String next(String code) {
        Entry entry = BY_CODE.get(code);
        return entry == null ? TELL : entry.next();
    }

    static List<Entry> entries() {
        return ENTRIES;
    }

    static String markdown() {
        StringBuilder text = new StringBuilder("""
                # Errors of Roost's tools

                A tool that fails says `isError`. Its structured content has `code` (below), `error` (what happened),
                `next` (what to do), `retryable`, and where they apply `retryAfterSeconds`, `signInUrl` and `upstream` (X's
                own words). Nothing that fails may be repeated blindly: a post costs money, and X may have published it.

                | code | means | do |
                | --- | --- | --- |
                """);
        ENTRIES.forEach(entry -> text.append("| `")
                .append(entry.code())
                .append("` | ")
                .append(entry.meaning())
                .append(" | ")
                .append(entry.next())
                .append(" |\n"));
        return text.toString();
    }
}
