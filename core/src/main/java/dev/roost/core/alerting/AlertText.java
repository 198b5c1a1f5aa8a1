package dev.roost.core.alerting;

import java.util.Optional;

/**
 * An alert, told for people. No secret in it.
 *
 * @param summary what happened, in a sentence or two
 * @param action what to do; empty where there is nothing to do
 */
public record AlertText(String summary, Optional<String> action) {
    private static final String RECONNECT =
            "Somebody who can sign in as this user has to connect it again: roost connect,"
                    + " or the button on the account's page.";

    /** Tells it. */
    public static AlertText of(Alert alert) {
        String who = alert.about().map(about -> "@" + about.username()).orElse("the account");
        String why = alert.detail().isEmpty() ? "" : " Last noted: " + alert.detail() + ".";
        return switch (alert.type()) {
            case ACCOUNT_CONNECTED -> nothingToDo(who + " is connected.");
            case ACCOUNT_DISCONNECTED -> nothingToDo(who + " was disconnected; its tokens are deleted.");
            case REAUTHORIZATION_REQUIRED ->
                told(who + " needs a person to sign in again. " + lost(alert) + why, RECONNECT);
            case REAUTHORIZATION_SOON ->
                told(
                        "X has not answered a refresh of " + who
                                + " for some minutes, so nobody knows whether its grant"
                                + " still lives. The old access token is served while it is valid." + why,
                        "Nothing yet: Roost asks again. If X then refuses, an alert says that a sign-in is needed.");
            case ACCOUNT_RECOVERED -> nothingToDo(who + " is well again" + over(alert) + ".");
            case REFRESH_FAILING ->
                told(
                        "Refreshes of " + who + " fail again and again. Its access token still works." + why,
                        "See whether X has an outage, and whether this machine reaches it: roost doctor.");
            case TOKEN_EXPIRING ->
                told(
                        "The access token of " + who + " has less than five minutes left, or none, and no refresh has"
                                + " succeeded." + why,
                        "See why refreshes do not succeed: roost accounts show " + who + ", and roost doctor.");
            case APP_REJECTED ->
                told(
                        "X rejects the app, so no account is refreshed." + why,
                        "Compare client id, client secret and type of the app with X's developer portal; then restart"
                                + " Roost with the right ones.");
            case APP_RECOVERED -> nothingToDo("X accepts the app again; refreshes go on.");
            case GRANT_LOST -> told("The grant of " + who + " is lost. " + lost(alert) + why, RECONNECT);
            case TEST -> nothingToDo("This is a test. Webhooks of Roost arrive here.");
        };
    }

    private static String lost(Alert alert) {
        return switch (alert.cause().orElse("")) {
            case "answer_lost" ->
                "X had replaced its tokens and the answer was lost on its way; X now refuses the spent token.";
            case "refused_by_x" ->
                "X refused a token that Roost had not spent: the user revoked the app, or somebody signed the same user in"
                        + " to the same app elsewhere.";
            default -> "X refuses its refresh token.";
        };
    }

    private static String over(Alert alert) {
        return alert.ends().stream()
                .findFirst()
                .map(ended -> ": " + ended.type().word() + " is over")
                .orElse("");
    }

    private static AlertText nothingToDo(String summary) {
        return new AlertText(summary, Optional.empty());
    }

    private static AlertText told(String summary, String action) {
        return new AlertText(summary, Optional.of(action));
    }
}
