package dev.roost.store;

import dev.roost.core.Account;
import dev.roost.core.AccountEvent;
import dev.roost.core.AccountId;
import dev.roost.core.Asked;
import dev.roost.core.IssuedPair;
import dev.roost.core.RotateAnswer;
import dev.roost.core.Rotation;
import dev.roost.core.SignedIn;
import dev.roost.core.overview.Place;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Recording new pairs. Every write names the generation it replaces. */
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
    private static final String REPLACE_PAIR = """
            UPDATE grants SET generation = :next, state = 'active', state_since = :at, scopes = :scopes,
                access_sealed = :access, refresh_sealed = :refresh, key_id = :keyId,
                refresh_fingerprint = :fingerprint, access_expires_at = :expiresAt, rotated_at = :at, due_at = :dueAt,
                lease_owner = NULL, lease_purpose = NULL, lease_until = NULL,
                sends = 0, first_sent_at = NULL, first_node = NULL,
                loss_cause = NULL, loss_sent_at = NULL, loss_node = NULL, failures = 0, failing_since = NULL
            WHERE account_id = :id AND generation = :generation
            """;
    private static final String COPY_NAME =
            "UPDATE grants SET name_key = lower(:username), newness = :newness WHERE account_id = :id";
    /** When the store stands before what was spent, a sign-in after the answer tells that X has killed it. */
    private static final String STANDING = "SELECT g.generation, g.refresh_fingerprint," + Journal.HEAD_COLUMNS + """
            FROM grants g JOIN accounts a ON a.id = g.account_id LEFT JOIN event_heads h ON h.account_id = a.id
            WHERE g.account_id = :id AND g.state <> 'disconnected' AND (g.generation = :spent OR
                (g.generation < :spent AND coalesce(a.issued_at, a.connected_at) <= :at))
            """;

    private final SqlGate gate;
    private final GrantTable table;
    private final Keyset keyset;
    private final Journal journal;

    SqlPairs(SqlGate gate, Keyset keyset, Journal journal) {
        this.gate = gate;
        this.table = new GrantTable(gate);
        this.keyset = keyset;
        this.journal = journal;
    }

    /**
     * Where the pair of a sign-in comes from.
     *
     * @param issuedAt when X issued it
     * @param imported the fingerprint of the token that an import spent for it
     */
    record Origin(Instant issuedAt, Optional<String> imported) {}

    private record Standing(long generation, String fingerprint, Journal.Head head) {}

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
            String sql = found.isPresent() ? REPLACE_PAIR : INSERT_GRANT;
            done = write(
                    handle,
                    sql,
                    id,
                    old,
                    old + 1,
                    signedIn.pair(),
                    signedIn.at(),
                    signedIn.nextRefreshAt(),
                    signedIn.clientId());
        }
        return old + 1;
    }

    RotateAnswer rotate(Rotation rotation) {
        return gate.write(handle -> {
            boolean recorded = record(handle, rotation);
            Optional<GrantRow> row = table.row(handle, rotation.id());
            if (recorded || row.filter(found -> holdsAnswer(found, rotation)).isPresent()) {
                return new RotateAnswer.Recorded(
                        row.flatMap(found -> found.grant(keyset)).orElseThrow());
            }
            row.ifPresent(found -> {
                String detail =
                        "the account is at generation " + found.account().generation();
                journal.write(handle, entry(rotation, AccountEvent.Kind.SUPERSEDED, rotation.spent(), detail));
            });
            return new RotateAnswer.Superseded();
        });
    }

    /** Puts the answer over the pair that was spent for it, or over an older one; false when there is none such. */
    private boolean record(Handle handle, Rotation rotation) {
        Optional<Standing> standing = standing(handle, rotation);
        // What was seen is not locked: if it changes before the write, the write does nothing, and one looks again.
        while (standing.isPresent() && !write(handle, standing.get().generation(), rotation)) {
            standing = standing(handle, rotation);
        }
        standing.ifPresent(old -> {
            String detail = "took " + rotation.took().toMillis() + " ms"
                    + (old.generation() == rotation.spent()
                            ? ""
                            : "; the store stood at generation " + old.generation());
            Entry entry = entry(rotation, AccountEvent.Kind.ROTATED, rotation.spent() + 1, detail);
            Optional<String> spent = replaced(Optional.of(old.fingerprint()), rotation.pair());
            journal.write(
                    handle, spent.isPresent() ? entry.spending(spent) : entry.sending(old.fingerprint()), old.head());
        });
        return standing.isPresent();
    }

    private static Optional<Standing> standing(Handle handle, Rotation rotation) {
        return handle.createQuery(STANDING)
                .bind("id", rotation.id().value())
                .bind("spent", rotation.spent())
                .bind("at", rotation.at().toEpochMilli())
                .map((row, _) -> new Standing(
                        row.getLong("generation"), row.getString("refresh_fingerprint"), Journal.Head.read(row)))
                .findOne();
    }

    private boolean write(Handle handle, long generation, Rotation rotation) {
        return write(
                handle,
                REPLACE_PAIR,
                rotation.id(),
                generation,
                rotation.spent() + 1,
                rotation.pair(),
                rotation.at(),
                rotation.nextRefreshAt(),
                "");
    }

    private boolean holdsAnswer(GrantRow row, Rotation rotation) {
        String fingerprint = fingerprint(rotation.pair());
        return row.account().generation() == rotation.spent() + 1
                && row.pair()
                        .filter(pair -> pair.fingerprint().equals(fingerprint))
                        .isPresent();
    }

    private boolean write(
            Handle handle,
            String sql,
            AccountId id,
            long generation,
            long next,
            IssuedPair pair,
            Instant at,
            Instant dueAt,
            String clientId) {
        SealedPair kept = SealedPair.seal(keyset.current(), id, next, pair.tokens());
        return kept.bindTo(table.update(handle, sql))
                        .bind("id", id.value())
                        .bind("clientId", clientId)
                        .bind("generation", generation)
                        .bind("next", next)
                        .bind("scopes", pair.scopes().toString())
                        .bind("expiresAt", pair.accessExpiresAt().toEpochMilli())
                        .bind("at", at.toEpochMilli())
                        .bind("dueAt", dueAt.toEpochMilli())
                        .execute()
                == 1;
    }

    private String fingerprint(IssuedPair pair) {
        return SealedPair.fingerprint(keyset, pair.tokens().refresh());
    }

    /** A token that X did not replace is not spent. */
    private Optional<String> replaced(Optional<String> sent, IssuedPair pair) {
        return sent.filter(spent -> !spent.equals(fingerprint(pair)));
    }

    private static Entry entry(Rotation rotation, AccountEvent.Kind kind, long generation, String detail) {
        return Entry.of(new AccountEvent(
                        rotation.id(),
                        rotation.at(),
                        kind,
                        generation,
                        rotation.node().value(),
                        detail))
                .asking(Optional.of(Asked.answered(rotation.took())));
    }
}
