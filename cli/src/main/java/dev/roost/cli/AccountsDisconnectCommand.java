package dev.roost.cli;

import dev.roost.cli.wiring.Roost;
import dev.roost.core.Account;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Takes an account out of Roost. */
@Command(name = "disconnect", description = "Revoke an account's tokens at X and delete them here.")
final class AccountsDisconnectCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final Output output = new Output();

    @Mixin
    private final AccountName name = new AccountName();

    @Mixin
    private final Consent consent = new Consent();

    AccountsDisconnectCommand(Session session) {
        this.session = session;
    }

    /** What {@code --json} prints. */
    private record View(String status, String account, String username, boolean revokedAtX, Optional<String> warning) {}

    @Override
    public Integer call() {
        consent.checkAskable(output);
        return session.withRoost(this::disconnect);
    }

    private int disconnect(Roost roost) {
        Account account = roost.engine().accounts().find(name.text());
        String who = "@" + account.user().username() + " (" + account.id() + ")";
        consent.obtain(session, "Disconnect " + who + "? Only a new sign-in brings it back.");
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
