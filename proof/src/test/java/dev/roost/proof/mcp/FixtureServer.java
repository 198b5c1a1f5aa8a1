package dev.roost.proof.mcp;

import dev.roost.cli.settings.Settings;
import dev.roost.cli.wiring.Roost;
import dev.roost.mcp.http.HttpLimits;
import dev.roost.server.Door;
import dev.roost.server.RoostServer;
import dev.roost.server.mcp.accounts.Family;
import dev.roost.simulator.Simulator;
import java.nio.file.Path;
import java.time.Duration;
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

    /** Serves until it is killed; for trying things by hand. */
    public static void main(String[] arguments) throws InterruptedException {
        try (FixtureServer server = new FixtureServer(Path.of(arguments[0]), Integer.parseInt(arguments[1]))) {
            System.err.println(server.url());
            Thread.currentThread().join();
        }
    }
}
