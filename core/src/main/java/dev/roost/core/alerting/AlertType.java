package dev.roost.core.alerting;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** What can be told to a webhook. The words are part of the interface: docs/webhooks.md lists them. */
public enum AlertType {
    /** A person signed in, or a token was imported. */
    ACCOUNT_CONNECTED("account.connected", "account-connected", "a person signed in, or a token was imported"),
    /** A person took the account out. Ends the alerts of the account that are open. */
    ACCOUNT_DISCONNECTED("account.disconnected", "account-disconnected", "a person took the account out of Roost"),
    /** The grant is gone: only a person can bring it back. */
    REAUTHORIZATION_REQUIRED(
            "account.reauthorization_required",
            "account-reauthorization-required",
            "X refuses the refresh token; a person has to sign in again"),
    /** An answer of X has been missing for some minutes. */
    REAUTHORIZATION_SOON(
            "account.reauthorization_soon",
            "reauthorization-soon",
            "X's answer to a refresh has been missing for 3 minutes; a sign-in may be needed"),
    /** What an alert told of is over. */
    ACCOUNT_RECOVERED("account.recovered", "account-recovered", "an alert of the account is over; `ends` names it"),
    /** Refreshes fail again and again while the access token lives. */
    REFRESH_FAILING(
            "refresh.failing",
            "refresh-failing",
            "3 refreshes in a row failed, for a minute or more, and the access token still lives"),
    /** The access token has less than five minutes, and no refresh has succeeded. */
    TOKEN_EXPIRING(
            "token.expiring",
            "token-expiring",
            "the access token has less than 5 minutes left, or none, and no refresh has succeeded"),
    /** X rejects the app: nothing is refreshed. */
    APP_REJECTED("app.rejected", "app-rejected", "X rejects the app, so nothing is refreshed"),
    /** X accepts the app again. */
    APP_RECOVERED("app.recovered", "app-recovered", "X accepts the app again; `ends` names the alert"),
    /** A grant was lost; the cause says how. */
    GRANT_LOST("grant.lost", "grant-lost", "a grant is gone; `cause` is `answer_lost` or `refused_by_x`"),
    /** Somebody wants to see whether webhooks arrive. */
    TEST("test", "test", "somebody asked for a test");

    private final String word;
    private final String anchor;
    private final String meaning;

    AlertType(String word, String anchor, String meaning) {
        this.word = word;
        this.anchor = anchor;
        this.meaning = meaning;
    }

    /** Returns its name for programs, such as {@code account.connected}. */
    public String word() {
        return word;
    }

    /** Returns when it is told, in a few words. */
    public String meaning() {
        return meaning;
    }

    /** Returns the section of the runbook that says what to do. */
    public String runbook() {
        return "docs/runbook.md#" + anchor;
    }

    /**
     * Finds one by its word.
     *
     * @throws IllegalArgumentException if there is none; the message lists them
     */
    public static AlertType parse(String word) {
        return find(word)
                .orElseThrow(() -> new IllegalArgumentException("there is no alert of that type; allowed: " + words()));
    }

    /** Finds one by its word. */
    public static Optional<AlertType> find(String word) {
        return Arrays.stream(values()).filter(type -> type.word.equals(word)).findFirst();
    }

    /** Returns all words, separated by commas. */
    public static String words() {
        return Arrays.stream(values()).map(AlertType::word).collect(Collectors.joining(", "));
    }
}
