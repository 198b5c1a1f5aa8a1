package dev.roost.store;

import dev.roost.core.AccountId;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Proves that the log of an account is as Roost wrote it: every entry from the base to the head is there, at its place and
 * unchanged. It does not see that the newest entries were cut off together with the head, for then the log looks as it did
 * before they were written; a head that was kept elsewhere shows that. Who has database and keyset can forge all of it. Safe
 * for many threads, and while others write.
 */
public final class LogProof {
    private static final int AT_ONCE = 500;
    private static final String ACCOUNTS =
            "SELECT id, username FROM accounts WHERE id > :after ORDER BY id LIMIT :limit";
    private static final String ACCOUNT = "SELECT id, username FROM accounts WHERE id = :id";
    private static final String COUNT = """
            SELECT (SELECT count(*) FROM events WHERE account_id = :account AND sequence <= 0) AS before_chain,
                (SELECT count(*) FROM events WHERE account_id = :account AND sequence IS NULL) AS beside_chain
            """;

    private final SqlGate gate;
    private final ChainKey key;

    LogProof(SqlGate gate, Keyset keyset) {
        this.gate = gate;
        this.key = new ChainKey(keyset);
    }

    /**
     * What was found.
     *
     * @param account whose log
     * @param username whose account
     * @param head the place of the newest entry that was proven; 0 where there is none
     * @param hash its hash, to be kept elsewhere
     * @param base how many entries at the beginning were deleted by age
     * @param before how many stand before the chain, from before version 7 of the tables, and are not proven
     * @param beside how many were written beside the chain by a Roost of an earlier version, and are not proven
     * @param broken where and how the log differs from what Roost wrote; empty when it is proven
     */
    public record Finding(
            AccountId account,
            String username,
            long head,
            String hash,
            long base,
            long before,
            long beside,
            Optional<Break> broken) {}

    /**
     * Where a log differs from what Roost wrote.
     *
     * @param sequence the place
     * @param kind a stable word for programs
     * @param what says it for people
     */
    public record Break(long sequence, Kind kind, String what) {}

    /** How a log can differ. */
    public enum Kind {
        /** What an entry says, or its hash, is not what was written. */
        CHANGED,
        /** An entry is not there. */
        MISSING,
        /** An entry stands at the place of another. */
        MOVED,
        /** The head does not name the newest entry. */
        HEAD,
        /** What says which entries were deleted by age is not what Roost wrote, or entries before it are there. */
        BASE
    }

    /** Proves the log of one account; empty when there is no such account. */
    public Optional<Finding> of(AccountId id) {
        return gate.read(handle -> handle.createQuery(ACCOUNT)
                        .bind("id", id.value())
                        .map((row, _) -> new Named(new AccountId(row.getString("id")), row.getString("username")))
                        .findOne())
                .map(this::prove);
    }

    /** Proves the logs of all accounts of all apps, in order of id. */
    public void all(Consumer<Finding> hear) {
        List<Named> page = page("");
        while (!page.isEmpty()) {
            page.forEach(account -> hear.accept(prove(account)));
            page = page(page.getLast().id().value());
        }
    }

    private record Named(AccountId id, String username) {}

    private List<Named> page(String after) {
        return gate.read(handle -> handle.createQuery(ACCOUNTS)
                .bind("after", after)
                .bind("limit", AT_ONCE)
                .map((row, _) -> new Named(new AccountId(row.getString("id")), row.getString("username")))
                .list());
    }

    private Finding prove(Named account) {
        return gate.read(handle -> {
            ChainWalk walk = ChainWalk.through(handle, key, account.id());
            return handle.createQuery(COUNT)
                    .bind("account", account.id().value())
                    .map((row, _) -> finding(account, walk, row.getLong("before_chain"), row.getLong("beside_chain")))
                    .one();
        });
    }

    private static Finding finding(Named account, ChainWalk walk, long before, long beside) {
        return new Finding(
                account.id(),
                account.username(),
                walk.last(),
                walk.hash(),
                walk.base().sequence(),
                before,
                beside,
                walk.broken());
    }
}
