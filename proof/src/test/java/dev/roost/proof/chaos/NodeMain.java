package dev.roost.proof.chaos;

import dev.roost.cli.settings.Settings;
import dev.roost.cli.wiring.Alerting;
import dev.roost.cli.wiring.Housekeeping;
import dev.roost.cli.wiring.LogFormat;
import dev.roost.cli.wiring.Logging;
import dev.roost.cli.wiring.Roost;
import dev.roost.core.Scheduler;
import dev.roost.server.RoostServer;

/**
 * A process that serves exactly what {@code roost serve} does, by settings from the environment, with a refresh policy for
 * short lives and a clock that the harness turns.
 */
final class NodeMain {
    private NodeMain() {}

    public static void main(String[] args) {
        Logging.to(System.err, "INFO", LogFormat.JSON);
        TurnedClock clock = new TurnedClock();
        Roost roost = Roost.serving(Settings.read(System.getenv()), clock, Scale.policy());
        RoostServer server = roost.listen();
        Alerting alerting = roost.alerting();
        Housekeeping housekeeping = roost.housekeeping();
        housekeeping.start();
        Scheduler scheduler = roost.engine().scheduler();
        scheduler.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            scheduler.close();
            housekeeping.close();
            alerting.close();
            server.close();
            roost.close();
        }));
        Leash.hold(clock);
    }
}
