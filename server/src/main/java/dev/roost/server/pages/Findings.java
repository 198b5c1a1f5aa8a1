package dev.roost.server.pages;

import dev.roost.core.Account;
import dev.roost.core.Accounts;
import dev.roost.core.CallbackAnswer;
import dev.roost.core.SignIn;
import dev.roost.core.SignInOutcome;
import dev.roost.core.SignInStatus;
import dev.roost.server.pages.Finding.Tone;

/** Says in plain words how a sign-in went and what to do next. */
record Findings(Accounts accounts) {
    private static final String AGAIN = "To try again, run: roost connect";
    private static final String PROGRAM = "go back to the program that sent you to X";

    Finding of(SignInOutcome outcome) {
        return switch (outcome) {
            case SignInOutcome.Standing standing -> standing(standing.signIn());
            case SignInOutcome.AlreadyUsed used -> used(used.signIn());
            case SignInOutcome.UnknownState unknown ->
                new Finding(
                        400,
                        Tone.BAD,
                        "This sign-in is not known here",
                        "No sign-in of this Roost began with this link. It may be very old, cut short, or meant for"
                                + " another Roost. Nothing was changed.",
                        AGAIN);
            case SignInOutcome.AlreadyKept kept -> connected(kept.account(), "You can close this page.");
        };
    }

    Finding storeAway() {
        return new Finding(
                503,
                Tone.BAD,
                "Roost cannot reach its database",
                "Nothing was sent to X, so nothing is lost.",
                "See that the database runs, then reload this page within 30 seconds of your consent. Later: roost connect");
    }

    /** For a sign-in that a caller of {@code getTwitterAuthUrl} began: Roost does not keep it and cannot end it. */
    Finding callersOwn(CallbackAnswer answer) {
        return switch (answer) {
            case CallbackAnswer.Code code ->
                new Finding(
                        200,
                        Tone.GOOD,
                        "Authorized",
                        "X granted access. This sign-in was begun with getTwitterAuthUrl, so Roost keeps nothing of it:"
                                + " the tokens are yours to fetch.",
                        "Within 30 seconds, copy the value of \"code\" from this page's address into"
                                + " exchangeTwitterAuthCode, with the codeVerifier that getTwitterAuthUrl returned.");
            case CallbackAnswer.Denied denied ->
                new Finding(
                        403,
                        Tone.BAD,
                        "Access was not granted",
                        "You, or X on your behalf, said no on X's page. There is no code to exchange.",
                        "To try again, call getTwitterAuthUrl again and open the new address.");
            case CallbackAnswer.Refusal refusal ->
                new Finding(
                        400,
                        Tone.BAD,
                        "X did not grant access",
                        "X reported \"" + refusal.error() + "\". There is no code to exchange.",
                        "Check the app's settings at X, then call getTwitterAuthUrl again.");
        };
    }

    private Finding standing(SignIn signIn) {
        return switch (signIn.status()) {
            case SignInStatus.Connected done ->
                connected(accounts.find(done.account().value()), close(signIn));
            case SignInStatus.Denied no ->
                new Finding(
                        403,
                        Tone.BAD,
                        "Access was not granted",
                        "You, or X on your behalf, said no on X's page. Nothing was changed.",
                        again(signIn));
            case SignInStatus.Expired late ->
                new Finding(
                        410,
                        Tone.BAD,
                        "This sign-in has expired",
                        "It was begun more than 10 minutes ago, and so X's answer was not used. Nothing was changed.",
                        again(signIn));
            case SignInStatus.Failed failed -> failed(failed, again(signIn));
            case SignInStatus.Exchanged kept ->
                new Finding(
                        202,
                        Tone.WAITING,
                        "Almost connected",
                        "X granted access, and the grant is safe. X has not said yet whose account it is.",
                        "Roost goes on asking while it runs: roost serve. See the result with: roost accounts list");
            case SignInStatus.Pending open -> unfinished();
            case SignInStatus.Exchanging open -> unfinished();
        };
    }

    private Finding used(SignIn signIn) {
        if (signIn.status() instanceof SignInStatus.Connected) {
            return standing(signIn);
        }
        Finding before = standing(signIn);
        return new Finding(
                409,
                before.tone(),
                "This link was used before",
                "It works once. How its sign-in went: " + before.title() + ". " + before.text(),
                before.next());
    }

    private static Finding connected(Account account, String next) {
        return new Finding(
                200,
                Tone.GOOD,
                "Connected as @" + account.user().username(),
                "Roost keeps this account connected from now on (" + account.id() + ").",
                next);
    }

    private static String close(SignIn signIn) {
        boolean program = signIn.origin().key().isPresent();
        return "You can close this page and " + (program ? PROGRAM : "go back to the terminal") + ".";
    }

    private static String again(SignIn signIn) {
        return signIn.origin().key().isPresent() ? "To try again, " + PROGRAM + "." : AGAIN;
    }

    private static Finding unfinished() {
        return new Finding(
                409,
                Tone.WAITING,
                "This sign-in is being finished",
                "This page was loaded twice, and the first load is still talking to X.",
                "Reload this page in a few seconds.");
    }

    private static Finding failed(SignInStatus.Failed failed, String next) {
        return switch (failed.code()) {
            case "wrong_user" -> bad(409, "Another X account came back", failed, next);
            case "missing_offline_access" -> bad(400, "X gave no lasting access", failed, next);
            case "app_rejected" -> bad(502, "X does not accept the app", failed, next);
            case "exchange_failed" -> bad(502, "X did not answer", failed, next);
            default -> bad(400, "The sign-in did not work", failed, next);
        };
    }

    private static Finding bad(int status, String title, SignInStatus.Failed failed, String next) {
        String message = failed.message();
        String text = message.isEmpty() ? message : Character.toUpperCase(message.charAt(0)) + message.substring(1);
        return new Finding(status, Tone.BAD, title, text, next);
    }
}
