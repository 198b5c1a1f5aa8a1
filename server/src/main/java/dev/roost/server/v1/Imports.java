package dev.roost.server.v1;

import dev.roost.core.Account;
import dev.roost.core.AccountState;
import dev.roost.core.RefreshToken;
import dev.roost.core.SignIn;
import dev.roost.core.SignInOrigin;
import dev.roost.core.SignInOutcome;
import dev.roost.core.SignInStatus;
import dev.roost.server.http.Call;
import dev.roost.server.http.Members;
import dev.roost.server.http.Parameters;
import dev.roost.server.http.Problem;
import dev.roost.server.http.ProblemException;
import dev.roost.server.http.Reply;
import java.time.Duration;
import java.util.Optional;

/** Takes over a grant that another program has kept so far, by spending its refresh token. */
record Imports(Setup setup) {
    private static final int LONGEST_TOKEN = 4000;
    private static final Duration A_WHILE = Duration.ofSeconds(10);

    private record WaitingJson(String connectionId, String status) {}

    Reply answer(Call call) {
        Coverage.requireAll(call.caller(), "adds one");
        Parameters.of(call);
        Members members = Members.of(call.json(), "refreshToken", "accessToken", "expectedUser");
        RefreshToken token = members.text("refreshToken", LONGEST_TOKEN)
                .map(RefreshToken::of)
                .orElseThrow(
                        () -> ProblemException.invalid("\"refreshToken\" is missing; allowed: a refresh token of X"));
        // Checked and not used: the import spends the refresh token, and with that the access token dies.
        var _ = members.text("accessToken", LONGEST_TOKEN);
        Optional<String> expected = members.text("expectedUser", Coverage.USER, Coverage.USER_ALLOWED);
        SignInOrigin origin = SignInOrigin.of(call.caller().name());
        return switch (setup.engine().signInFlow().importGrant(token, expected, origin)) {
            case SignInOutcome.AlreadyKept kept -> json(200, checked(kept.account(), expected));
            case SignInOutcome.Standing standing -> standing(standing.signIn(), expected);
            case SignInOutcome.AlreadyUsed used ->
                throw new ProblemException(Problem.passing(
                        409,
                        "import_under_way",
                        "another import is spending this token; see what came of it",
                        A_WHILE));
            case SignInOutcome.UnknownState none -> throw new IllegalStateException("an import has no state");
        };
    }

    private Reply standing(SignIn signIn, Optional<String> expected) {
        return switch (signIn.status()) {
            case SignInStatus.Connected done ->
                json(201, checked(setup.engine().accounts().find(done.account().value()), expected));
            case SignInStatus.Failed failed -> throw new ProblemException(problem(failed));
            case SignInStatus.Exchanged kept -> waiting(signIn);
            case SignInStatus.Exchanging open -> waiting(signIn);
            case SignInStatus.Pending open -> throw notAnImport();
            case SignInStatus.Denied no -> throw notAnImport();
            case SignInStatus.Expired late -> throw notAnImport();
        };
    }

    /** The token may have been known already, or brought by another call at the same moment that expected nobody. */
    private static Account checked(Account account, Optional<String> expected) {
        if (expected.filter(user -> !isUser(account, user)).isPresent()) {
            throw new ProblemException(Problem.lasting(
                    409,
                    "wrong_user",
                    "this refresh token is that of @" + account.user().username()));
        }
        if (account.state() instanceof AccountState.Disconnected) {
            throw new ProblemException(Problem.lasting(
                    422,
                    "token_spent",
                    "Roost has spent this refresh token for account " + account.id()
                            + ", which was disconnected since; the user must sign in again"));
        }
        return account;
    }

    private static boolean isUser(Account account, String name) {
        String username = name.startsWith("@") ? name.substring(1) : name;
        return account.user().id().equals(name) || account.user().username().equalsIgnoreCase(username);
    }

    private static Reply json(int status, Account account) {
        return Reply.json(status, AccountJson.of(account)).with("Location", "/v1/accounts/" + account.id());
    }

    /** The token is spent and the new pair is kept; X has not said yet whose it is. */
    private static Reply waiting(SignIn signIn) {
        return Reply.json(202, new WaitingJson(signIn.id(), "pending")).with("Location", Connections.path(signIn));
    }

    private static Problem problem(SignInStatus.Failed failed) {
        return switch (failed.code()) {
            case "not_sent" -> Problem.passing(503, failed.code(), failed.message(), A_WHILE);
            case "answer_missing" -> Problem.passing(502, failed.code(), failed.message(), A_WHILE);
            case "app_rejected" -> Problem.lasting(502, failed.code(), failed.message());
            case "wrong_user", "superseded" -> Problem.lasting(409, failed.code(), failed.message());
            default -> Problem.lasting(422, failed.code(), failed.message());
        };
    }

    private static IllegalStateException notAnImport() {
        return new IllegalStateException("an import ended as only a sign-in can");
    }
}
