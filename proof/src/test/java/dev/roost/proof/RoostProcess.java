package dev.roost.proof;

import dev.roost.core.Engine;
import dev.roost.core.Node;
import dev.roost.core.RefreshPolicy;
import dev.roost.core.World;
import dev.roost.simulator.Simulator;
import dev.roost.testkit.Faults;
import dev.roost.testkit.FaultyEndpoint;
import dev.roost.testkit.FaultySpool;
import dev.roost.testkit.FaultyStore;
import dev.roost.testkit.ManualClock;
import dev.roost.x.XSettings;
import dev.roost.x.XSignIn;
import dev.roost.x.XTokenEndpoint;
import dev.roost.x.XTransport;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/** One process of Roost inside the test: a real client of X, a shared store, faults of its own, a clock to turn. */
final class RoostProcess implements AutoCloseable {
    static final String CLIENT_ID = "proof-app";
    private static final Duration CONNECT = Duration.ofSeconds(1);
    private static final Duration ANSWER = Duration.ofSeconds(2);

    private final Faults faults = new Faults();
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final XTransport transport;
    private final Engine engine;

    RoostProcess(String name, StoreKind.Opened store, Simulator x, ManualClock clock) {
        XSettings settings = new XSettings(CLIENT_ID, Optional.empty(), x.authorizeUri(), x.uri(), CONNECT, ANSWER);
        Random random = new Random(11);
        World world = new World(
                new Node(name),
                clock,
                () -> Duration.between(ManualClock.START, clock.instant()).toNanos(),
                random,
                executor,
                duration -> pass(clock, duration));
        transport = new XTransport(settings, "proof");
        engine = Engine.assemble(
                new FaultyStore(store.tokens(), faults),
                store.signIns(),
                new FaultySpool(store.spool(), faults),
                new FaultyEndpoint(new XTokenEndpoint(settings, transport, clock, random), faults),
                new XSignIn(settings, transport, clock),
                policy(),
                world);
    }

    Faults faults() {
        return faults;
    }

    Engine engine() {
        return engine;
    }

    @Override
    public void close() {
        faults.crash();
        executor.shutdown();
        transport.close();
    }

    private static RefreshPolicy policy() {
        RefreshPolicy usual = RefreshPolicy.DEFAULT;
        return new RefreshPolicy(
                usual.refreshAheadMost(),
                usual.refreshAheadLeast(),
                usual.minRemaining(),
                CONNECT,
                ANSWER,
                usual.leaseLength(),
                usual.guardedRetryPause(),
                usual.firstBackoff(),
                usual.longestBackoff(),
                Duration.ofMillis(150),
                usual.concurrency());
    }

    private void pass(ManualClock clock, Duration duration) {
        faults.checkAlive();
        clock.advance(duration);
        LockSupport.parkNanos(50_000);
    }
}
