package dev.roost.cli;

import picocli.CommandLine.Parameters;

/** The account that a command is about. */
final class AccountName {
    @Parameters(index = "0", paramLabel = "ACCOUNT", description = "An account id (acc_...), @username, or X user id.")
    private String name = "";

    String text() {
        return name;
    }
}
