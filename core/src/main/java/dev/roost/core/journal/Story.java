package dev.roost.core.journal;

import dev.roost.core.AccountEvent;
import dev.roost.core.Asked;
import dev.roost.core.EngineEvent.Outcome;
import dev.roost.core.LossCause;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** Tells entries of a log in plain English: what happened, why Roost concluded it, and what a person must do. */
public final class Story {
    private static final String SIGN_IN_AGAIN = "Sign in again with: roost connect.";
    private static final String WHICH =
            "To tell which: let the user open x.com/settings/connected_apps. If the app is still listed there, another holder"
                    + " has the grant now: look for another program that signs in with this client id, a second Roost with"
                    + " another database, or a developer's script, and stop it, or it will happen again. If the app is not"
                    + " listed, the user revoked it. " + SIGN_IN_AGAIN;

    private Story() {}

    /** Tells one entry. */
    public static Told tell(LoggedEvent entry) {
        AccountEvent event = entry.event();
        long generation = event.generation();
        return switch (event.kind()) {
            case CONNECTED ->
                nothingToDo(
                        event.detail().equals("import") ? "Connected by import" : "Connected by sign-in",
                        event.detail().equals("import")
                                ? "Roost spent the imported refresh token and keeps the pair that X issued for it as"
                                        + " generation " + generation
                                        + ". Nobody else may use the imported token any more."
                                : "A person signed in at X, and Roost keeps the pair that X issued as generation "
                                        + generation + ". Any older pair of this user for this app is dead.");
            case ROTATED -> rotated(entry);
            case ANSWER_MISSING ->
                nothingToDo(
                        "No answer from X" + seconds(entry),
                        text(
                                event.detail(),
                                "Generation " + generation
                                        + " may be spent or not, and only X knows. Roost keeps the pair"
                                        + " and sends the same refresh token once more after a pause: the guarded retry."));
            case GUARDED_RETRY ->
                nothingToDo(
                        "Guarded retry of generation " + generation,
                        text(
                                "An earlier send of this generation had no answer.",
                                event.detail(),
                                "X's answer to this send tells whether that one spent the token."));
            case REFRESH_FAILED -> failed(entry);
            case REFUSED -> refused(entry);
            case SPOOLED ->
                nothingToDo(
                        "X's answer came through the spool",
                        text(
                                "X had issued generation " + generation + ", and its answer rested in the spool first.",
                                event.detail(),
                                "It is recorded now, and nothing was lost."));
            case SUPERSEDED ->
                nothingToDo(
                        "An old answer changed nothing",
                        text(
                                "X's answer to a refresh of generation " + generation + " arrived late.",
                                event.detail(),
                                "The newer pair counts."));
            case DISCONNECTED ->
                new Told(
                        "Disconnected",
                        text("A person asked for it, and the tokens are deleted here.", event.detail()),
                        Optional.of("To take the account back: roost connect."));
        };
    }

    private static Told rotated(LoggedEvent entry) {
        long generation = entry.event().generation();
        String detail = entry.event().detail();
        int extra = detail.indexOf("; ");
        String note = extra < 0 ? "" : detail.substring(extra + 2);
        return nothingToDo(
                "Refreshed" + seconds(entry),
                text(
                        "X issued a new pair, recorded as generation " + generation + ".",
                        "It replaces the pair before it.",
                        note));
    }

    private static Told failed(LoggedEvent entry) {
        String because = text(entry.event().detail(), "The token was not spent and the grant is untouched.");
        Outcome verdict = entry.asked().map(Asked::verdict).orElse(Outcome.UNKNOWN);
        return switch (verdict) {
            case APP_REJECTED ->
                new Told(
                        "X rejects the app",
                        because + " All refreshes wait, and no account is lost by it.",
                        Optional.of("Check TWITTER_CLIENT_ID and TWITTER_CLIENT_SECRET with: roost doctor."));
            case THROTTLED ->
                new Told(
                        "X turned the refresh away",
                        because + " Roost tries again by itself.",
                        Optional.of(
                                "Nothing, unless it goes on for long: then see the state of X's API and the limits of"
                                        + " the app in X's developer portal."));
            case NOT_SENT ->
                new Told(
                        "The refresh was not sent",
                        because + " Roost tries again by itself.",
                        Optional.of("Nothing, unless it goes on for long: then see whether this machine reaches X with:"
                                + " roost doctor."));
            case ROTATED, GRANT_REFUSED, UNKNOWN ->
                nothingToDo("The refresh failed", because + " Roost tries again by itself.");
        };
    }

    private static Told refused(LoggedEvent entry) {
        String said = entry.event().detail().isBlank()
                ? "X refused the refresh token."
                : sentence("X answered " + entry.event().detail());
        return switch (entry.cause().orElse(null)) {
            case LossCause.AnswerLost lost ->
                new Told(
                        "Grant lost: an answer of X was lost",
                        said + " The same refresh token had been sent at " + lost.sentAt() + " by node " + lost.node()
                                + ", and that answer never arrived. So X had most likely issued a new pair then, and it was"
                                + " lost on its way.",
                        Optional.of(SIGN_IN_AGAIN));
            case LossCause.RefusedByX r ->
                new Told(
                        "Grant lost: ended outside this Roost",
                        said
                                + " Roost had not spent this refresh token, so something else ended the grant. Either somebody"
                                + " signed the same user in to the same app elsewhere (X keeps one grant per app and user),"
                                + " or the user revoked the app.",
                        Optional.of(WHICH));
            case null ->
                new Told(
                        "Grant lost: X refused the refresh token",
                        said + " This entry was written before Roost kept the cause. If the entry before it tells of a"
                                + " guarded retry, an answer was lost; if not, something outside ended the grant.",
                        Optional.of(WHICH));
        };
    }

    private static Told nothingToDo(String headline, String because) {
        return new Told(headline, because, Optional.empty());
    }

    private static String seconds(LoggedEvent entry) {
        return entry.took().map(Story::words).orElse("");
    }

    private static String words(Duration took) {
        return took.compareTo(Duration.ofSeconds(10)) < 0
                ? " after " + took.toMillis() + " ms"
                : " after " + took.toSeconds() + " s";
    }

    /** Puts notes together as sentences; those that are blank are left out. */
    private static String text(String... notes) {
        return Arrays.stream(notes)
                .filter(note -> !note.isBlank())
                .map(Story::sentence)
                .collect(Collectors.joining(" "));
    }

    /** Makes a sentence of a note: it begins large and ends with a full stop. */
    private static String sentence(String note) {
        String text = Character.toUpperCase(note.charAt(0)) + note.substring(1);
        return text.endsWith(".") ? text : text + ".";
    }
}
