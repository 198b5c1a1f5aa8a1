package dev.roost.proof.serving;

import dev.roost.cli.settings.Settings;
import dev.roost.cli.wiring.Roost;
import dev.roost.core.Account;
import dev.roost.core.RefreshToken;
import dev.roost.core.SignInOutcome;
import dev.roost.core.access.ApiKeys;
import dev.roost.core.access.KeyScope;
import dev.roost.server.RoostServer;
import dev.roost.simulator.Simulator;
import dev.roost.testkit.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What {@code roost serve} wires, in this process, with a simulated X that knows the app. Its scheduler is not started. */
public final class ServedRoost implements AutoCloseable {
    /** The secret of the app, which may be shown nowhere. */
    public static final String CLIENT_SECRET = "client-secret-canary-7Qx";

    private static final String CLIENT_ID = "shop";

    private final Simulator x;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Settings settings;
    private final Roost roost;
    private final RoostServer server;
    private boolean listening = true;

    private ServedRoost(Path data, Simulator x, Map<String, String> more) {
        this.x = x;
        Map<String, String> all = new HashMap<>(Map.of(
                "ROOST_DATA", data.toString(),
                "PORT", String.valueOf(FreePort.find()),
                "ROOST_X_API_URL", x.uri().toString(),
                "ROOST_X_AUTHORIZE_URL", x.authorizeUri().toString(),
                "TWITTER_CLIENT_ID", CLIENT_ID,
                "TWITTER_CLIENT_SECRET", CLIENT_SECRET));
        all.putAll(more);
        settings = Settings.read(all);
        x.addApp(CLIENT_ID, CLIENT_SECRET, settings.callbackUrl().toString());
        roost = Roost.serving(settings);
        server = roost.listen();
    }

    /**
     * Starts one.
     *
     * @param data an empty folder
     * @param more settings beside those that it needs
     */
    public static ServedRoost start(Path data, Map<String, String> more) {
        return new ServedRoost(data, Simulator.start(), more);
    }

    /** Returns the simulated X. */
    public Simulator x() {
        return x;
    }

    /** Returns what is served. */
    public Roost roost() {
        return roost;
    }

    /** Returns another process, as it were, on the same store; the caller closes it. */
    public Roost another() {
        return Roost.open(settings);
    }

    /** Returns an address of this server. */
    public URI address(String path) {
        return URI.create(server.uri() + path);
    }

    /** Takes over a grant of a new user of X; it has cost one rotation then. */
    public Account keep(String userId, String name) {
        x.addUser(userId, name);
        SignInOutcome outcome = roost.engine()
                .signInFlow()
                .importGrant(RefreshToken.of(x.issue(CLIENT_ID, userId).refreshToken()), Optional.empty());
        if (!(outcome instanceof SignInOutcome.Standing)) {
            throw new IllegalStateException("not imported: " + outcome);
        }
        return roost.engine().accounts().find("@" + name);
    }

    /** Makes an API key. */
    public String key(KeyScope... scopes) {
        return keys().create("test", Set.of(scopes), Set.of(), 0).secret().expose();
    }

    /** Revokes all API keys. */
    public void revokeKeys() {
        ApiKeys keys = keys();
        keys.all().forEach(key -> keys.revoke(key.id()));
    }

    private ApiKeys keys() {
        return new ApiKeys(roost.vault().store().apiKeys(), InstantSource.system(), new SecureRandom());
    }

    /** Asks this server. */
    public HttpResponse<String> get(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request);
    }

    /** Asks, and returns the whole answer. */
    public HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Ends the server, and nothing else; what it serves is away from then on. */
    public void stopListening() {
        if (listening) {
            listening = false;
            server.close();
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
        stopListening();
        roost.close();
        x.close();
    }
}
