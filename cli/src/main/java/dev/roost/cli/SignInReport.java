package dev.roost.cli;

import dev.roost.cli.wiring.Roost;
import dev.roost.core.Account;
import dev.roost.core.SignIn;
import dev.roost.core.SignInStatus;

/** Tells how a sign-in or an import ended. */
record SignInReport(Session session, Output output, Roost roost) {
    /** What {@code --json} prints. */
    private record Connected(String status, String account, String userId, String username, boolean wasConnected) {}

    /** @throws CommandFailure unless the account is connected */
    int tell(SignIn signIn) {
        return switch (signIn.status()) {
            case SignInStatus.Connected done ->
                connected(roost.engine().accounts().find(done.account().value()));
            case SignInStatus.Denied no ->
                throw new CommandFailure(
                        ExitCode.REFUSED,
                        "denied",
                        "access was not granted on X's page. Nothing was changed; to try again: roost connect");
            case SignInStatus.Expired late ->
                throw new CommandFailure(
                        ExitCode.TRY_LATER,
                        "expired",
                        "X's answer came after the sign-in had expired (10 minutes). Start again: roost connect");
            case SignInStatus.Failed failed ->
                throw new CommandFailure(exitCode(failed.code()), failed.code(), failed.message());
            case SignInStatus.Exchanged kept ->
                throw new CommandFailure(
                        ExitCode.TRY_LATER,
                        "not_identified_yet",
                        "X granted access and the grant is safe, but X has not said yet whose account it is. Roost goes on"
                                + " asking while it runs: roost serve");
            case SignInStatus.Pending open -> throw unfinished();
            case SignInStatus.Exchanging open -> throw unfinished();
        };
    }

    private int connected(Account account) {
        boolean before = account.generation() > 1;
        if (before) {
            output.remark(
                    session.err(),
                    Wrap.plain("This account was connected before; its earlier tokens are dead now. Whatever holds them"
                            + " outside Roost has to stop using them."));
        }
        output.print(
                session.out(),
                new Connected(
                        "connected",
                        account.id().value(),
                        account.user().id(),
                        account.user().username(),
                        before),
                "Connected @" + account.user().username() + " (" + account.id() + ")");
        return ExitCode.OK;
    }

    private static CommandFailure unfinished() {
        return new CommandFailure(
                ExitCode.TRY_LATER,
                "unfinished",
                "the sign-in is still being finished. See the result with: roost accounts list");
    }

    private static int exitCode(String code) {
        return switch (code) {
            case "not_sent" -> ExitCode.TRY_LATER;
            case "answer_missing" -> ExitCode.UNKNOWN_OUTCOME;
            case "token_refused" -> ExitCode.NEEDS_SIGN_IN;
            default -> ExitCode.REFUSED;
        };
    }
}
