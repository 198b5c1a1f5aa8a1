package dev.roost.proof.chaos;

import dev.roost.proof.Waiting;
import dev.roost.proof.chaos.Act.How;
import dev.roost.proof.chaos.Act.What;
import dev.roost.simulator.Simulator;
import dev.roost.testkit.FaultProxy;
import dev.roost.testkit.FaultProxy.Way;
import dev.roost.testkit.FaultProxy.Weather;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;

/**
 * Does what a plan says, at its times. What has the same target waits for its turn, and at most two nodes are killed or paused
 * at once, as whoever runs a fleet sees to it that one is there.
 */
final class Actor {
    static final String LEFT_OUT = "left out";

    private final Fleet fleet;
    private final ChaosDatabase database;
    private final Simulator x;
    private final Disturbances disturbances;
    private final Tally tally;
    private final Semaphore slots = new Semaphore(Scale.NODES - 1, true);
    private final Semaphore databaseTurn = new Semaphore(1, true);
    private volatile boolean over;

    Actor(Fleet fleet, ChaosDatabase database, Simulator x, Disturbances disturbances, Tally tally) {
        this.fleet = fleet;
        this.database = database;
        this.x = x;
        this.disturbances = disturbances;
        this.tally = tally;
    }

    /**
     * Returns when the plan's time is over and all that was broken by it works again, except clocks. What still waits for its
     * turn then is left out, and counted.
     */
    void perform(Plan plan) {
        long start = System.nanoTime();
        try (ExecutorService each = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Act act : plan.acts()) {
                until(start + act.at().toNanos());
                var _ = each.submit(() -> perform(act.what()));
            }
            until(start + plan.length().toNanos());
            over = true;
        }
    }

    private boolean isTooLate() {
        if (over) {
            tally.count(LEFT_OUT);
        }
        return over;
    }

    /** The plan's own pace. */
    private static void until(long nanoTime) {
        for (long left = nanoTime - System.nanoTime(); left > 0; left = nanoTime - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private void perform(What what) {
        try {
            switch (what) {
                case What.Kill kill -> kill(fleet.nodes().get(kill.node()), kill.away());
                case What.Pause pause -> pause(fleet.nodes().get(pause.node()), pause.length());
                case What.Crash crash -> crash(crash.away());
                case What.Network network -> network(network);
                case What.AtX fault -> {
                    tally.count("X: " + fault.fault().endpoint() + " "
                            + fault.fault().kind());
                    x.queue(fault.fault());
                }
                case What.Clock clock -> {
                    tally.count("clock jumps");
                    fleet.nodes().get(clock.node()).turnClock(clock.offset());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException("chaos itself failed", e);
        } catch (RuntimeException | Error e) {
            tally.count("chaos itself failed");
            tally.note(what + " could not be done: " + e);
            throw e;
        }
    }

    private void kill(FleetNode node, Duration length) throws InterruptedException {
        try (Held _ = hold(slots)) {
            Disturbances.End away;
            try (Held _ = hold(node.turn())) {
                if (isTooLate()) {
                    return;
                }
                tally.count("kills");
                away = disturbances.begin(node.name(), Disturbances.Kind.AWAY);
                Disturbances.End end = disturbances.begin(node.name(), Disturbances.Kind.KILL);
                node.killFor(length);
                end.now();
            }
            // Until it serves again it counts as away; without a database it cannot start.
            Waiting.until("node " + node.name() + " serves again", node::isReady);
            away.now();
        }
    }

    private void pause(FleetNode node, Duration length) throws IOException, InterruptedException {
        try (Held _ = hold(slots);
                Held _ = hold(node.turn())) {
            if (isTooLate()) {
                return;
            }
            boolean isLong = length.compareTo(Scale.LEASE) > 0;
            tally.count(isLong ? "pauses: longer than the lease" : "pauses: short");
            Disturbances.End end = disturbances.begin(node.name(), Disturbances.Kind.PAUSE);
            node.pauseFor(length);
            end.now();
        }
    }

    private void crash(Duration length) throws InterruptedException {
        try (Held _ = hold(databaseTurn)) {
            if (isTooLate()) {
                return;
            }
            tally.count(length.isZero() ? "database: restarts" : "database: outages");
            database.crash();
            LockSupport.parkNanos(length.toNanos());
            database.start();
        }
    }

    private void network(What.Network what) {
        FleetNode node = fleet.nodes().get(what.node());
        FaultProxy proxy = node.line(what.line());
        tally.count("network: " + what.line() + " " + what.how());
        Disturbances.End end =
                switch (what.line()) {
                    case X -> disturbances.begin(node.name(), Disturbances.Kind.LINE_TO_X);
                    case DOOR ->
                        what.how() == How.SLOW
                                ? () -> {}
                                : disturbances.begin(node.name(), Disturbances.Kind.LINE_TO_CALLERS);
                    case DATABASE -> () -> {};
                };
        begin(proxy, what);
        LockSupport.parkNanos(what.length().toNanos());
        proxy.heal();
        end.now();
    }

    private static void begin(FaultProxy proxy, What.Network what) {
        switch (what.how()) {
            case CUT -> proxy.cut();
            case REFUSE -> proxy.refuse(true);
            case STALL, SLOW, HALF_OPEN -> {
                for (Way way : what.way().map(List::of).orElse(List.of(Way.values()))) {
                    proxy.set(way, weather(what.how()));
                }
            }
        }
    }

    private static Weather weather(How how) {
        return switch (how) {
            case STALL -> Weather.STALL;
            case SLOW -> Weather.SLOW;
            case HALF_OPEN -> Weather.SWALLOW;
            case CUT, REFUSE -> Weather.FLOW;
        };
    }

    private static Held hold(Semaphore turn) throws InterruptedException {
        turn.acquire();
        return turn::release;
    }

    private interface Held extends AutoCloseable {
        @Override
        void close();
    }
}
