package dev.roost.cli;

import dev.roost.cli.wiring.Version;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;

/** All commands of Roost, by name. */
final class CommandTree {
    private CommandTree() {}

    static CommandLine of(Session session) {
        CommandLine root = new CommandLine(new RootCommand())
                .addSubcommand(new DemoCommand(session))
                .addSubcommand(new SimulateCommand(session))
                .addSubcommand(new ServeCommand(session))
                .addSubcommand(new McpCommand(session))
                .addSubcommand(new ConnectCommand(session))
                .addSubcommand(new CommandLine(new AccountsCommand())
                        .addSubcommand(new AccountsListCommand(session))
                        .addSubcommand(new AccountsShowCommand(session))
                        .addSubcommand(new AccountsImportCommand(session))
                        .addSubcommand(new AccountsDisconnectCommand(session)))
                .addSubcommand(new ExplainCommand(session))
                .addSubcommand(new VerifyLogCommand(session))
                .addSubcommand(new TokenCommand(session))
                .addSubcommand(new RefreshCommand(session))
                .addSubcommand(new PostCommand(session))
                .addSubcommand(new CommandLine(new ApiKeyCommand())
                        .addSubcommand(new ApiKeyCreateCommand(session))
                        .addSubcommand(new ApiKeyListCommand(session))
                        .addSubcommand(new ApiKeyRevokeCommand(session)))
                .addSubcommand(new CommandLine(new KeysetCommand()).addSubcommand(new KeysetRotateCommand(session)))
                .addSubcommand(WebhooksCommand.of(session))
                .addSubcommand(QuarantineCommand.of(session))
                .addSubcommand(new DoctorCommand(session));
        describe(root);
        return root;
    }

    private static void describe(CommandLine command) {
        var spec = command.getCommandSpec();
        spec.mixinStandardHelpOptions(true).version("roost " + Version.text());
        spec.usageMessage()
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(exitCodes())
                .optionListHeading("%nOptions:%n")
                .commandListHeading("%nCommands:%n");
        if (spec.positionalParameters().stream().anyMatch(argument -> !argument.hidden())) {
            spec.usageMessage().parameterListHeading("%nArguments:%n");
        }
        command.getSubcommands().values().forEach(CommandTree::describe);
    }

    private static Map<String, String> exitCodes() {
        Map<String, String> codes = new LinkedHashMap<>();
        Arrays.stream(ExitCode.TABLE)
                .map(row -> row.split(":", 2))
                .forEach(row -> codes.put(row[0], row[1].replace("%", "%%")));
        return codes;
    }
}
