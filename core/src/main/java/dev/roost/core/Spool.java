package dev.roost.core;

import java.util.List;
import java.util.Set;

/**
 * Where an answer of X rests that the store could not take: sealed, fsynced, on local disk, shared by the processes of
 * one data folder. Safe for many threads.
 */
public interface Spool {
    /**
     * Keeps an answer; when this returns it survives kill -9 and loss of power.
     *
     * @throws StoreUnavailableException when the disk does not take it
     */
    void put(Rotation rotation);

    /** Tells whether an answer for this account rests here. */
    boolean holds(AccountId id);

    /** Returns the accounts of which answers rest here, with one look, whoever put them here. */
    Set<AccountId> accounts();

    /** Returns all that rests here, oldest first. What cannot be opened is left where it is and logged. */
    List<Rotation> entries();

    /** Forgets an answer that the store has taken. */
    void remove(Rotation rotation);
}
