package dev.roost.cli.demo;

import dev.roost.cli.settings.Settings;
import dev.roost.cli.wiring.Roost;
import dev.roost.core.Account;
import dev.roost.core.AccountId;
import dev.roost.core.AccountState;
import dev.roost.server.RoostServer;
import dev.roost.simulator.Simulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Where the demo plays: a simulated X and a Roost on free loopback ports, over one temporary folder and one clock. */
final class DemoStage implements AutoCloseable {
    static final String CLIENT_ID = "demo-app";
    private static final String CLIENT_SECRET = "worthless-secret-of-the-demo-app";
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofMillis(5);

    private final DemoClock clock = new DemoClock(InstantSource.system());
    private final Simulator x;
    private final Map<String, String> environment;
    private final Roost roost;
    private final RoostServer server;

    DemoStage() {
        x = Simulator.start();
        environment = environment(x);
        Settings settings = Settings.read(environment);
        x.addApp(CLIENT_ID, CLIENT_SECRET, settings.callbackUrl().toString());
        x.addUser("1001", "ada");
        x.addUser("1002", "grace");
        roost = Roost.open(settings, clock);
        server = roost.listen();
        roost.engine().scheduler().start();
    }

    Simulator x() {
        return x;
    }

    Roost roost() {
        return roost;
    }

    RoostServer server() {
        return server;
    }

    Path data() {
        return roost.settings().data();
    }

    /** The settings of a second process that shares the store and the time, and reaches X at another address. */
    Map<String, String> environmentOfAnother(String apiUrl) {
        Map<String, String> other = new HashMap<>(environment);
        other.put("ROOST_X_API_URL", apiUrl);
        other.put("ROOST_CLOCK_OFFSET", clock.ahead().toString());
        other.put("ROOST_NODE", "doomed");
        return other;
    }

    /** Turns the clocks of X and of Roost ahead. */
    void turn(Duration by) {
        x.advance(by);
        clock.advance(by);
        roost.engine().scheduler().wake();
    }

    /** Turns the clocks to just past the account's next refresh, and returns how far that was. */
    Duration turnToNextRefresh(AccountId id) {
        if (!(account(id).state() instanceof AccountState.Active active)) {
            throw new DemoFailure("account " + id + " is not active but "
                    + account(id).state().label());
        }
        Duration by = Duration.between(clock.instant(), active.nextRefreshAt()).plusSeconds(1);
        turn(by);
        return by;
    }

    Account account(AccountId id) {
        return roost.vault().store().tokens().account(id).orElseThrow();
    }

    /** Waits until the condition holds; the scheduler takes turns meanwhile. */
    void await(String what, BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            boolean patient = System.nanoTime() - start < PATIENCE.toNanos();
            DemoFailure.unless(patient, "waited " + PATIENCE.toSeconds() + " s in vain for this: " + what);
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    @Override
    public void close() {
        server.close();
        roost.close();
        x.close();
    }

    private static Map<String, String> environment(Simulator x) {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return Map.of(
                    "ROOST_DATA", Files.createTempDirectory("roost-demo-").toString(),
                    "PORT", Integer.toString(free.getLocalPort()),
                    "ROOST_X_API_URL", x.uri().toString(),
                    "ROOST_X_AUTHORIZE_URL", x.authorizeUri().toString(),
                    "TWITTER_CLIENT_ID", CLIENT_ID,
                    "TWITTER_CLIENT_SECRET", CLIENT_SECRET,
                    "ROOST_NODE", "demo");
        } catch (IOException e) {
            throw new UncheckedIOException("the demo cannot make a temporary folder or find a free port", e);
        }
    }
}
