package dev.roost.server.mcp.accounts;

import dev.roost.core.Account;
import dev.roost.core.ReauthorizationRequiredException;
import dev.roost.core.SignInFlow;
import dev.roost.mcp.catalog.Call;
import dev.roost.mcp.catalog.ToolOutcome;
import dev.roost.server.http.Problem;
import dev.roost.server.http.ProblemException;
import java.time.Duration;
import java.util.Optional;

/**
 * Brings a lost grant back in the middle of a call: asks the person to sign in as the very user of the account, waits, and
 * lets the call go on. What threw {@link ReauthorizationRequiredException} did nothing at X, so it may be done again.
 */
record Reauthorizing(Means means, SignInWait waiting, SignInEnds ends) {
    private static final Duration A_MOMENT = Duration.ofSeconds(5);

    /** Asks; or throws a problem with the address, if the client cannot open it. */
    ToolOutcome ask(ReauthorizationRequiredException lost, Call call) {
        ends.possible();
        Problem problem = Problem.lasting(409, "needs_reauthorization", lost.getMessage());
        Optional<SignInFlow.Started> started = means.reauthorizations().signIn(lost.account());
        if (started.isEmpty()) {
            throw new ProblemException(problem);
        }
        if (!call.client().canOpenUrls()) {
            throw new ProblemException(problem.withReauthorization(started.get().authorizationUrl()));
        }
        return Pending.ask(
                message(lost.account(), call),
                started.get().authorizationUrl(),
                started.get().signIn().id(),
                call);
    }

    /** Returns when the account can be used again, and throws a problem if it cannot. */
    void finish(Pending pending, Account account, Call call) throws InterruptedException {
        switch (Pending.answer(call)) {
            case ACCEPTED -> await(pending, account, call);
            case DECLINED, NONE, MISSING -> throw SignInEnds.declined();
        }
    }

    private void await(Pending pending, Account account, Call call) throws InterruptedException {
        Optional<Account> back =
                waiting.until(pending.signIn(), SignInWait.LONG, call).flatMap(ends::account);
        back.ifPresent(known -> AccountNews.announce(means.changes(), known));
        if (back.isEmpty()) {
            throw new ProblemException(Problem.passing(
                    409,
                    "sign_in_pending",
                    "the person has not finished signing in at X as @"
                            + account.user().username(),
                    A_MOMENT));
        }
    }

    private static String message(Account account, Call call) {
        return call.principal().shown() + " uses the X account @"
                + account.user().username()
                + ", and X wants @" + account.user().username()
                + " to sign in again before this can go on. Open X's page in a browser where you are signed in as @"
                + account.user().username() + ", and agree. Roost keeps the tokens; this program does not get them.";
    }
}
