package dev.roost.server.http;

import dev.roost.core.AccountId;
import dev.roost.core.Accounts;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds the account that a request names. An id that was found once is not looked up again: an account never moves to
 * another app, so a token can be served from memory while the store is away. Safe for many threads.
 */
final class Directory {
    private static final int MOST = 100_000;

    private final Accounts accounts;
    private final Set<AccountId> found = ConcurrentHashMap.newKeySet();

    Directory(Accounts accounts) {
        this.accounts = accounts;
    }

    /** @throws dev.roost.core.AccountNotFoundException if there is none of this name under the app */
    AccountId find(String name) {
        if (AccountId.isForm(name)) {
            AccountId id = new AccountId(name);
            if (found.contains(id)) {
                return id;
            }
        }
        AccountId id = accounts.find(name).id();
        if (found.size() >= MOST) {
            found.clear();
        }
        found.add(id);
        return id;
    }
}
