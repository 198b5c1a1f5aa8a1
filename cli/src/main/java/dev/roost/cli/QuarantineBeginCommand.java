package dev.roost.cli;

import dev.roost.cli.wiring.Roost;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Puts all accounts into quarantine because a person knows what no file tells. */
@Command(
        name = "begin",
        description = "Say that the database was restored from a backup though nobody noticed: no refresh token is sent"
                + " until you release it. For all apps, on all nodes.")
final class QuarantineBeginCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final Output output = new Output();

    @Mixin
    private final Consent consent = new Consent();

    QuarantineBeginCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        consent.checkAskable(output);
        return session.withRoost(this::begin);
    }

    private int begin(Roost roost) {
        consent.obtain(
                session,
                "Put all accounts of all apps into quarantine? None is refreshed until it is released or signs in again.");
        roost.vault().restores().restored();
        QuarantineDesk desk = QuarantineDesk.of(roost);
        output.print(
                session.out(),
                desk.view(),
                Wrap.plain("From now on " + desk.waiting() + ". What to do next: roost quarantine show"));
        return ExitCode.OK;
    }
}
