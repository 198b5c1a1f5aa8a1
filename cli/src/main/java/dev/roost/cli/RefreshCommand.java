package dev.roost.cli;

import dev.roost.cli.wiring.Roost;
import dev.roost.core.Account;
import dev.roost.core.ReauthorizationRequiredException;
import dev.roost.core.RefreshOutcome;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Refreshes an account now. */
@Command(name = "refresh", description = "Refresh an account now, due or not.")
final class RefreshCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final Output output = new Output();

    @Mixin
    private final AccountName name = new AccountName();

    RefreshCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.withRoost(this::refresh);
    }

    private int refresh(Roost roost) {
        Account account = roost.engine().accounts().find(name.text());
        return switch (roost.engine().keeper().refreshNow(account.id())) {
            case RefreshOutcome.Fresh fresh -> told(fresh.grant().account());
            case RefreshOutcome.Kept kept -> throw kept(kept);
            case RefreshOutcome.Lost lost -> throw new ReauthorizationRequiredException(lost.account(), lost.cause());
            case RefreshOutcome.Absent absent ->
                throw new CommandFailure(
                        ExitCode.NOT_FOUND,
                        "account_not_found",
                        "account " + absent.id() + " is disconnected; to take it back: roost connect");
        };
    }

    private int told(Account account) {
        output.print(
                session.out(),
                AccountView.of(account),
                "Refreshed @" + account.user().username() + ": generation " + account.generation()
                        + ", access token valid until " + Times.exact(account.accessExpiresAt()));
        return ExitCode.OK;
    }

    private static CommandFailure kept(RefreshOutcome.Kept kept) {
        int exitCode =
                switch (kept.reason()) {
                    case ANSWER_MISSING -> ExitCode.UNKNOWN_OUTCOME;
                    case APP_REJECTED -> ExitCode.REFUSED;
                    case QUARANTINED -> ExitCode.SETTINGS;
                    case STOPPING, THROTTLED, NOT_SENT, STORE_UNAVAILABLE, BUSY, REJECTED_AGAIN -> ExitCode.TRY_LATER;
                };
        String code = kept.reason().name().toLowerCase(Locale.ROOT);
        return new CommandFailure(
                exitCode,
                code,
                "no new token: " + kept.detail() + ". The grant is kept; try again at " + Times.exact(kept.retryAt()));
    }
}
