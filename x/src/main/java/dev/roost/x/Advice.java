package dev.roost.x;

import dev.roost.core.XAnswer;
import java.util.List;
import java.util.Locale;

/**
 * Adds the next step to what X said, after X's own words, where X's words alone have sent people astray:
 * "Missing valid authorization header" is also what a wrong secret gets.
 */
final class Advice {
    private static final List<Hint> BY_WORDS = List.of(
            new Hint("[client_id]", "X could not read the Basic header: look for stray characters in id and secret"),
            new Hint("client id was invalid", "give the app's OAuth 2.0 client id, not its API key"),
            new Hint("authorization code was invalid", "a code works once, within 30 s: begin the sign-in again"),
            new Hint("redirect uri did not match", "use the redirect URI of the sign-in's beginning, to the letter"),
            new Hint("code verifier was invalid", "begin the sign-in again"));

    private final boolean confidential;

    Advice(boolean confidential) {
        this.confidential = confidential;
    }

    XAnswer on(XAnswer said) {
        String hint = hint(said);
        String words = said.description();
        if (hint.isEmpty() || words.length() + hint.length() + 3 > Censor.LIMIT) {
            return said;
        }
        String joined = words.isEmpty() ? hint : words + " (" + hint + ")";
        return new XAnswer(said.status(), said.error(), joined);
    }

    private String hint(XAnswer said) {
        String words = said.description().toLowerCase(Locale.ROOT);
        for (Hint hint : BY_WORDS) {
            if (words.contains(hint.words())) {
                return hint.advice();
            }
        }
        if (said.status() == 401 || said.error().equalsIgnoreCase("unauthorized_client")) {
            return confidential
                    ? "check the client secret: regenerated, of another app, or is the app public now?"
                    : "X has this app as confidential: give its client secret";
        }
        boolean address = said.status() / 100 == 3 || said.status() == 404 || said.status() == 405;
        return address ? "is the apiUrl setting right?" : "";
    }

    /** What to do when X's description, in lower case, contains these words. */
    private record Hint(String words, String advice) {}
}
