package dev.roost.store;

import dev.roost.core.AccountEvent;
import dev.roost.core.AccountId;
import dev.roost.core.Node;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The table {@code events}: written in the transaction of the change it tells of. */
final class Journal {
    private static final String INSERT = """
            INSERT INTO events (account_id, at, kind, generation, node, detail, spent_fingerprint)
            SELECT id, :at, :kind, :generation, :node, :detail, CAST(:spent AS TEXT) FROM accounts WHERE id = :account
            """;
    private static final String NEWEST = """
            SELECT account_id, at, kind, generation, node, detail FROM events
            WHERE account_id = :account ORDER BY id DESC LIMIT :limit
            """;

    private Journal() {}

    static void write(
            Handle handle,
            AccountId id,
            Instant at,
            AccountEvent.Kind kind,
            long generation,
            Node node,
            String detail) {
        write(handle, new AccountEvent(id, at, kind, generation, node.value(), detail));
    }

    /** @throws IllegalArgumentException if there is no such account */
    static void write(Handle handle, AccountEvent event) {
        write(handle, event, Optional.empty());
    }

    /**
     * Writes an entry that remembers a refresh token.
     *
     * @param spent the fingerprint of the token that was spent for what the entry tells of
     */
    static void write(Handle handle, AccountEvent event, Optional<String> spent) {
        int written = handle.createUpdate(INSERT)
                .bind("account", event.account().value())
                .bind("at", event.at().toEpochMilli())
                .bind("kind", event.kind().name())
                .bind("generation", event.generation())
                .bind("node", event.node())
                .bind("detail", event.detail())
                .bind("spent", spent)
                .execute();
        if (written == 0) {
            throw new IllegalArgumentException(
                    "there is no account " + event.account() + "; an entry needs an account that exists");
        }
        Facts.tell(handle, event);
    }

    static List<AccountEvent> newest(Handle handle, AccountId id, int limit) {
        return handle.createQuery(NEWEST)
                .bind("account", id.value())
                .bind("limit", limit)
                .map((row, _) -> new AccountEvent(
                        new AccountId(row.getString("account_id")),
                        Instant.ofEpochMilli(row.getLong("at")),
                        AccountEvent.Kind.valueOf(row.getString("kind")),
                        row.getLong("generation"),
                        row.getString("node"),
                        row.getString("detail")))
                .list();
    }
}
