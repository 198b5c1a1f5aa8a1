package dev.roost.core;

/** The grant is gone; a person must sign in again. */
public final class ReauthorizationRequiredException extends KeeperException {
    private static final long serialVersionUID = 1L;

    private final transient Account account;
    private final transient LossCause cause;

    /** Says whose grant is gone and why. */
    public ReauthorizationRequiredException(Account account, LossCause cause) {
        super("account " + account.id() + " (" + account.user() + ") needs sign-in: " + cause.explain());
        this.account = account;
        this.cause = cause;
    }

    /** Returns whose grant is gone. */
    public Account account() {
        return account;
    }

    /** Returns why. */
    public LossCause lossCause() {
        return cause;
    }
}
