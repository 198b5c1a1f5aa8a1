package dev.roost.cli;

import picocli.CommandLine.Command;

/** Holds the commands about accounts. */
@Command(name = "accounts", description = "List, show, import and disconnect accounts.")
final class AccountsCommand {}
