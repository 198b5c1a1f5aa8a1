package dev.roost.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Runs the command that arguments name. */
final class CommandRun {
    private CommandRun() {}

    /** Runs it and returns its exit code. */
    static int of(Session session, String... arguments) {
        Surroundings surroundings = session.surroundings();
        return CommandTree.of(session)
                .setOut(new PrintWriter(surroundings.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(surroundings.err(), true, StandardCharsets.UTF_8))
                .setExecutionStrategy(CommandRun::execute)
                .setParameterExceptionHandler((e, args) -> misused(session, e, args))
                .setExecutionExceptionHandler((e, command, parsed) -> failed(session, e, parsed))
                .execute(arguments);
    }

    /** A command that only holds others shows its help. */
    private static int execute(ParseResult parsed) {
        List<CommandLine> commands = parsed.asCommandLineList();
        CommandLine last = commands.getLast();
        boolean asked = commands.stream().anyMatch(c -> c.isUsageHelpRequested() || c.isVersionHelpRequested());
        if (!asked && !(last.getCommand() instanceof Callable)) {
            last.usage(last.getErr());
            return ExitCode.SETTINGS;
        }
        return new CommandLine.RunLast().execute(parsed);
    }

    private static int misused(Session session, ParameterException e, String[] arguments) {
        boolean json = List.of(arguments).contains("--json");
        String command = e.getCommandLine().getCommandSpec().qualifiedName();
        String message = e.getMessage() + "; see: " + command + " --help";
        return new Failure(ExitCode.SETTINGS, "usage", message).tell(session, json);
    }

    private static int failed(Session session, Exception e, ParseResult parsed) {
        return Failure.tell(
                e,
                session,
                parsed.asCommandLineList().getLast().getParseResult().hasMatchedOption("--json"));
    }
}
