package dev.roost.cli;

import dev.roost.cli.settings.Settings;
import dev.roost.cli.wiring.Roost;
import dev.roost.server.CannotListenException;
import dev.roost.server.RoostServer;
import java.util.Optional;

/** Listens where X sends people back to. */
final class CallbackListener {
    private CallbackListener() {}

    /**
     * Listens for the callback, unless somebody else does who will put it into the same store.
     *
     * @return the server; empty if somebody else listens
     * @throws CannotListenException if nobody can
     */
    static Optional<RoostServer> open(Roost roost) {
        Settings settings = roost.settings();
        try {
            return Optional.of(roost.listen());
        } catch (CannotListenException e) {
            boolean same = e.isTaken() && OtherRoost.sharesStore(settings, roost.identity());
            if (!same && settings.callsBackHere()) {
                throw e;
            }
            return Optional.empty();
        }
    }
}
