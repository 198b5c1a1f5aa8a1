package dev.roost.cli;

import dev.roost.cli.settings.Settings;
import dev.roost.cli.wiring.Roost;
import dev.roost.core.SignIn;
import dev.roost.core.SignInFlow;
import dev.roost.server.RoostServer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Takes an account through X's consent. */
@Command(
        name = "connect",
        description = {
            "Connect an X account: open the printed address in a browser where you are signed in to X, and consent.",
            "Receives X's answer itself, or leaves that to a running 'roost serve' with the same store."
        })
final class ConnectCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final Output output = new Output();

    @Option(names = "--expect", paramLabel = "USER", description = "Refuse any X user but this: @username or user id.")
    private Optional<String> expected = Optional.empty();

    @Option(names = "--no-browser", description = "Do not open a browser.")
    private boolean noBrowser;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "600",
            description = "How long to wait for the consent (default: ${DEFAULT-VALUE}; at most 600).")
    private long seconds;

    ConnectCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (seconds < 1 || seconds > 600) {
            throw new CommandFailure(
                    ExitCode.SETTINGS, "usage", "--timeout is " + seconds + "; allowed: 1 to 600 seconds");
        }
        return session.withRoost(this::connect);
    }

    private int connect(Roost roost) {
        Optional<RoostServer> own = CallbackListener.open(roost);
        return own.map(server -> session.with(server, ours -> consent(roost, true)))
                .orElseGet(() -> consent(roost, false));
    }

    private int consent(Roost roost, boolean own) {
        Settings settings = roost.settings();
        SignInFlow.Started started =
                roost.engine().signInFlow().start(settings.callbackUrl(), settings.scopes(), expected);
        output.remark(session.err(), "Open this address in a browser that is signed in to X, and consent:");
        output.remark(session.err(), "");
        // The address is a result: a script may take it from standard output.
        String url = started.authorizationUrl().toString();
        output.print(session.out(), new Waiting("waiting", started.signIn().id(), url), url);
        boolean opened = !noBrowser && session.surroundings().browser().open(started.authorizationUrl());
        String waiting = (opened ? "A browser has been opened. " : "") + "Waiting for X's answer"
                + (own ? "" : " to reach the running server") + " at " + settings.callbackUrl() + " ...";
        output.remark(session.err(), System.lineSeparator() + Wrap.plain(waiting));
        SignIn ended = new SignInWait(roost, Duration.ofSeconds(seconds), own)
                .until(started.signIn().id());
        return new SignInReport(session, output, roost).tell(ended);
    }

    /** The first of the two documents that {@code --json} prints, a line each. */
    private record Waiting(String status, String signIn, String authorizationUrl) {}
}
