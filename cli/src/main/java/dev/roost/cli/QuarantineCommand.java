package dev.roost.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Holds the commands about accounts of a restored database. */
@Command(
        name = "quarantine",
        description = "See, check and release accounts that wait since the database was restored from a backup.")
final class QuarantineCommand {
    /** Returns the command with all its own. */
    static CommandLine of(Session session) {
        return new CommandLine(new QuarantineCommand())
                .addSubcommand(new QuarantineShowCommand(session))
                .addSubcommand(new QuarantineProbeCommand(session))
                .addSubcommand(new QuarantineReleaseCommand(session))
                .addSubcommand(new QuarantineBeginCommand(session));
    }
}
