package dev.roost.bench;

import dev.roost.cli.settings.Settings;
import dev.roost.cli.wiring.Roost;
import dev.roost.core.Account;
import dev.roost.core.RefreshToken;
import dev.roost.core.access.ApiKeys;
import dev.roost.core.access.KeyScope;
import dev.roost.server.RoostServer;
import dev.roost.simulator.Simulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A Roost as {@code roost serve} starts it, on SQLite in a temporary folder, and the simulator, all in this process. */
final class Stage implements AutoCloseable {
    static final String CLIENT_ID = "bench-app";

    private final Simulator x = Simulator.start();
    private final Roost roost;
    private final RoostServer server;

    Stage() throws IOException {
        int port = freePort();
        Map<String, String> environment = new HashMap<>();
        Path data = Files.createTempDirectory("roost-bench-");
        environment.put("ROOST_DATA", data.toString());
        environment.put("PORT", Integer.toString(port));
        environment.put("TWITTER_CLIENT_ID", CLIENT_ID);
        environment.put("ROOST_X_API_URL", x.uri().toString());
        environment.put("ROOST_X_AUTHORIZE_URL", x.authorizeUri().toString());
        Settings settings = Settings.read(environment);
        x.addApp(CLIENT_ID, null, settings.callbackUrl().toString());
        roost = Roost.serving(settings);
        server = roost.listen();
    }

    Simulator x() {
        return x;
    }

    RoostServer server() {
        return server;
    }

    /** Connects a user, by an import. */
    Account connect(String id, String username) {
        x.addUser(id, username);
        RefreshToken token = RefreshToken.of(x.issue(CLIENT_ID, id).refreshToken());
        var _ = roost.engine().signInFlow().importGrant(token, Optional.empty());
        return roost.engine().accounts().find(id);
    }

    /** Makes an API key for everything and returns its text. */
    String key() {
        ApiKeys keys =
                new ApiKeys(roost.vault().store().apiKeys(), roost.vault().clock(), new SecureRandom());
        return keys.create("bench", Set.of(KeyScope.ADMIN), Set.of(), 0)
                .secret()
                .expose();
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.close();
        roost.close();
        x.close();
    }
}
