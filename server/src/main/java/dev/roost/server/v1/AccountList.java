package dev.roost.server.v1;

import dev.roost.core.Account;
import dev.roost.core.AccountId;
import dev.roost.core.Accounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The accounts of the app in order of id. Safe for many threads. */
public final class AccountList {
    private static final int AT_ONCE = 500;

    private final Accounts accounts;

    /** Lists these. */
    public AccountList(Accounts accounts) {
        this.accounts = accounts;
    }

    /** Returns the first so many that are wanted, of those after this one; fewer only if there are no more. */
    public List<Account> first(Optional<AccountId> start, int most, Predicate<Account> wanted) {
        List<Account> found = new ArrayList<>();
        Optional<AccountId> after = start;
        while (true) {
            List<Account> rows = accounts.all(after, AT_ONCE);
            rows.stream().filter(wanted).limit(most - found.size()).forEach(found::add);
            if (rows.size() < AT_ONCE || found.size() == most) {
                return found;
            }
            after = Optional.of(rows.getLast().id());
        }
    }
}
