package dev.roost.cli;

/** A command did not do what was asked, and knows why. */
final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;
    private final String code;

    /**
     * @param exitCode one of {@link ExitCode}
     * @param code a stable word for programs
     * @param message what happened and what to do, for people
     */
    CommandFailure(int exitCode, String code, String message) {
        super(message);
        this.exitCode = exitCode;
        this.code = code;
    }

    int exitCode() {
        return exitCode;
    }

    String code() {
        return code;
    }
}
