package dev.roost.cli;

import dev.roost.cli.wiring.Version;
import dev.roost.mcp.catalog.Catalog;
import dev.roost.mcp.catalog.Changes;
import dev.roost.mcp.catalog.Principal;
import dev.roost.mcp.catalog.ServerInfo;
import dev.roost.mcp.protocol.McpServer;
import dev.roost.mcp.protocol.StateSeal;
import dev.roost.mcp.stdio.StdioServer;
import java.io.PrintStream;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Serves an agent over standard input and output. */
@Command(name = "mcp", description = "Serve an AI agent over standard input and output (MCP), until its input ends.")
final class McpCommand implements Callable<Integer> {
    private final Session session;

    McpCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        PrintStream protocol = session.out();
        // Whatever a library prints goes elsewhere: standard output carries the protocol only.
        System.setOut(session.err());
        Catalog catalog = new Catalog(
                new ServerInfo(
                        "roost",
                        "Roost",
                        Version.text(),
                        "Keeps X accounts connected",
                        Optional.empty(),
                        List.of(),
                        ""),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                new Changes());
        try (McpServer server =
                new McpServer(catalog, StateSeal.ofThisProcess(new SecureRandom(), InstantSource.system()))) {
            new StdioServer(
                            server,
                            new Person(),
                            session.surroundings().in(),
                            protocol,
                            Thread.ofVirtual().name("roost-mcp-", 0).factory())
                    .serve();
        }
        return ExitCode.OK;
    }

    /** Who started the process may do everything. */
    private record Person() implements Principal {
        @Override
        public String id() {
            return "person";
        }

        @Override
        public boolean isAnonymous() {
            return false;
        }

        @Override
        public boolean has(String scope) {
            return true;
        }

        @Override
        public boolean covers(String account) {
            return true;
        }
    }
}
