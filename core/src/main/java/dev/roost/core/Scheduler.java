package dev.roost.core;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Refreshes accounts ahead of expiry, for as long as the process lives. A turn costs what is due, not what exists.
 * {@link #turn()} may be called by hand instead of {@link #start()}. Safe for many threads.
 */
public final class Scheduler implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Scheduler.class.getName());
    private static final Duration REST = Duration.ofSeconds(1);

    private final TokenKeeper keeper;
    private final SignInFlow signIns;
    private final String clientId;
    private final World world;
    private volatile CompletableFuture<Boolean> wakeUp = new CompletableFuture<>();
    private volatile boolean closed;
    /** Whether more may have been due than there was room for. */
    private volatile boolean hungry;

    private boolean storeAway;
    private long turnedAt;

    /** Drives this keeper's refreshes for one app. */
    public Scheduler(TokenKeeper keeper, SignInFlow signIns, String clientId, World world) {
        this.keeper = keeper;
        this.signIns = signIns;
        this.clientId = clientId;
        this.world = world;
    }

    /** Starts taking turns on a thread of its own. */
    public void start() {
        keeper.begins();
        world.executor().execute(this::run);
    }

    /**
     * Does what is due now: spooled answers, a probe of a rejected app, sign-ins whose user is not known yet, and
     * refreshes, as many as there is room for. None is begun while answers rest in the spool. Then tokens are read ahead.
     *
     * @return the refreshes started
     * @throws StoreUnavailableException if the store is away
     */
    public List<CompletableFuture<RefreshOutcome>> turn() {
        signIns.resumeInBackground();
        List<CompletableFuture<RefreshOutcome>> begun = refreshDue();
        keeper.readAhead(clientId);
        return begun;
    }

    private List<CompletableFuture<RefreshOutcome>> refreshDue() {
        boolean drained = keeper.tidy();
        int room = drained ? keeper.room() : 0;
        hungry = drained;
        if (room == 0) {
            return List.of();
        }
        Refreshes.Claimed claimed = keeper.refreshDue(clientId, room);
        hungry = claimed.leases() == room;
        for (CompletableFuture<RefreshOutcome> flight : claimed.flights()) {
            var _ = flight.whenComplete((outcome, failure) -> landed());
        }
        return claimed.flights();
    }

    /** There is room again: what is due does not wait for the next second. */
    private void landed() {
        if (hungry && !wakeUp.isDone() && keeper.hasUsefulRoom()) {
            wake();
        }
    }

    /** Takes the next turn now instead of after its rest. */
    public void wake() {
        wakeUp.complete(true);
    }

    /** Takes no further turn. What a turn has started goes on. */
    @Override
    public void close() {
        closed = true;
        wake();
    }

    private void run() {
        turnedAt = world.nanoTime().getAsLong() - REST.toNanos();
        while (!closed) {
            safeTurn();
            rest();
        }
    }

    private void safeTurn() {
        try {
            // The rest is looked after once a second, however often there is room.
            if (world.since(turnedAt).compareTo(REST) >= 0) {
                turnedAt = world.nanoTime().getAsLong();
                var _ = turn();
            } else {
                var _ = refreshDue();
            }
            storeAway = false;
        } catch (StoreUnavailableException e) {
            if (!storeAway) {
                LOG.log(System.Logger.Level.ERROR, "nothing is refreshed while the store is away: {0}", e.getMessage());
            }
            storeAway = true;
        } catch (RuntimeException | Error e) {
            LOG.log(System.Logger.Level.ERROR, "a turn of the scheduler failed; the next one follows", e);
        }
    }

    private void rest() {
        try {
            if (world.sleeper().await(wakeUp, REST)) {
                wakeUp = new CompletableFuture<>();
            }
        } catch (InterruptedException e) {
            closed = true;
            Thread.currentThread().interrupt();
        }
    }
}
