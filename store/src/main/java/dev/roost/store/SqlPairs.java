package dev.roost.store;

import dev.roost.core.Account;
import dev.roost.core.AccountEvent;
import dev.roost.core.AccountId;
import dev.roost.core.IssuedPair;
import dev.roost.core.RotateAnswer;
import dev.roost.core.Rotation;
import dev.roost.core.SignedIn;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Recording new pairs. Every write names the generation it replaces. */
final class SqlPairs {
    private static final String KEEP_ACCOUNT = """
            INSERT INTO accounts (id, client_id, x_user_id, username, connected_at)
            VALUES (:id, :clientId, :xUserId, :username, :at)
            ON CONFLICT (client_id, x_user_id)
                DO UPDATE SET username = excluded.username, connected_at = excluded.connected_at
            RETURNING id
            """;
    private static final String INSERT_GRANT = """
            INSERT INTO grants (account_id, client_id, generation, state, state_since, scopes, access_sealed,
                refresh_sealed, key_id, refresh_fingerprint, access_expires_at, rotated_at, due_at)
            VALUES (:id, :clientId, 1, 'active', :at, :scopes, :access,
                :refresh, :keyId, :fingerprint, :expiresAt, :at, :dueAt)
            """;
    private static final String REPLACE_PAIR = """
            UPDATE grants SET generation = generation + 1, state = 'active', state_since = :at, scopes = :scopes,
                access_sealed = :access, refresh_sealed = :refresh, key_id = :keyId,
                refresh_fingerprint = :fingerprint, access_expires_at = :expiresAt, rotated_at = :at, due_at = :dueAt,
                lease_owner = NULL, lease_purpose = NULL, lease_until = NULL,
                sends = 0, first_sent_at = NULL, first_node = NULL,
                loss_cause = NULL, loss_sent_at = NULL, loss_node = NULL
            WHERE account_id = :id AND generation = :generation
            """;
    private static final String LIVING = " AND state <> 'disconnected'";

    private final SqlGate gate;
    private final GrantTable table;
    private final Keyset keyset;

    SqlPairs(SqlGate gate, Keyset keyset) {
        this.gate = gate;
        this.table = new GrantTable(gate);
        this.keyset = keyset;
    }

    Account connect(SignedIn signedIn) {
        return gate.write(handle -> {
            AccountId id = keepAccount(handle, signedIn);
            long generation = replace(handle, id, signedIn);
            Journal.write(
                    handle,
                    id,
                    signedIn.at(),
                    AccountEvent.Kind.CONNECTED,
                    generation,
                    signedIn.node(),
                    signedIn.how());
            return table.row(handle, id).orElseThrow().account();
        });
    }

    private AccountId keepAccount(Handle handle, SignedIn signedIn) {
        return new AccountId(handle.createQuery(KEEP_ACCOUNT)
                .bind("id", signedIn.newId().value())
                .bind("clientId", signedIn.clientId())
                .bind("xUserId", signedIn.user().id())
                .bind("username", signedIn.user().username())
                .bind("at", signedIn.at().toEpochMilli())
                .mapTo(String.class)
                .one());
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
                    signedIn.pair(),
                    signedIn.at(),
                    signedIn.nextRefreshAt(),
                    signedIn.clientId());
        }
        return old + 1;
    }

    RotateAnswer rotate(Rotation rotation) {
        return gate.write(handle -> {
            AccountId id = rotation.id();
            boolean recorded = write(
                    handle,
                    REPLACE_PAIR + LIVING,
                    id,
                    rotation.spent(),
                    rotation.pair(),
                    rotation.at(),
                    rotation.nextRefreshAt(),
                    "");
            if (recorded) {
                String detail = "took " + rotation.took().toMillis() + " ms";
                journal(handle, rotation, AccountEvent.Kind.ROTATED, rotation.spent() + 1, detail);
            }
            Optional<GrantRow> row = table.row(handle, id);
            if (recorded || row.filter(found -> holdsAnswer(found, rotation)).isPresent()) {
                return new RotateAnswer.Recorded(
                        row.flatMap(found -> found.grant(keyset)).orElseThrow());
            }
            row.ifPresent(found -> {
                String detail =
                        "the account is at generation " + found.account().generation();
                journal(handle, rotation, AccountEvent.Kind.SUPERSEDED, rotation.spent(), detail);
            });
            return new RotateAnswer.Superseded();
        });
    }

    private boolean holdsAnswer(GrantRow row, Rotation rotation) {
        String fingerprint =
                SealedPair.fingerprint(keyset, rotation.pair().tokens().refresh());
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
            IssuedPair pair,
            Instant at,
            Instant dueAt,
            String clientId) {
        SealedPair next = SealedPair.seal(keyset.current(), id, generation + 1, pair.tokens());
        return next.bindTo(table.update(handle, sql))
                        .bind("id", id.value())
                        .bind("clientId", clientId)
                        .bind("generation", generation)
                        .bind("scopes", pair.scopes().toString())
                        .bind("expiresAt", pair.accessExpiresAt().toEpochMilli())
                        .bind("at", at.toEpochMilli())
                        .bind("dueAt", dueAt.toEpochMilli())
                        .execute()
                == 1;
    }

    private static void journal(
            Handle handle, Rotation rotation, AccountEvent.Kind kind, long generation, String detail) {
        Journal.write(handle, rotation.id(), rotation.at(), kind, generation, rotation.node(), detail);
    }
}
