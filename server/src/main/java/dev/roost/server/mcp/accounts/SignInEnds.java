package dev.roost.server.mcp.accounts;

import dev.roost.core.Account;
import dev.roost.core.SignIn;
import dev.roost.core.SignInStatus;
import dev.roost.server.http.Problem;
import dev.roost.server.http.ProblemException;
import java.time.Instant;
import java.util.Optional;

/** What became of a sign-in that was waited for. */
record SignInEnds(Means means) {
    /**
     * Returns the account if there is one now; empty while the sign-in is open.
     *
     * @throws ProblemException if nothing came of it
     */
    Optional<Account> account(SignIn signIn) {
        return switch (signIn.status()) {
            case SignInStatus.Connected done ->
                Optional.of(means.accounts().find(done.account().value()));
            case SignInStatus.Denied no ->
                throw problem("sign_in_denied", "the person said no on X's page; nothing was changed");
            case SignInStatus.Expired late -> throw expired();
            case SignInStatus.Failed failed -> throw problem(failed.code(), failed.message());
            case SignInStatus.Pending open when isOver(signIn) -> throw expired();
            case SignInStatus.Pending open -> Optional.empty();
            case SignInStatus.Exchanging open -> Optional.empty();
            case SignInStatus.Exchanged open -> Optional.empty();
        };
    }

    /** @throws ProblemException if X's answer could not be received */
    void possible() {
        means.arrival().ensure().ifPresent(why -> {
            throw new ProblemException(Problem.lasting(503, "nobody_listens", why));
        });
    }

    private boolean isOver(SignIn signIn) {
        Instant now = means.clock().instant();
        return !signIn.expiresAt().isAfter(now);
    }

    private static ProblemException expired() {
        return problem("sign_in_expired", "nobody came back from X in time; nothing was changed");
    }

    static ProblemException declined() {
        return problem(
                "sign_in_declined", "the person did not agree to open the page; nothing was changed, nothing revoked");
    }

    private static ProblemException problem(String code, String detail) {
        return new ProblemException(Problem.lasting(409, code, detail));
    }
}
