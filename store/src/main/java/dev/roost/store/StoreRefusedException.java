package dev.roost.store;

/**
 * The store cannot be opened as it is, and trying again will not help: a person has to do what the message says. Unlike
 * {@link dev.roost.core.StoreUnavailableException} this is thrown at the start only. Holds no secret.
 */
public final class StoreRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StoreRefusedException(String message) {
        super(message);
    }

    StoreRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
