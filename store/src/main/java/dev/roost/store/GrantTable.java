package dev.roost.store;

import dev.roost.core.AccountId;
import dev.roost.core.Lease;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.Update;

/** The words in which the rest of the package speaks with accounts and grants. */
record GrantTable(SqlGate gate) {
    /** No lease lasts this long: one that claims to was written by a clock that was ahead, and counts as free. */
    static final Duration LONGEST_LEASE = Duration.ofHours(1);
    /** The condition that nobody has a live lease; {@link GrantRow#read} says the same of a row. */
    static final String FREE =
            "(lease_owner IS NULL OR lease_until <= <now> OR lease_until > <now> + " + LONGEST_LEASE.toMillis() + ")";

    /** {@link Lease#followedUpAt} of a row. */
    private static final String FOLLOWED_UP_AT = "(lease_until + CASE WHEN access_expires_at <= lease_until THEN 0"
            + " WHEN access_expires_at - lease_until >= " + 2 * Lease.LONGEST_SILENCE.toMillis() + " THEN "
            + Lease.LONGEST_SILENCE.toMillis() + " ELSE (access_expires_at - lease_until) / 2 END)";

    /** The condition that no lease to refresh has ended without a settlement, or long enough ago. */
    static final String FOLLOWED_UP = "(lease_owner IS NULL OR lease_purpose <> 'REFRESH' OR lease_until > <now> OR "
            + FOLLOWED_UP_AT + " <= <now>)";

    /** When a row with a lease, live or not, is due again; {@link GrantRow#read} says the same of a row. */
    static final String DUE_AFTER_LEASE = "CASE WHEN lease_purpose <> 'REFRESH' OR lease_until > <now> + "
            + LONGEST_LEASE.toMillis() + " THEN due_at WHEN lease_until > <now> THEN lease_until ELSE "
            + FOLLOWED_UP_AT + " END";

    /** The condition that an account is refreshed ahead of expiry; one that nobody uses is let expire (IdlePolicy). */
    static final String AWAKE = "(due_at IS NULL OR due_at <= access_expires_at + 86400000)";

    /**
     * The condition that the refresh token of a row of grants may be sent: the account is not in quarantine, and the database
     * is not one that went back behind what this process has seen of it ({@link RestoreWatch}).
     */
    static final String SPENDABLE = "(NOT EXISTS (SELECT 1 FROM quarantined WHERE held_account = account_id"
            + " AND held_generation = generation) AND " + Epoch.STANDS + ")";

    /** The condition that a lease to refresh may be taken on a row of grants, due or not. */
    static final String REFRESHABLE = "(state = 'active' AND " + FREE + " AND " + SPENDABLE + ")";

    /** Makes a statement that changes something, with lease clock and epoch bound. */
    Update update(Handle handle, String sql) {
        return bound(handle.createUpdate(gate.dialect().sql(sql)));
    }

    /** Makes a statement that returns rows, with lease clock and epoch bound. */
    Query query(Handle handle, String sql) {
        return bound(handle.createQuery(gate.dialect().sql(sql)));
    }

    private <S extends SqlStatement<S>> S bound(S statement) {
        long now = gate.leaseNow();
        return gate.epoch().seen().bindTo(statement.bind("leaseNow", now), Instant.ofEpochMilli(now));
    }

    /** Returns the joined rows that a condition (and order) picks. */
    Stream<GrantRow> rows(Handle handle, String condition, Map<String, ?> values) {
        return query(handle, GrantRow.SELECT + condition).bindMap(values).map((row, _) -> GrantRow.read(row)).stream();
    }

    /** Returns the joined rows of these accounts, without those that nobody can read, which only a change by somebody else makes. */
    List<GrantRow> openable(Handle handle, Set<AccountId> ids) {
        String all = ids.stream().map(AccountId::value).collect(Collectors.joining(","));
        return query(handle, GrantRow.SELECT + "WHERE a.id " + gate.dialect().amongIds())
                .bind("ids", all)
                .map((row, _) -> GrantRow.tryRead(row))
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    /** Returns the joined row of an account. */
    Optional<GrantRow> row(Handle handle, AccountId id) {
        return query(handle, GrantRow.SELECT + "WHERE a.id = :id")
                .bind("id", id.value())
                .map((row, _) -> GrantRow.read(row))
                .findOne();
    }
}
