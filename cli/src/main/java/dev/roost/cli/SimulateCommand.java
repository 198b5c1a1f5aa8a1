package dev.roost.cli;

import dev.roost.cli.settings.Settings;
import dev.roost.simulator.Simulator;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs a stand-in for X. */
@Command(name = "simulate", description = "Run a stand-in for X on this machine, until Ctrl-C.")
final class SimulateCommand implements Callable<Integer> {
    private static final String USUAL_CALLBACK = "http://127.0.0.1:3001" + Settings.CALLBACK_PATH;

    private final Session session;

    @Mixin
    private final Output output = new Output();

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "3002",
            description = "Where to listen (default: ${DEFAULT-VALUE}; 0 takes a free one).")
    private int port;

    SimulateCommand(Session session) {
        this.session = session;
    }

    /** What {@code --json} prints. */
    private record View(String url, String authorizeUrl, String controls, Map<String, String> environment) {}

    @Override
    public Integer call() {
        return session.with(start(), simulator -> {
            String callback = session.settings().callbackUrl().toString();
            if (callback.equals(USUAL_CALLBACK)) {
                simulator.addDefaults();
            } else {
                simulator.addApp("demo-client", null, USUAL_CALLBACK, callback);
                simulator.addApp("demo-confidential", "demo-secret", USUAL_CALLBACK, callback);
                simulator.addUser("1001", "ada");
                simulator.addUser("1002", "grace");
            }
            Map<String, String> environment = environment(simulator);
            String controls = simulator.uri() + "/_sim";
            output.print(
                    session.out(),
                    new View(
                            simulator.uri().toString(), simulator.authorizeUri().toString(), controls, environment),
                    text(simulator, environment, controls));
            UntilEnd.await();
            return ExitCode.OK;
        });
    }

    private Simulator start() {
        try {
            return Simulator.start(port);
        } catch (IllegalArgumentException | UncheckedIOException e) {
            throw new CommandFailure(ExitCode.SETTINGS, "cannot_listen", String.valueOf(e.getMessage()));
        }
    }

    private static Map<String, String> environment(Simulator simulator) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("ROOST_X_API_URL", simulator.uri().toString());
        environment.put("ROOST_X_AUTHORIZE_URL", simulator.authorizeUri().toString());
        environment.put("TWITTER_CLIENT_ID", "demo-client");
        return environment;
    }

    private static String text(Simulator simulator, Map<String, String> environment, String controls) {
        StringBuilder text = new StringBuilder("A stand-in for X listens on " + simulator.uri());
        text.append("%nIts controls: %s".formatted(controls));
        text.append("%nIts users are @ada and @grace. To use it, paste this into another terminal:%n".formatted());
        environment.forEach((name, value) -> text.append("%nexport %s=%s".formatted(name, value)));
        return text.append("%n%nthen: roost serve, or: roost connect".formatted())
                .toString();
    }
}
