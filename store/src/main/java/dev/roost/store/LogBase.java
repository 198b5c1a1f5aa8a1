package dev.roost.store;

import dev.roost.core.AccountId;
import org.jdbi.v3.core.Handle;

/**
 * Where the chain of an account begins: after the last entry that was deleted, or at the very start.
 *
 * @param sequence the place of that entry; 0 at the start
 * @param hash its hash
 * @param seal proves that Roost wrote this
 */
record LogBase(long sequence, String hash, String seal) {
    static final LogBase START = new LogBase(0, ChainKey.START, "");

    private static final String MOVE = """
            INSERT INTO event_bases (account_id, sequence, hash, seal) VALUES (:account, :sequence, :hash, :seal)
            ON CONFLICT (account_id) DO UPDATE SET sequence = excluded.sequence, hash = excluded.hash, seal = excluded.seal
                WHERE event_bases.sequence = :seen
            """;

    static LogBase of(Handle handle, AccountId account) {
        return handle.createQuery("SELECT sequence, hash, seal FROM event_bases WHERE account_id = :account")
                .bind("account", account.value())
                .map((row, _) -> new LogBase(row.getLong("sequence"), row.getString("hash"), row.getString("seal")))
                .findOne()
                .orElse(START);
    }

    boolean isGenuine(ChainKey key, AccountId account) {
        return equals(START) || seal.equals(key.seal(account.value(), sequence, hash));
    }

    /** Moves it to an entry that is about to be deleted; false when another process has moved it meanwhile. */
    boolean moveTo(Handle handle, ChainKey key, EntryRow last) {
        AccountId account = last.entry().event().account();
        return handle.createUpdate(MOVE)
                        .bind("account", account.value())
                        .bind("sequence", last.sequence())
                        .bind("hash", last.hash())
                        .bind("seal", key.seal(account.value(), last.sequence(), last.hash()))
                        .bind("seen", sequence)
                        .execute()
                == 1;
    }
}
