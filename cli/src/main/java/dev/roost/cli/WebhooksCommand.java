package dev.roost.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Holds the commands about webhooks. */
@Command(name = "webhooks", description = "Say where alerts are sent, and see how that fares.")
final class WebhooksCommand {
    /** Returns the command with all its own. */
    static CommandLine of(Session session) {
        return new CommandLine(new WebhooksCommand())
                .addSubcommand(new WebhooksListCommand(session))
                .addSubcommand(new WebhooksAddCommand(session))
                .addSubcommand(new WebhooksTestCommand(session))
                .addSubcommand(new WebhooksRotateCommand(session))
                .addSubcommand(new WebhooksEnableCommand(session))
                .addSubcommand(new WebhooksRemoveCommand(session))
                .addSubcommand(new WebhooksFailedCommand(session))
                .addSubcommand(new WebhooksRetryCommand(session));
    }
}
