package dev.roost.simulator;

import dev.roost.simulator.FaultQueue.Strike;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;

/**
 * The way of every request.
 *
 * <ol>
 *   <li>Read it whole, find its route and the fault that waits for it.
 *   <li>Wait, if the fault says so. Nobody else waits with it.
 *   <li>Act on it under the lock of {@link World}, unless the fault turns it away.
 *   <li>Wait, if the fault says so.
 *   <li>Note the end, then answer as far as the fault lets it.
 * </ol>
 */
final class Front {

    private static final System.Logger LOG = System.getLogger(Front.class.getName());

    private final World world;
    private final Routes routes;
    private final FaultyAnswers faulty;
    private final Envelope envelope;

    Front(World world, Envelope envelope) {
        this.world = world;
        this.routes = new Routes(world);
        this.faulty = new FaultyAnswers(world.clock());
        this.envelope = envelope;
    }

    /**
     * Answers request after request until the client has enough or a fault ends the connection.
     *
     * @throws IOException when the connection breaks
     * @throws InterruptedException when the simulator is closed meanwhile
     */
    void converse(Connection connection) throws IOException, InterruptedException {
        boolean open = true;
        while (open) {
            Optional<Call> call = connection.read();
            open = call.isPresent()
                    && pass(connection, call.get())
                    && call.get().keepsConnection();
        }
    }

    /** Returns whether the connection can go on. */
    private boolean pass(Connection connection, Call call) throws IOException, InterruptedException {
        Routes.Target target = routes.find(call);
        Strike strike = world.faults().take(target.route().endpoint());
        Visit visit = arrive(call, target, strike);
        waitIf(FaultKind.HOLD_BEFORE, FaultKind.STALL_BEFORE, strike);
        Answer answer = strike.kind().isBeforeProcessing() ? turnAway(visit, strike) : act(target.route(), visit);
        waitIf(FaultKind.HOLD, FaultKind.STALL, strike);
        Duration dateOffset = strike.kind() == FaultKind.WRONG_DATE ? strike.time() : Duration.ZERO;
        Answer dressed = envelope.dress(faulty.shape(answer, strike.kind()), dateOffset);
        return deliver(connection, visit, call.keepsConnection() ? dressed : dressed.with("Connection", "close"));
    }

    private Visit arrive(Call call, Routes.Target target, Strike strike) {
        synchronized (world) {
            return world.journal().arrive(target.route().endpoint(), call, target.values(), strike.kind());
        }
    }

    private void waitIf(FaultKind hold, FaultKind stall, Strike strike) throws InterruptedException {
        if (strike.kind() == hold) {
            world.gate().hold();
        } else if (strike.kind() == stall) {
            world.gate().stall(strike.time());
        }
    }

    private Answer turnAway(Visit visit, Strike strike) {
        synchronized (world) {
            visit.conclude(Outcome.FAULT_BEFORE);
            return faulty.instead(strike);
        }
    }

    private Answer act(Route route, Visit visit) {
        synchronized (world) {
            try {
                return route.handler().handle(visit);
            } catch (IllegalArgumentException e) {
                return ControlRoutes.refused(e);
            } catch (RuntimeException e) {
                LOG.log(
                        Level.ERROR,
                        () -> "simulator failed on " + route.method() + " " + route.pattern()
                                + "; it answers 500; this is a bug in the simulator",
                        e);
                return Answer.empty(500);
            }
        }
    }

    private boolean deliver(Connection connection, Visit visit, Answer answer) throws IOException {
        // Noted before the last byte leaves, so that a client which has its answer finds it in the ledger, and a second
        // request sent after the answer never seems to overlap the first.
        synchronized (world) {
            world.journal().end(visit, visit.fault().deliversAnswer());
        }
        try {
            return write(connection, visit.fault(), answer);
        } catch (IOException e) {
            synchronized (world) {
                visit.lost();
            }
            throw e;
        }
    }

    private static boolean write(Connection connection, FaultKind fault, Answer answer) throws IOException {
        return switch (fault) {
            case REFUSE, LOSE_ANSWER -> false;
            case CUT_BODY -> {
                connection.writeHalf(answer);
                yield false;
            }
            default -> {
                connection.write(answer);
                yield true;
            }
        };
    }
}
