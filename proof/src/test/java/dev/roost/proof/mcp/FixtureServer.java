package dev.roost.proof.mcp;

import dev.roost.cli.settings.Settings;
import dev.roost.cli.wiring.Roost;
import dev.roost.mcp.catalog.Catalog;
import dev.roost.mcp.catalog.Changes;
import dev.roost.mcp.catalog.Principal;
import dev.roost.mcp.catalog.ServerInfo;
import dev.roost.mcp.http.HttpLimits;
import dev.roost.mcp.protocol.McpServer;
import dev.roost.mcp.protocol.StateSeal;
import dev.roost.mcp.stdio.StdioServer;
import dev.roost.server.Door;
import dev.roost.server.RoostServer;
import dev.roost.server.mcp.accounts.Family;
import dev.roost.simulator.Simulator;
import dev.roost.testkit.FreePort;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Roost's server as it is, with the fixtures of the official suite in its catalog. Quiet streams are closed after a second, to be
 * taken up again, which the suite wants to see.
 */
final class FixtureServer implements AutoCloseable {
    private static final HttpLimits LIMITS = new HttpLimits(
            Duration.ofMillis(300),
            Duration.ofMillis(500),
            Optional.of(Duration.ofSeconds(1)),
            100,
            100,
            Duration.ofMinutes(5));

    private final Simulator x = Simulator.start();
    private final Roost roost;
    private final RoostServer server;

    FixtureServer(Path data, int port) {
        Settings settings = Settings.read(Map.of(
                "ROOST_DATA", data.toString(),
                "PORT", String.valueOf(port),
                "ROOST_X_API_URL", x.uri().toString(),
                "ROOST_X_AUTHORIZE_URL", x.authorizeUri().toString(),
                "TWITTER_CLIENT_ID", "shop"));
        roost = Roost.serving(settings);
        Door.Agents usual = roost.agents();
        server = roost.listen(
                new Door.Agents(Family.ALL, usual.seal(), LIMITS, usual.changes(), usual.sleeper(), new Fixtures()));
    }

    String url() {
        return "http://localhost:" + server.uri().getPort() + "/mcp";
    }

    @Override
    public void close() {
        server.close();
        roost.close();
        x.close();
    }

    /**
     * Serves until it is told to end: over {@code http}, saying where on the first line; or over {@code stdio}, with the fixtures
     * alone.
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments[0].equals("stdio")) {
            serveStdio();
            return;
        }
        Path data = Files.createTempDirectory("roost-fixtures");
        int port = arguments.length > 1 ? Integer.parseInt(arguments[1]) : FreePort.find();
        FixtureServer server = new FixtureServer(data, port);
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        System.out.println(server.url());
        Thread.currentThread().join();
    }

    private static void serveStdio() throws IOException, InterruptedException {
        PrintStream out = System.out;
        System.setOut(System.err);
        ServerInfo info = new ServerInfo("roost", "Roost", "test", "Fixtures", Optional.empty(), List.of(), "Use it.");
        Catalog empty = new Catalog(info, List.of(), List.of(), List.of(), List.of(), new Changes());
        StateSeal seal = StateSeal.ofThisProcess(SecureRandom::new, InstantSource.system());
        new StdioServer(
                        new McpServer(new Fixtures().apply(empty), seal),
                        new Anybody(),
                        System.in,
                        out,
                        Thread.ofVirtual().factory(),
                        () -> {})
                .serve();
    }

    private record Anybody() implements Principal {
        @Override
        public String id() {
            return "anybody";
        }

        @Override
        public boolean isAnonymous() {
            return true;
        }

        @Override
        public boolean has(String scope) {
            return false;
        }

        @Override
        public boolean covers(String account) {
            return false;
        }
    }
}
