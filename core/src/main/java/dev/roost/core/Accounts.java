package dev.roost.core;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Finds accounts of one app by any name a person may use. Safe for many threads. */
public final class Accounts {
    private final TokenStore store;
    private final String clientId;
    private final Function<AccountId, Optional<XUser>> memory;

    /** Looks among the accounts of this app. */
    public Accounts(TokenStore store, String clientId) {
        this(store, clientId, id -> Optional.empty());
    }

    /** Looks among the accounts of this app, of which memory knows some without asking the store. */
    Accounts(TokenStore store, String clientId, Function<AccountId, Optional<XUser>> memory) {
        this.store = store;
        this.clientId = clientId;
        this.memory = memory;
    }

    /**
     * Returns the user of this account, if this process remembers a token of it. Asks nobody. The user's id never changes; the
     * name may have.
     */
    public Optional<XUser> userOf(AccountId id) {
        return memory.apply(id);
    }

    /**
     * Returns the account with this name, whatever its state.
     *
     * @param name an account id, a username with or without {@code @}, or an X user id
     * @throws AccountNotFoundException if there is none; the message says how to list them
     */
    public Account find(String name) {
        Optional<Account> found = name.startsWith("@") ? named(name.substring(1)) : byAnyName(name);
        return found.orElseThrow(
                () -> new AccountNotFoundException("no account \"" + name + "\"; see: roost accounts list"));
    }

    /** Returns all accounts of the app in order of id. */
    public List<Account> all(Optional<AccountId> after, int limit) {
        return store.accounts(clientId, after, limit);
    }

    /** Returns the newest entries of an account's journal, newest first. */
    public List<AccountEvent> journal(AccountId id, int limit) {
        return store.events(id, limit);
    }

    private Optional<Account> byAnyName(String name) {
        if (AccountId.isForm(name)) {
            return store.account(new AccountId(name)).filter(a -> a.clientId().equals(clientId));
        }
        boolean digits = !name.isEmpty() && name.chars().allMatch(c -> c >= '0' && c <= '9');
        return (digits ? store.accountOf(clientId, name) : Optional.<Account>empty()).or(() -> named(name));
    }

    private Optional<Account> named(String username) {
        return store.accountsNamed(clientId, username).stream().findFirst();
    }
}
