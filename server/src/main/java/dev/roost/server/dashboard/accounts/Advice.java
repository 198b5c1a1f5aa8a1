package dev.roost.server.dashboard.accounts;

import dev.roost.core.Account;
import dev.roost.core.AccountFigures;
import dev.roost.core.AccountState;
import dev.roost.core.LossCause;
import java.time.Instant;
import java.util.Optional;

/**
 * How an account stands and what to do next: the box on top of its page.
 *
 * @param state in a word or two
 * @param title in a sentence
 * @param text more of it
 * @param time what the text tells of, if that is a time
 * @param timeLabel what stands before the time
 * @param next what to do
 */
public record Advice(
        StateWords state, String title, String text, String timeLabel, Optional<Instant> time, String next) {
    private static final String READ_ONLY =
            "Your key may look only. Somebody with a key that may change accounts can sign it"
                    + " in again here, or at the terminal: roost connect";
    private static final String SIGN_IN =
            "Press \"Sign in again\", and agree at X as this very user. Everything goes on from there by itself.";

    static Advice of(Account account, Instant now, boolean mayWrite) {
        return switch (account.state()) {
            case AccountState.Active active -> active(account, active, now, mayWrite);
            case AccountState.Uncertain uncertain ->
                of(
                        account,
                        "X's answer to a refresh is missing",
                        "Node " + uncertain.node()
                                + " sent a refresh, and no answer came. X may have replaced the pair or not."
                                + " Roost sends the same token once more, and X's answer to that tells. Nothing is lost yet.",
                        "The next try is due",
                        Optional.of(uncertain.nextRefreshAt()),
                        "Nothing. Roost goes on by itself while it runs.");
            case AccountState.NeedsReauthorization needs ->
                of(
                        account,
                        "A person has to sign in again",
                        cause(needs.cause()) + left(account, now),
                        "That was",
                        Optional.of(needs.since()),
                        mayWrite ? SIGN_IN : READ_ONLY);
            case AccountState.Disconnected gone ->
                of(
                        account,
                        "Taken out of Roost",
                        "A person disconnected it. Its tokens are deleted, its story stays.",
                        "That was",
                        Optional.of(gone.since()),
                        mayWrite ? "Nothing. To take it back, press \"Connect again\"." : "Nothing.");
        };
    }

    private static Advice active(Account account, AccountState.Active active, Instant now, boolean mayWrite) {
        boolean isExpired = !account.accessExpiresAt().isAfter(now);
        boolean isSoon = !account.accessExpiresAt().isAfter(now.plus(AccountFigures.SOON));
        if (isSoon) {
            return new Advice(
                    new StateWords("Active", isExpired ? "bad" : "wait"),
                    isExpired
                            ? "Its access token has expired, and is not replaced yet"
                            : "Its access token expires soon",
                    "The grant is alive, but no refresh has worked yet. The story below says what stood in the way.",
                    "The next try is due",
                    Optional.of(active.nextRefreshAt()),
                    "See that roost serve runs and that nothing is red on the overview"
                            + (mayWrite ? "; or press \"Refresh now\"." : "."));
        }
        return of(
                account,
                "All is well",
                "The grant is alive, and Roost replaces its tokens before they expire.",
                "The next refresh is due",
                Optional.of(active.nextRefreshAt()),
                "Nothing.");
    }

    private static Advice of(
            Account account, String title, String text, String timeLabel, Optional<Instant> time, String next) {
        return new Advice(StateWords.of(account.state()), title, text, timeLabel, time, next);
    }

    private static String cause(LossCause cause) {
        return switch (cause) {
            case LossCause.AnswerLost lost ->
                "Node " + lost.node()
                        + " sent a refresh whose answer was lost on its way, and X now refuses the token that was"
                        + " spent with it. No program could have saved it.";
            case LossCause.RefusedByX r ->
                "X refused the refresh token, though Roost had not spent it. Either the user revoked the app, or somebody"
                        + " signed the same user in to the same app elsewhere.";
        };
    }

    private static String left(Account account, Instant now) {
        return account.accessExpiresAt().isAfter(now)
                ? " Until it expires, the access token is served on."
                : " No valid access token is left.";
    }
}
