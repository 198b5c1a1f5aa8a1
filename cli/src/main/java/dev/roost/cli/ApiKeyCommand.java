package dev.roost.cli;

import picocli.CommandLine.Command;

/** Holds the commands about API keys. */
@Command(name = "api-key", description = "Make, list and revoke keys to Roost's HTTP API.")
final class ApiKeyCommand {}
