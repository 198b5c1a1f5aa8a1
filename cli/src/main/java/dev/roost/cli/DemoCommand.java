package dev.roost.cli;

import dev.roost.cli.demo.Demo;
import dev.roost.cli.wiring.Logging;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows the whole life of an account against a simulated X. */
@Command(
        name = "demo",
        description =
                "Show the whole life of an account against a simulated X, on this machine, in a temporary folder.")
final class DemoCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final Output output = new Output();

    @Option(names = "--keep", description = "Leave the simulated X and Roost running until Ctrl-C.")
    private boolean keep;

    DemoCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Logging.to(session.err(), session.environment().getOrDefault("LOG_LEVEL", "OFF"));
        PrintStream story = output.isJson() ? new PrintStream(OutputStream.nullOutputStream()) : session.out();
        return session.with(new Demo(story), this::play);
    }

    private int play(Demo demo) {
        Demo.Summary summary;
        try {
            summary = demo.play();
        } catch (IllegalStateException e) {
            throw new CommandFailure(ExitCode.UNEXPECTED, "demo_failed", String.valueOf(e.getMessage()));
        }
        output.print(session.out(), summary, keep ? running(summary) : next());
        if (keep) {
            UntilEnd.await();
        }
        return ExitCode.OK;
    }

    private static String next() {
        return """

                Run next:
                    roost simulate     X on this machine, to try things by hand
                    roost serve        keep accounts connected
                    roost connect      connect one (README.md shows all three together)""";
    }

    private static String running(Demo.Summary summary) {
        return """

                Both are left running until Ctrl-C:
                    X      %s/_sim (its controls)
                    Roost  %s""".formatted(summary.simulator(), summary.roost());
    }
}
