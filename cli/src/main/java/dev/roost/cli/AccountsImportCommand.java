package dev.roost.cli;

import dev.roost.cli.wiring.Roost;
import dev.roost.core.RefreshToken;
import dev.roost.core.SignInOutcome;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes over a grant that another program has kept so far. */
@Command(
        name = "import",
        description = {
            "Take over an account from another program: its refresh token is read from standard input and spent at once.",
            "That program must stop: X kills the token it holds, and whatever it refreshes after that kills Roost's."
        })
final class AccountsImportCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final Output output = new Output();

    @Option(names = "--expect", paramLabel = "USER", description = "Refuse any X user but this: @username or user id.")
    private Optional<String> expected = Optional.empty();

    @Parameters(hidden = true, arity = "0..*")
    private List<String> arguments = List.of();

    AccountsImportCommand(Session session) {
        this.session = session;
    }

    /** What {@code --json} prints when there was nothing to do. */
    private record Kept(String status, String account, String username) {}

    @Override
    public Integer call() {
        if (!arguments.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.SETTINGS,
                    "token_in_argument",
                    "a refresh token must not be an argument: every user of this machine can see it in the process list,"
                            + " and the shell keeps it in its history. Give it on standard input: roost accounts import <"
                            + " token.txt");
        }
        return session.withRoost(this::takeOver);
    }

    private int takeOver(Roost roost) {
        RefreshToken token = new StandardInput(session.surroundings())
                .secret("Paste the refresh token and press Enter (it is not shown): ")
                .map(RefreshToken::new)
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.SETTINGS,
                        "no_token",
                        "standard input holds no refresh token; give one line: roost accounts import < token.txt"));
        output.remark(
                session.err(),
                Wrap.plain("Whoever held this token before must stop using it: it works once, and that is now."));
        return switch (roost.engine().signInFlow().importGrant(token, expected)) {
            case SignInOutcome.Standing standing -> new SignInReport(session, output, roost).tell(standing.signIn());
            case SignInOutcome.AlreadyUsed used -> new SignInReport(session, output, roost).tell(used.signIn());
            case SignInOutcome.AlreadyKept kept -> {
                String username = kept.account().user().username();
                output.print(
                        session.out(),
                        new Kept("already_kept", kept.account().id().value(), username),
                        "Roost keeps @" + username + " (" + kept.account().id()
                                + ") already, and knows this token. Nothing was spent.");
                yield ExitCode.OK;
            }
            case SignInOutcome.UnknownState none -> throw new IllegalStateException("an import has no state");
        };
    }
}
