package dev.roost.store;

/** Something sealed does not open. */
final class SealBrokenException extends Exception {
    private static final long serialVersionUID = 1L;

    SealBrokenException(String message) {
        super(message);
    }

    SealBrokenException(String message, Throwable cause) {
        super(message, cause);
    }
}
