package dev.roost.core;

/** No account has this name, or it was disconnected. */
public final class AccountNotFoundException extends KeeperException {
    private static final long serialVersionUID = 1L;

    /** Names what was looked for. */
    public AccountNotFoundException(String message) {
        super(message);
    }
}
