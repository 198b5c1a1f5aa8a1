package dev.roost.core;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Reads tokens before callers ask for them, so that this process can serve them while the store is away: some at its start,
 * and from then on those that other processes have replaced, of accounts that callers asked for lately. Safe for many threads.
 */
final class ReadAhead {
    /** How many accounts are read at the start. */
    static final int AT_START = 10_000;

    private static final int BATCH = 500;
    private static final int BATCHES_A_TURN = 10;

    private final TokenStore store;
    private final TokenMemory memory;
    private final Set<AccountId> replaced = ConcurrentHashMap.newKeySet();
    private Optional<AccountId> lastRead = Optional.empty();
    private int leftAtStart = AT_START;

    ReadAhead(TokenStore store, TokenMemory memory) {
        this.store = store;
        this.memory = memory;
    }

    /** Notes that an account has another token than the one that is remembered. */
    void replaced(AccountId id) {
        replaced.add(id);
    }

    /**
     * Reads what is noted, and at the start a part of the accounts of this app.
     *
     * @throws StoreUnavailableException if the store is away; what is noted is read in a later turn
     */
    synchronized void turn(String clientId) {
        if (leftAtStart > 0) {
            readAtStart(clientId);
        }
        for (int i = 0; i < BATCHES_A_TURN && !replaced.isEmpty(); i++) {
            readReplaced();
        }
    }

    private void readAtStart(String clientId) {
        int left = leftAtStart;
        // Whatever else fails would fail again each second.
        leftAtStart = 0;
        try {
            List<Account> accounts = store.accounts(clientId, lastRead, BATCH);
            Set<AccountId> ids = accounts.stream().map(Account::id).collect(Collectors.toSet());
            // As if callers had asked for them: what others replace of these is read too.
            store.grants(ids).forEach(grant -> memory.keep(AccessGrant.of(grant)));
            if (accounts.size() == BATCH) {
                lastRead = Optional.of(accounts.getLast().id());
                leftAtStart = left - BATCH;
            }
        } catch (StoreUnavailableException e) {
            leftAtStart = left;
            throw e;
        }
    }

    private void readReplaced() {
        Set<AccountId> batch = replaced.stream().limit(BATCH).collect(Collectors.toSet());
        // Before they are read: news that comes meanwhile is of the next pair.
        replaced.removeAll(batch);
        try {
            store.grants(batch).forEach(grant -> memory.renew(AccessGrant.of(grant)));
        } catch (StoreUnavailableException e) {
            replaced.addAll(batch);
            throw e;
        }
    }
}
