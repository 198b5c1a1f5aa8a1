package dev.roost.server.http;

import dev.roost.core.Account;
import dev.roost.core.AccountId;
import dev.roost.core.Accounts;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds the account that a request names. An id that was found once, or of which a token is remembered, is not looked up: an
 * account never moves to another app or X user, so a token can be served from memory while the store is away. Safe for many
 * threads.
 */
final class Directory {
    private static final int MOST = 100_000;

    private final Accounts accounts;
    private final Map<AccountId, Entry> found = new ConcurrentHashMap<>();

    Directory(Accounts accounts) {
        this.accounts = accounts;
    }

    /** What never changes of an account. */
    record Entry(AccountId id, String userId) {}

    /** @throws dev.roost.core.AccountNotFoundException if there is none of this name under the app */
    Entry find(String name) {
        return known(name).orElseGet(() -> lookUp(name));
    }

    /** Returns the account of this name if it was found before; asks nobody. */
    Optional<Entry> known(String name) {
        return AccountId.isForm(name) ? known(new AccountId(name)) : Optional.empty();
    }

    private Optional<Entry> known(AccountId id) {
        return Optional.ofNullable(found.get(id))
                .or(() -> accounts.userOf(id).map(user -> keep(new Entry(id, user.id()))));
    }

    private Entry lookUp(String name) {
        Account account = accounts.find(name);
        return keep(new Entry(account.id(), account.user().id()));
    }

    private Entry keep(Entry entry) {
        if (found.size() >= MOST) {
            found.clear();
        }
        found.put(entry.id(), entry);
        return entry;
    }
}
