package dev.roost.cli.demo;

/** A step of the demo did not hold. */
final class DemoFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DemoFailure(String message) {
        super(message);
    }

    DemoFailure(String message, Throwable cause) {
        super(message, cause);
    }

    /** Throws unless the condition holds. */
    static void unless(boolean holds, String message) {
        if (!holds) {
            throw new DemoFailure(message);
        }
    }
}
