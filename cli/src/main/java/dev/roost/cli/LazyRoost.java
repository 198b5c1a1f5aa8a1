package dev.roost.cli;

import dev.roost.cli.settings.Settings;
import dev.roost.cli.settings.SettingsException;
import dev.roost.cli.wiring.Roost;
import dev.roost.core.StoreUnavailableException;
import dev.roost.mcp.catalog.Changes;
import dev.roost.server.CannotListenException;
import dev.roost.server.RoostServer;
import dev.roost.server.http.Problem;
import dev.roost.server.http.ProblemException;
import dev.roost.server.mcp.accounts.Means;
import dev.roost.server.mcp.accounts.SignInArrival;
import dev.roost.store.StoreRefusedException;
import java.time.Duration;
import java.util.Optional;

/** A Roost that is opened when somebody needs it: an agent wants its list of tools at once. Safe for many threads. */
final class LazyRoost implements SignInArrival, AutoCloseable {
    private static final Duration AGAIN = Duration.ofSeconds(5);

    private final Settings settings;
    private final Changes changes;
    private Optional<Roost> roost = Optional.empty();
    private Optional<Means.Opened> opened = Optional.empty();
    private Optional<RoostServer> listener = Optional.empty();
    private boolean listens;

    /** @param changes hears, too, of accounts that stand otherwise than before */
    LazyRoost(Settings settings, Changes changes) {
        this.settings = settings;
        this.changes = changes;
    }

    /** @throws ProblemException if it cannot be opened; the next call tries again */
    synchronized Roost get() {
        if (roost.isEmpty()) {
            roost = Optional.of(open());
            roost.get().writeAudit();
            roost.get().changes().listen(changes::announce);
        }
        return roost.get();
    }

    /** Returns what the tools work with. */
    synchronized Means.Opened forAgents() {
        if (opened.isEmpty()) {
            opened = Optional.of(get().forAgents());
        }
        return opened.get();
    }

    @Override
    public synchronized Optional<String> ensure() {
        if (listens) {
            return Optional.empty();
        }
        try {
            listener = CallbackListener.open(get());
            listens = listener.isPresent();
            return Optional.empty();
        } catch (CannotListenException e) {
            return Optional.of("nobody can receive the sign-in: " + e.getMessage());
        }
    }

    /** Closes outside the lock: a tool that ends meanwhile must not wait for that. */
    @Override
    public void close() {
        Optional<RoostServer> server;
        Optional<Roost> open;
        synchronized (this) {
            server = listener;
            open = roost;
        }
        server.ifPresent(RoostServer::close);
        open.ifPresent(Roost::close);
    }

    private Roost open() {
        try {
            return Roost.open(settings);
        } catch (StoreUnavailableException e) {
            throw new ProblemException(
                    Problem.passing(503, "store_unavailable", String.valueOf(e.getMessage()), AGAIN));
        } catch (SettingsException | StoreRefusedException e) {
            throw new ProblemException(Problem.lasting(503, "store_refused", String.valueOf(e.getMessage())));
        }
    }
}
