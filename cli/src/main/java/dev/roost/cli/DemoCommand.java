package dev.roost.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Will show the whole life of an account against a simulated X. */
@Command(name = "demo", description = "Show the whole life of an account against a simulated X.")
final class DemoCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final Output output = new Output();

    DemoCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        output.remark(session.err(), "Try it by hand meanwhile: roost simulate");
        throw new CommandFailure(ExitCode.UNEXPECTED, "not_built", "the demo is not built yet");
    }
}
