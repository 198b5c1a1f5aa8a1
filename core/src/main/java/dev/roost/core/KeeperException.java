package dev.roost.core;

import java.util.Objects;

/** The root of what the keeper throws at callers who can do something about it. Messages hold no secret. */
public abstract sealed class KeeperException extends RuntimeException
        permits AccountNotFoundException,
                ReauthorizationRequiredException,
                RefreshPendingException,
                StoreUnavailableException {
    private static final long serialVersionUID = 1L;

    KeeperException(String message) {
        super(message);
    }

    KeeperException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Returns what happened and what to do; never null. */
    @Override
    public String getMessage() {
        return Objects.requireNonNullElse(super.getMessage(), "");
    }
}
