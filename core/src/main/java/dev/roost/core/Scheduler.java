package dev.roost.core;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

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
    private boolean storeAway;

    /** Drives this keeper's refreshes for one app. */
    public Scheduler(TokenKeeper keeper, SignInFlow signIns, String clientId, World world) {
        this.keeper = keeper;
        this.signIns = signIns;
        this.clientId = clientId;
        this.world = world;
    }

    /** Starts taking turns on a thread of its own. */
    public void start() {
        world.executor().execute(this::run);
    }

    /**
     * Does what is due now: spooled answers, a probe of a rejected app, sign-ins whose user is not known yet, and
     * refreshes.
     *
     * @return the refreshes started
     * @throws StoreUnavailableException if the store is away
     */
    public List<CompletableFuture<RefreshOutcome>> turn() {
        keeper.tidy();
        signIns.resumeInBackground();
        int room = keeper.room();
        if (room == 0) {
            return List.of();
        }
        return keeper.due(clientId, room).stream().map(keeper::refreshIfDue).toList();
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
        while (!closed) {
            boolean busy = safeTurn();
            if (!busy) {
                rest();
            }
        }
    }

    private boolean safeTurn() {
        try {
            List<CompletableFuture<RefreshOutcome>> started = turn();
            storeAway = false;
            return started.stream().anyMatch(Scheduler::hasRefreshed);
        } catch (StoreUnavailableException e) {
            if (!storeAway) {
                LOG.log(System.Logger.Level.ERROR, "nothing is refreshed while the store is away: {0}", e.getMessage());
            }
            storeAway = true;
        } catch (RuntimeException | Error e) {
            LOG.log(System.Logger.Level.ERROR, "a turn of the scheduler failed; the next one follows", e);
        }
        return false;
    }

    private static boolean hasRefreshed(CompletableFuture<RefreshOutcome> flight) {
        return flight.state() == Future.State.SUCCESS && flight.resultNow() instanceof RefreshOutcome.Fresh;
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
