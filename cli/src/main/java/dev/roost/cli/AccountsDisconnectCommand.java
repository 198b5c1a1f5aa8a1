package dev.roost.cli;

import dev.roost.cli.wiring.Roost;
import dev.roost.core.Account;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Takes an account out of Roost. */
@Command(name = "disconnect", description = "Revoke an account's tokens at X and delete them here.")
final class AccountsDisconnectCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final Output output = new Output();

    @Mixin
    private final AccountName name = new AccountName();

    @Option(names = "--yes", description = "Do not ask first.")
    private boolean yes;

    AccountsDisconnectCommand(Session session) {
        this.session = session;
    }

    /** What {@code --json} prints. */
    private record View(String status, String account, String username, boolean revokedAtX, Optional<String> warning) {}

    @Override
    public Integer call() {
        if (output.isJson() && !yes) {
            throw new CommandFailure(ExitCode.SETTINGS, "usage", "--json asks nobody, so it needs --yes");
        }
        return session.withRoost(this::disconnect);
    }

    private int disconnect(Roost roost) {
        Account account = roost.engine().accounts().find(name.text());
        String who = "@" + account.user().username() + " (" + account.id() + ")";
        if (!yes
                && !new StandardInput(session.surroundings())
                        .agrees("Disconnect " + who + "? Only a new sign-in brings it back.")) {
            throw new CommandFailure(ExitCode.SETTINGS, "not_confirmed", "nothing was changed");
        }
        Optional<String> warning = roost.engine().disconnector().disconnect(account.id());
        output.print(
                session.out(),
                new View("disconnected", account.id().value(), account.user().username(), warning.isEmpty(), warning),
                "Disconnected " + who + ": "
                        + (warning.isEmpty()
                                ? "its tokens are revoked at X and deleted here."
                                : "its tokens are deleted here."));
        warning.ifPresent(text -> output.remark(session.err(), Wrap.plain("Warning: " + text)));
        return ExitCode.OK;
    }
}
