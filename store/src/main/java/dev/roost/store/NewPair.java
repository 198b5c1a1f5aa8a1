package dev.roost.store;

import dev.roost.core.AccountId;
import dev.roost.core.IssuedPair;
import dev.roost.core.Rotation;
import dev.roost.core.SignedIn;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
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

    /** Everything but the generation that is replaced. */
    private static final List<Column<NewPair>> COLUMNS = List.of(
            Column.text("id", pair -> pair.id.value()),
            Column.number("next", NewPair::next),
            Column.text("scopes", pair -> pair.pair.scopes().toString()),
            Column.bytes("access", pair -> pair.kept.access().bytes()),
            Column.bytes("refresh", pair -> pair.kept.refresh().bytes()),
            Column.number("keyId", pair -> pair.kept.keyId()),
            Column.text("fingerprint", pair -> pair.kept.fingerprint()),
            Column.number("expiresAt", pair -> pair.pair.accessExpiresAt().toEpochMilli()),
            Column.number("at", pair -> pair.at.toEpochMilli()),
            Column.number("dueAt", pair -> pair.dueAt.toEpochMilli()));

    /** {@link #REPLACE} for many accounts. */
    static final RowStatement<Over> REPLACE_MANY = new RowStatement<>(
            REPLACE,
            Stream.concat(
                            COLUMNS.stream().map(column -> column.in(Over::pair)),
                            Stream.of(Column.number("generation", Over::generation)))
                    .toList());

    /** A pair and the generation that it replaces. */
    record Over(NewPair pair, long generation) {}

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
        return Column.bind(COLUMNS, this, statement);
    }
}
