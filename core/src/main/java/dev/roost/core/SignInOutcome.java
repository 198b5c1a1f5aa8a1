package dev.roost.core;

/** What to tell a person who comes back from X, or who imported a token. */
public sealed interface SignInOutcome {
    /** The sign-in has ended, or waits for X to say whose it is; its status tells. */
    record Standing(SignIn signIn) implements SignInOutcome {}

    /** This answer of X was used before (a page loaded twice?); the sign-in stands as it stood. */
    record AlreadyUsed(SignIn signIn) implements SignInOutcome {}

    /** No sign-in of Roost began like this: a wrong or very old link. */
    record UnknownState() implements SignInOutcome {}

    /** The imported token is already kept; nothing was spent. */
    record AlreadyKept(Account account) implements SignInOutcome {}
}
