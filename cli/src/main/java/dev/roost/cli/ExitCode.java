package dev.roost.cli;

/** What the exit code of a command means. Scripts rely on it; docs/cli.md lists it. */
final class ExitCode {
    static final int OK = 0;
    static final int UNEXPECTED = 1;
    static final int SETTINGS = 2;
    static final int NEEDS_SIGN_IN = 3;
    static final int TRY_LATER = 4;
    static final int NOT_FOUND = 5;
    static final int REFUSED = 6;
    static final int UNKNOWN_OUTCOME = 7;

    /** The same as a table, for the help. */
    static final String[] TABLE = {
        "0:done",
        "1:something unexpected; LOG_LEVEL=DEBUG shows more",
        "2:the command, the settings or the store need mending by you",
        "3:the account needs a person to sign in again",
        "4:nothing is lost; try again later",
        "5:there is no such account, API key or webhook",
        "6:X, or the person at X, said no",
        "7:nobody knows whether X did it; look before you repeat it"
    };

    private ExitCode() {}
}
