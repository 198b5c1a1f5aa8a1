package dev.roost.core.journal;

import dev.roost.core.AccountId;
import java.util.List;
import java.util.OptionalLong;

/**
 * The logs of the accounts, as they are kept. Every method throws {@link dev.roost.core.StoreUnavailableException} when the store
 * cannot answer. Safe for many threads.
 */
public interface EventLog {
    /**
     * Returns entries of an account, the newest first; none where there is no such account.
     *
     * @param before only those whose {@link LoggedEvent#sequence} is smaller; empty: from the newest on
     */
    List<LoggedEvent> newest(AccountId account, OptionalLong before, int limit);

    /**
     * Returns a number that changes with every entry of any account, by any process; a cheap way to see that something
     * happened. Deleting old entries may change it too.
     */
    long position();
}
