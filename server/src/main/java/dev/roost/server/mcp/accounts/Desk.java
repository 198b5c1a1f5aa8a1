package dev.roost.server.mcp.accounts;

import dev.roost.core.Account;
import dev.roost.core.AccountId;
import dev.roost.core.AccountNotFoundException;
import dev.roost.core.AccountState;
import dev.roost.mcp.catalog.Principal;
import dev.roost.server.http.Problem;
import dev.roost.server.http.ProblemException;
import dev.roost.server.v1.AccountList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Finds the account that a call is about. Who may use some accounts only learns nothing of the others. */
record Desk(Means means) {
    /** An id that no account has: only who may use all accounts, those to come included, covers it. */
    private static final String NOBODY = "acc_00000000000000000000";

    private static final int SHOWN = 5;

    /** Tells whether the principal may use some accounts only. */
    static boolean isLimited(Principal principal) {
        return !principal.covers(NOBODY);
    }

    /** @throws ProblemException if there is no such account, or the principal may not use it, or it is not clear which is meant */
    Account find(Optional<String> name, Principal principal) {
        return name.map(named -> named(named, principal)).orElseGet(() -> onlyOne(principal));
    }

    /** Returns the first so many that the principal may use and that are wanted. */
    List<Account> covered(Optional<AccountId> after, int most, Principal principal, Predicate<Account> wanted) {
        return new AccountList(means.accounts())
                .first(after, most, account -> wanted.test(account) && covers(principal, account));
    }

    /** Returns the account of this name, if there is one that the principal may use. */
    Optional<Account> lookUp(String name, Principal principal) {
        try {
            return Optional.of(means.accounts().find(name)).filter(account -> covers(principal, account));
        } catch (AccountNotFoundException e) {
            return Optional.empty();
        }
    }

    static ProblemException notCovered(String detail) {
        return new ProblemException(Problem.lasting(403, "account_not_covered", detail));
    }

    private Account named(String name, Principal principal) {
        Optional<Account> found = lookUp(name, principal);
        if (found.isEmpty() && isLimited(principal)) {
            throw notCovered("the caller may not use this account");
        }
        return found.orElseThrow(() -> unknown(name));
    }

    private Account onlyOne(Principal principal) {
        List<Account> found = covered(
                Optional.empty(),
                SHOWN + 1,
                principal,
                account -> !(account.state() instanceof AccountState.Disconnected));
        if (found.size() == 1) {
            return found.getFirst();
        }
        throw new ProblemException(Problem.lasting(400, "account_missing", which(found)));
    }

    private static String which(List<Account> found) {
        if (found.isEmpty()) {
            return "\"account\" is missing, and no account is connected that the caller may use";
        }
        String names = found.stream()
                .limit(SHOWN)
                .map(account -> "@" + account.user().username())
                .collect(Collectors.joining(", "));
        return "\"account\" is missing, and there are several; allowed: " + names
                + (found.size() > SHOWN ? " and more" : "");
    }

    private static boolean covers(Principal principal, Account account) {
        return principal.covers(account.id().value());
    }

    /** Somebody may have put a token where a name belongs, so only what can be a name is repeated. */
    private static ProblemException unknown(String name) {
        boolean plausible = name.matches("acc_[0-9a-f]{20}|@?[A-Za-z0-9_]{1,15}|[0-9]{1,19}");
        return new ProblemException(Problem.lasting(
                404,
                "account_not_found",
                "there is no account " + (plausible ? name : "of this name")
                        + "; allowed: the id (acc_…), @username or X user id of a connected account"));
    }
}
