package dev.roost.cli;

import picocli.CommandLine.Option;

/** A person's yes to what is hard to undo: asked for, or given beforehand. */
final class Consent {
    @Option(names = "--yes", description = "Do not ask first.")
    private boolean yes;

    /** Refuses {@code --json} without {@code --yes}, for a program cannot be asked. Call it before anything is opened. */
    void checkAskable(Output output) {
        if (output.isJson() && !yes) {
            throw new CommandFailure(ExitCode.SETTINGS, "usage", "--json asks nobody, so it needs --yes");
        }
    }

    /** Asks, unless the yes is there; ends the command if the answer is no. */
    void obtain(Session session, String question) {
        if (!yes && !new StandardInput(session.surroundings()).agrees(question)) {
            throw new CommandFailure(ExitCode.SETTINGS, "not_confirmed", "nothing was changed");
        }
    }
}
