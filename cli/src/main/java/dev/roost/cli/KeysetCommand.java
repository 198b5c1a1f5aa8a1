package dev.roost.cli;

import picocli.CommandLine.Command;

/** Holds the commands about the keyset. */
@Command(name = "keyset", description = "Look after the keys that seal what is stored.")
final class KeysetCommand {}
