package dev.roost.cli;

import dev.roost.cli.settings.Settings;
import dev.roost.cli.wiring.LogFormat;
import dev.roost.cli.wiring.Logging;
import dev.roost.cli.wiring.Roost;
import dev.roost.core.Account;
import dev.roost.core.RefreshToken;
import dev.roost.core.SignInOutcome;
import dev.roost.core.access.ApiKeys;
import dev.roost.core.access.KeyScope;
import dev.roost.server.RoostServer;
import dev.roost.simulator.Simulator;
import dev.roost.testkit.FreePort;
import dev.roost.testkit.ManualClock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What {@code roost serve} wires, with a simulated X and a clock to turn; its scheduler is turned by hand. */
final class ServingRoost implements AutoCloseable {
    private final Simulator x = Simulator.start();
    private final ManualClock clock = new ManualClock();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final HttpClient http = HttpClient.newHttpClient();
    private final Roost roost;
    private final RoostServer server;

    ServingRoost(Path data, LogFormat format) {
        this(data, format, Map.of());
    }

    /** @param more settings beside those that it needs */
    ServingRoost(Path data, LogFormat format, Map<String, String> more) {
        int port = FreePort.find();
        Map<String, String> all = new HashMap<>(more);
        all.putAll(Map.of(
                "ROOST_DATA", data.toString(),
                "PORT", String.valueOf(port),
                "ROOST_X_API_URL", x.uri().toString(),
                "ROOST_X_AUTHORIZE_URL", x.authorizeUri().toString(),
                "TWITTER_CLIENT_ID", "shop",
                "TWITTER_CLIENT_SECRET", TestTerminal.SECRET));
        Settings settings = Settings.read(all);
        x.addApp("shop", TestTerminal.SECRET, settings.callbackUrl().toString());
        Logging.to(new PrintStream(err, true, StandardCharsets.UTF_8), "DEBUG", format);
        roost = Roost.serving(settings, clock);
        server = roost.listen();
    }

    Simulator x() {
        return x;
    }

    Roost roost() {
        return roost;
    }

    ManualClock clock() {
        return clock;
    }

    /** Takes over a grant of a new user of X; it has cost one rotation then. */
    Account keep(String userId, String name) {
        x.addUser(userId, name);
        return keepAgain(userId, name);
    }

    /** Takes over another grant of a user. */
    Account keepAgain(String userId, String name) {
        SignInOutcome outcome = roost.engine()
                .signInFlow()
                .importGrant(RefreshToken.of(x.issue("shop", userId).refreshToken()), Optional.empty());
        if (!(outcome instanceof SignInOutcome.Standing)) {
            throw new IllegalStateException("not imported: " + outcome);
        }
        return roost.engine().accounts().find("@" + name);
    }

    String key(KeyScope... scopes) {
        ApiKeys keys = new ApiKeys(roost.vault().store().apiKeys(), clock, new SecureRandom());
        return keys.create("test", Set.of(scopes), Set.of(), 0).secret().expose();
    }

    HttpResponse<String> get(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.uri() + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return TestPerson.send(request);
    }

    /** Posts to {@code /mcp}. */
    HttpResponse<String> postMcp(String body, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.uri() + "/mcp"))
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::setHeader);
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    String metrics() {
        return get("/metrics").body();
    }

    /** Turns both clocks. */
    void turn(Duration by) {
        clock.advance(by);
        x.advance(by);
    }

    String printed() {
        return err.toString(StandardCharsets.UTF_8);
    }

    /** Returns the log lines with this message. */
    List<JsonNode> lines(String message) {
        return printed()
                .lines()
                .map(line -> JsonMapper.shared().readTree(line))
                .filter(line -> line.path("message").asString().equals(message))
                .toList();
    }

    static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("it never happened");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
        server.close();
        roost.close();
        x.close();
    }
}
