package dev.roost.cli;

import dev.roost.cli.wiring.Logging;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Starts Roost. */
public final class Main {
    private Main() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        System.exit(run(Surroundings.real(), arguments));
    }

    /** Runs one command and returns its exit code. */
    public static int run(Surroundings surroundings, String... arguments) {
        Logging.to(surroundings.err(), "WARN");
        Session session = new Session(surroundings);
        return CommandTree.of(session)
                .setOut(new PrintWriter(surroundings.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(surroundings.err(), true, StandardCharsets.UTF_8))
                .setExecutionStrategy(Main::execute)
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
        tell(session, json, new Failure(ExitCode.SETTINGS, "usage", message));
        return ExitCode.SETTINGS;
    }

    private static int failed(Session session, Exception e, ParseResult parsed) {
        Failure failure = Failure.of(e);
        System.getLogger(Main.class.getName()).log(System.Logger.Level.DEBUG, "the command failed", e);
        boolean json = parsed.asCommandLineList().getLast().getParseResult().hasMatchedOption("--json");
        tell(session, json, failure);
        return failure.exitCode();
    }

    private static void tell(Session session, boolean json, Failure failure) {
        if (json) {
            session.out()
                    .println(Output.write(
                            Map.of("error", Map.of("code", failure.code(), "message", failure.message()))));
            session.out().flush();
        } else {
            failure.message().lines().forEach(line -> session.err().println("roost: " + line));
            session.err().flush();
        }
    }
}
