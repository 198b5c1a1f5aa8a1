package dev.roost.server.v1;

import dev.roost.core.Account;
import dev.roost.core.AccountNotFoundException;
import dev.roost.core.Accounts;
import dev.roost.server.http.Caller;
import dev.roost.server.http.Problem;
import dev.roost.server.http.ProblemException;
import java.util.Optional;

/** What a key for some accounts may do where the path names none. */
final class Coverage {
    /** An X user as a program may name one. */
    static final String USER = "@?[A-Za-z0-9_]{1,15}|[0-9]{1,19}";

    static final String USER_ALLOWED = "an X user id (digits) or @username (1 to 15 letters, digits or _)";

    private Coverage() {}

    /** Refuses a key for some accounts. */
    static void requireAll(Caller caller, String deed) {
        if (caller.isLimited()) {
            throw refused("this API key is for some accounts only, and this call " + deed);
        }
    }

    /**
     * Returns the user whom a sign-in must bring. A key for some accounts must name one of them, and then it is the X user
     * id that counts: a username may pass to somebody else.
     */
    static Optional<String> expected(Caller caller, Accounts accounts, Optional<String> named) {
        if (!caller.isLimited()) {
            return named;
        }
        return Optional.of(named.flatMap(name -> find(accounts, name))
                .filter(account -> caller.covers(account.id()))
                .orElseThrow(
                        () -> refused("this API key is for some accounts only; name one of them as \"expectedUser\""))
                .user()
                .id());
    }

    private static Optional<Account> find(Accounts accounts, String name) {
        try {
            return Optional.of(accounts.find(name));
        } catch (AccountNotFoundException e) {
            return Optional.empty();
        }
    }

    private static ProblemException refused(String detail) {
        return new ProblemException(Problem.lasting(403, "account_not_covered", detail));
    }
}
