package dev.roost.cli;

import dev.roost.cli.settings.Settings;
import dev.roost.mcp.protocol.McpServer;
import dev.roost.mcp.protocol.StateSeal;
import dev.roost.mcp.stdio.StdioServer;
import dev.roost.server.mcp.accounts.Family;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Serves an agent over standard input and output. */
@Command(name = "mcp", description = "Serve an AI agent over standard input and output (MCP), until its input ends.")
final class McpCommand implements Callable<Integer> {
    private final Session session;

    @Option(
            names = "--tools",
            paramLabel = "FAMILIES",
            description = "Which tools, separated by commas: stateless, accounts, posts, read, mcpsocial, or all"
                    + " (default: ROOST_MCP_TOOLS).")
    private Optional<String> tools = Optional.empty();

    McpCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        PrintStream protocol = session.out();
        // Whatever a library prints goes elsewhere: standard output carries the protocol only.
        System.setOut(session.err());
        Settings settings = session.settings();
        Set<Family> families = families(settings);
        warnOfStrangers(settings);
        return session.with(new StdioRoom(settings), room -> serve(room, families, protocol));
    }

    /** Without the app, nobody here knows which tokens are those of the accounts in that store. */
    private void warnOfStrangers(Settings settings) {
        if (settings.app().isEmpty() && Files.exists(settings.data().resolve("roost.db"))) {
            session.err()
                    .println("roost: a Roost keeps accounts in " + settings.data()
                            + ". Set TWITTER_CLIENT_ID as there, or do not bring tokens of these accounts here: refreshing one"
                            + " would take it from under that Roost.");
        }
    }

    private Set<Family> families(Settings settings) {
        try {
            return tools.map(Family::parse)
                    .or(() -> settings.mcp().tools())
                    .orElseGet(() -> settings.app().isPresent() ? Family.DEFAULT : Set.of(Family.STATELESS));
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.SETTINGS, "usage", "--tools: " + e.getMessage());
        }
    }

    private int serve(StdioRoom room, Set<Family> families, PrintStream protocol) {
        StateSeal seal = StateSeal.ofThisProcess(SecureRandom::new, InstantSource.system());
        StdioServer server = new StdioServer(
                new McpServer(room.offer(families).catalog(), seal),
                StdioRoom.PERSON,
                session.surroundings().in(),
                protocol,
                work -> Thread.ofVirtual().name("roost-mcp").unstarted(work),
                room::ending);
        // Told to end, the process answers what is under way before the room is closed: a pair may be in it.
        return session.with(server, this::serve);
    }

    private int serve(StdioServer server) {
        try {
            server.serve();
        } catch (IOException e) {
            throw new UncheckedIOException("standard input cannot be read", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return ExitCode.OK;
    }
}
