package dev.roost.cli;

import dev.roost.cli.settings.Settings;
import dev.roost.cli.wiring.LogFormat;
import dev.roost.cli.wiring.RestoreBeat;
import dev.roost.cli.wiring.Roost;
import dev.roost.cli.wiring.Version;
import dev.roost.server.CannotListenException;
import dev.roost.server.RoostServer;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Keeps the accounts connected until it is told to end. */
@Command(name = "serve", description = "Keep the accounts connected and receive sign-ins, until Ctrl-C or SIGTERM.")
final class ServeCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final Output output = new Output();

    @Option(names = "--print-config", description = "Print every setting with its origin, secrets masked, and end.")
    private boolean printConfig;

    ServeCommand(Session session) {
        this.session = session;
    }

    /**
     * What is printed once everything works.
     *
     * @param url where the server listens
     * @param database which database
     * @param version of Roost
     */
    private record Ready(String url, String database, String version) {}

    @Override
    public Integer call() {
        Settings settings =
                session.settings("INFO", session.surroundings().errIsTerminal() ? LogFormat.TEXT : LogFormat.JSON);
        if (printConfig) {
            SettingsText.print(settings, output, session.out());
            return ExitCode.OK;
        }
        return session.with(Roost.serving(settings), this::serve);
    }

    private int serve(Roost roost) {
        return session.with(
                listener(roost),
                server -> session.with(
                        roost.alerting(),
                        alerting -> session.with(roost.housekeeping(), housekeeping -> {
                            housekeeping.start();
                            return session.with(RestoreBeat.start(roost), beat -> keep(roost, server));
                        })));
    }

    /** What ends the process may kill it soon, so the scheduler ends first: no early refresh begins while the rest ends. */
    private int keep(Roost roost, RoostServer server) {
        return session.with(roost.engine().scheduler(), scheduler -> {
            scheduler.start();
            Ready ready = new Ready(
                    server.uri().toString(), roost.settings().database().label(), Version.text());
            output.print(session.out(), ready, greeting(roost, server));
            UntilEnd.await();
            return ExitCode.OK;
        });
    }

    private static RoostServer listener(Roost roost) {
        try {
            return roost.listen();
        } catch (CannotListenException e) {
            if (e.isTaken() && OtherRoost.sharesStore(roost.settings(), roost.identity())) {
                throw new CommandFailure(
                        ExitCode.SETTINGS,
                        "serves_already",
                        "a roost serve with this store already listens on port "
                                + roost.settings().port() + "; one is enough. A second one for the same store needs"
                                + " another port: PORT=…");
            }
            throw e;
        }
    }

    private static String greeting(Roost roost, RoostServer server) {
        String first = "Roost " + Version.text() + " listens on " + server.uri() + " and keeps its accounts in "
                + roost.settings().database().label() + ".";
        return Wrap.plain(first) + System.lineSeparator() + "Connect an account from another terminal: roost connect";
    }
}
