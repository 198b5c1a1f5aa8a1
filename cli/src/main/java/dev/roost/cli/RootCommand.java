package dev.roost.cli;

import picocli.CommandLine.Command;

/** Holds all commands. */
@Command(
        name = "roost",
        description = "Keeps X accounts connected.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Settings come from the environment and one file; docs/settings.md lists them,",
            "and 'roost serve --print-config' shows them as they stand. The first two:",
            "",
            "  TWITTER_CLIENT_ID=...      your X app's OAuth 2.0 client id",
            "  TWITTER_CLIENT_SECRET=...  its secret, if it is a confidential client",
            "",
            "To see Roost work without X: roost demo",
            ""
        })
final class RootCommand {}
