package dev.roost.store;

import dev.roost.core.Account;
import dev.roost.core.AccountEvent;
import dev.roost.core.AccountId;
import dev.roost.core.IssuedPair;
import dev.roost.core.RotateAnswer;
import dev.roost.core.Rotation;
import dev.roost.core.SignedIn;
import dev.roost.core.overview.Place;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Recording the pairs of sign-ins. Every write names the generation it replaces, as in {@link SqlRotations}. */
final class SqlPairs {
    private static final String KEEP_ACCOUNT = """
            INSERT INTO accounts (id, client_id, x_user_id, username, connected_at, issued_at)
            VALUES (:id, :clientId, :xUserId, :username, :at, :issuedAt)
            ON CONFLICT (client_id, x_user_id) DO UPDATE SET username = excluded.username,
                connected_at = excluded.connected_at, issued_at = excluded.issued_at
            """;
    private static final String UNLESS_LATER =
            " WHERE coalesce(accounts.issued_at, accounts.connected_at) <= excluded.issued_at";
    private static final String INSERT_GRANT = """
            INSERT INTO grants (account_id, client_id, generation, state, state_since, scopes, access_sealed,
                refresh_sealed, key_id, refresh_fingerprint, access_expires_at, rotated_at, due_at)
            VALUES (:id, :clientId, 1, 'active', :at, :scopes, :access,
                :refresh, :keyId, :fingerprint, :expiresAt, :at, :dueAt)
            """;
    private static final String COPY_NAME =
            "UPDATE grants SET name_key = lower(:username), newness = :newness WHERE account_id = :id";
    private final SqlGate gate;
    private final GrantTable table;
    private final Keyset keyset;
    private final Journal journal;
    private final SqlRotations rotations;

    SqlPairs(SqlGate gate, Keyset keyset, Journal journal) {
        this.gate = gate;
        this.table = new GrantTable(gate);
        this.keyset = keyset;
        this.journal = journal;
        this.rotations = new SqlRotations(gate, keyset, journal);
    }

    /**
     * Where the pair of a sign-in comes from.
     *
     * @param issuedAt when X issued it
     * @param imported the fingerprint of the token that an import spent for it
     */
    record Origin(Instant issuedAt, Optional<String> imported) {}

    RotateAnswer rotate(Rotation rotation) {
        return rotations.record(rotation);
    }

    Account connect(SignedIn signedIn) {
        Origin origin = new Origin(signedIn.at(), Optional.empty());
        return gate.write(
                handle -> connect(handle, KEEP_ACCOUNT, signedIn, origin).orElseThrow());
    }

    /** Connects within a transaction; empty, and nothing changed, when X has issued a later pair to the same user. */
    Optional<Account> admit(Handle handle, SignedIn signedIn, Origin origin) {
        return connect(handle, KEEP_ACCOUNT + UNLESS_LATER, signedIn, origin);
    }

    private Optional<Account> connect(Handle handle, String keepAccount, SignedIn signedIn, Origin origin) {
        return keepAccount(handle, keepAccount, signedIn, origin).map(id -> {
            AccountEvent event = new AccountEvent(
                    id,
                    signedIn.at(),
                    AccountEvent.Kind.CONNECTED,
                    replace(handle, id, signedIn),
                    signedIn.node().value(),
                    signedIn.how());
            copyName(handle, id, signedIn);
            journal.write(handle, Entry.of(event).spending(replaced(origin.imported(), signedIn.pair())));
            return table.row(handle, id).orElseThrow().account();
        });
    }

    private static Optional<AccountId> keepAccount(Handle handle, String sql, SignedIn signedIn, Origin origin) {
        return handle.createQuery(sql + " RETURNING id")
                .bind("id", signedIn.newId().value())
                .bind("clientId", signedIn.clientId())
                .bind("xUserId", signedIn.user().id())
                .bind("username", signedIn.user().username())
                .bind("at", signedIn.at().toEpochMilli())
                .bind("issuedAt", origin.issuedAt().toEpochMilli())
                .mapTo(String.class)
                .findOne()
                .map(AccountId::new);
    }

    /** Lists of accounts are ordered by columns of one table. */
    private static void copyName(Handle handle, AccountId id, SignedIn signedIn) {
        handle.createUpdate(COPY_NAME)
                .bind("username", signedIn.user().username())
                .bind("newness", Place.newness(signedIn.at()))
                .bind("id", id.value())
                .execute();
    }

    /** Puts the new pair over whatever generation there is, and returns the new one. */
    private long replace(Handle handle, AccountId id, SignedIn signedIn) {
        boolean done = false;
        long old = 0;
        // The row of accounts is locked against other sign-ins, but a rotation may still come first.
        while (!done) {
            Optional<Long> found = handle.createQuery("SELECT generation FROM grants WHERE account_id = :id")
                    .bind("id", id.value())
                    .mapTo(Long.class)
                    .findOne();
            old = found.orElse(0L);
            String sql = found.isPresent() ? NewPair.REPLACE : INSERT_GRANT;
            done = NewPair.of(keyset, signedIn, id, old + 1)
                            .bindTo(table.update(handle, sql))
                            .bind("generation", old)
                            .bind("clientId", signedIn.clientId())
                            .execute()
                    == 1;
        }
        return old + 1;
    }

    private String fingerprint(IssuedPair pair) {
        return SealedPair.fingerprint(keyset, pair.tokens().refresh());
    }

    /** A token that X did not replace is not spent. */
    private Optional<String> replaced(Optional<String> sent, IssuedPair pair) {
        return sent.filter(spent -> !spent.equals(fingerprint(pair)));
    }
}
