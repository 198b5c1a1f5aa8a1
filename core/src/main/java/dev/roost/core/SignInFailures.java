package dev.roost.core;

import dev.roost.core.SignInStatus.Failed;
import java.util.Set;

/** What to tell people when a sign-in or an import fails: what happened, and what to do next. */
final class SignInFailures {
    private static final String TOKEN_REFUSED = "token_refused";
    private static final String WRONG_USER = "wrong_user";

    private SignInFailures() {}

    static Failed callback(CallbackAnswer.Refusal refusal) {
        return new Failed("x_error", "X sent the person back with the error \"" + refusal.error() + "\". Try again.");
    }

    static Failed exchangeRefused(XAnswer answer) {
        String said = "X refused the sign-in (" + answer + "). ";
        String description = answer.description();
        if (answer.status() == 401 || answer.error().contains("client")) {
            return new Failed("app_rejected", said + "Check TWITTER_CLIENT_ID and TWITTER_CLIENT_SECRET: roost doctor");
        }
        if (description.contains("authorization code")) {
            return new Failed(
                    "code_refused", said + "A code works once and for 30 seconds. Start again: roost connect");
        }
        if (description.contains("redirect uri")) {
            return new Failed(
                    "redirect_mismatch",
                    said + "Register ROOST_CALLBACK_URL, to the letter, as a callback of the X app.");
        }
        if (description.contains("code verifier")) {
            return new Failed("pkce_mismatch", said + "Another sign-in got in between. Start again: roost connect");
        }
        return new Failed("exchange_refused", said + "Start again: roost connect");
    }

    static Failed exchangeFailed(String reason) {
        return new Failed(
                "exchange_failed", "X did not answer the sign-in (" + reason + "). Start again: roost connect");
    }

    static Failed missingOfflineAccess(Scopes granted) {
        return new Failed(
                "missing_offline_access",
                "X issued no refresh token, for offline.access was not granted (granted: " + granted
                        + "); the account would be lost in two hours. Sign in again with offline.access among the scopes.");
    }

    static Failed continued(SignIn renewal) {
        return new Failed("continued", "its tokens were renewed and are waiting as " + renewal.id() + ".");
    }

    static Failed wrongUser(String expected, XUser actual) {
        return new Failed(
                WRONG_USER,
                "expected " + expected + ", but the browser was signed in to X as " + actual + ". Nothing of "
                        + expected + " was changed. Switch user at x.com and start again.");
    }

    /** Tells whether a failed import proves that its token is of no more use: X has refused it, or taken it. */
    static boolean isTokenGone(Failed failed) {
        return Set.of(TOKEN_REFUSED, WRONG_USER, "superseded").contains(failed.code());
    }

    static Failed importRefused(XAnswer answer) {
        return new Failed(
                TOKEN_REFUSED,
                "X refused the refresh token (" + answer
                        + "): it is spent, revoked, or of another app. Sign in instead:" + " roost connect");
    }

    static Failed appRejected(XAnswer answer) {
        return new Failed(
                "app_rejected",
                "X rejects the app or says the token is another app's (" + answer
                        + "). The token was not spent. Check TWITTER_CLIENT_ID and TWITTER_CLIENT_SECRET: roost doctor");
    }

    static Failed untouched(String reason) {
        return new Failed(
                "not_sent", "X did not take the request (" + reason + "). The token was not spent; try again.");
    }

    static Failed importUnknown(String reason) {
        return new Failed(
                "answer_missing",
                "X's answer is missing (" + reason + "): the token may be spent. Try the import once more; if X then"
                        + " refuses it, sign in: roost connect");
    }
}
