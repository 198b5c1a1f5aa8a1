package dev.roost.cli;

import dev.roost.cli.wiring.Logging;
import java.util.Arrays;

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
        return isPlainMcp(arguments) ? mcp(session) : CommandRun.of(session, arguments);
    }

    /** This command takes its turn without picocli, which needs longer to load than all the rest: an agent waits for it. */
    private static boolean isPlainMcp(String[] arguments) {
        return Arrays.equals(arguments, new String[] {"mcp"});
    }

    private static int mcp(Session session) {
        try {
            return new McpCommand(session).call();
        } catch (Exception e) {
            return Failure.tell(e, session, false);
        }
    }
}
