package dev.roost.store;

import dev.roost.core.AccountId;
import dev.roost.core.IssuedPair;
import dev.roost.core.Rotation;
import dev.roost.core.SignedIn;
import java.time.Instant;
import org.jdbi.v3.core.statement.SqlStatement;

/**
 * A pair that is about to be recorded.
 *
 * @param next its generation
 * @param kept the pair, sealed for that generation
 * @param at when X issued it
 * @param dueAt when to refresh it
 */
record NewPair(AccountId id, long next, IssuedPair pair, SealedPair kept, Instant at, Instant dueAt) {
    /** Puts a pair over a generation that is named, whatever was under way. */
    static final String REPLACE = """
            UPDATE grants SET generation = :next, state = 'active', state_since = :at, scopes = :scopes,
                access_sealed = :access, refresh_sealed = :refresh, key_id = :keyId,
                refresh_fingerprint = :fingerprint, access_expires_at = :expiresAt, rotated_at = :at, due_at = :dueAt,
                lease_owner = NULL, lease_purpose = NULL, lease_until = NULL,
                sends = 0, first_sent_at = NULL, first_node = NULL,
                loss_cause = NULL, loss_sent_at = NULL, loss_node = NULL, failures = 0, failing_since = NULL
            WHERE account_id = :id AND generation = :generation
            """;

    static NewPair of(Keyset keyset, Rotation rotation) {
        long next = rotation.spent() + 1;
        SealedPair kept = SealedPair.seal(
                keyset.current(), rotation.id(), next, rotation.pair().tokens());
        return new NewPair(rotation.id(), next, rotation.pair(), kept, rotation.at(), rotation.nextRefreshAt());
    }

    static NewPair of(Keyset keyset, SignedIn signedIn, AccountId id, long next) {
        SealedPair kept =
                SealedPair.seal(keyset.current(), id, next, signedIn.pair().tokens());
        return new NewPair(id, next, signedIn.pair(), kept, signedIn.at(), signedIn.nextRefreshAt());
    }

    /** Binds everything but the generation that is replaced. */
    <S extends SqlStatement<S>> S bindTo(S statement) {
        return kept.bindTo(statement)
                .bind("id", id.value())
                .bind("next", next)
                .bind("scopes", pair.scopes().toString())
                .bind("expiresAt", pair.accessExpiresAt().toEpochMilli())
                .bind("at", at.toEpochMilli())
                .bind("dueAt", dueAt.toEpochMilli());
    }
}
