package dev.roost.cli;

import dev.roost.cli.wiring.Roost;
import dev.roost.core.AccountId;
import dev.roost.store.Quarantine;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lets accounts be refreshed again. */
@Command(name = "release", description = "Let accounts be refreshed again: their refresh tokens are sent when due.")
final class QuarantineReleaseCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final Output output = new Output();

    @Mixin
    private final Consent consent = new Consent();

    @ArgGroup(multiplicity = "1")
    private Choice choice = new Choice();

    QuarantineReleaseCommand(Session session) {
        this.session = session;
    }

    /** One of these. */
    static final class Choice {
        @Parameters(paramLabel = "ACCOUNT", arity = "1..*", description = "Account ids, @usernames, or X user ids.")
        private List<String> accounts = List.of();

        @Option(names = "--not-due", description = "All whose refresh was not due yet when the restore was noticed.")
        private boolean notDue;

        @Option(names = "--all", description = "All of the app; asks first.")
        private boolean all;
    }

    /** What {@code --json} prints. */
    private record View(long released, long quarantined) {}

    @Override
    public Integer call() {
        if (choice.all) {
            consent.checkAskable(output);
        }
        return session.withRoost(this::release);
    }

    private int release(Roost roost) {
        long released = released(roost);
        QuarantineDesk left = QuarantineDesk.of(roost);
        output.print(
                session.out(),
                new View(released, left.held().accounts()),
                Wrap.plain(released + " released: a running roost serve refreshes what is due within a minute. "
                        + left.waiting() + "."));
        return ExitCode.OK;
    }

    private long released(Roost roost) {
        Quarantine quarantine = roost.vault().store().quarantine();
        String clientId = roost.endpoint().clientId();
        if (choice.all) {
            consent.obtain(
                    session,
                    "Release all ("
                            + QuarantineDesk.of(roost).held().accounts()
                            + ")? X may end the grants of those whose refresh token was spent after the backup.");
            return quarantine.releaseAll(clientId);
        }
        if (choice.notDue) {
            return quarantine.releaseNotDue(clientId);
        }
        List<AccountId> ids = choice.accounts.stream()
                .map(name -> roost.engine().accounts().find(name).id())
                .toList();
        return quarantine.release(ids);
    }
}
