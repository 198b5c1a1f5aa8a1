package dev.roost.store;

import dev.roost.core.AccountId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/**
 * The accounts of a restored database whose refresh token may be spent. No process sends it ({@link GrantTable#SPENDABLE}),
 * and valid access tokens are handed out as ever. An account is free again when it gets a newer pair, by a sign-in or an answer
 * out of a spool, or when somebody releases it. Every method throws {@link dev.roost.core.StoreUnavailableException} when the
 * store cannot answer. Safe for many threads and processes.
 */
public final class Quarantine {
    private static final String RESTORES = "restores";
    private static final String RESTORED_AT = "restored_at";
    private static final String RESTORED_WHY = "restored_why";
    private static final String HOLD = """
            INSERT INTO quarantined (held_account, held_generation)
            SELECT account_id, generation FROM grants WHERE state = 'active'
            ON CONFLICT (held_account) DO UPDATE SET held_generation = excluded.held_generation
            """;
    static final String HELD = """
             FROM quarantined JOIN grants ON account_id = held_account AND generation = held_generation
            WHERE client_id = :clientId AND state = 'active'""";
    /** Whoever sleeps was not due for long, and may have been woken by a use after the backup. */
    private static final String NOT_DUE = "due_at > :restoredAt AND sends = 0 AND " + GrantTable.AWAKE;

    private static final String COUNT = "SELECT count(*) AS held, count(CASE WHEN " + NOT_DUE
            + " THEN 1 END) AS not_due, count(CASE WHEN access_expires_at > :now THEN 1 END) AS valid" + HELD;
    private static final String PAGE =
            "SELECT account_id" + HELD + " AND account_id > :after ORDER BY account_id LIMIT :limit";
    private static final String RELEASE = "DELETE FROM quarantined WHERE held_account IN (SELECT account_id" + HELD;

    private static final String HOLDS = """
            SELECT 1 FROM quarantined JOIN grants ON account_id = held_account AND generation = held_generation
            WHERE account_id = :id AND state = 'active'""";
    private static final String RELEASE_ONE =
            "DELETE FROM quarantined WHERE held_account = :id AND EXISTS (" + HOLDS + ")";

    private final SqlGate gate;

    Quarantine(SqlGate gate) {
        this.gate = gate;
    }

    /**
     * The restore that brought the accounts here.
     *
     * @param at when it was noticed
     * @param why what showed it
     */
    public record Restore(Instant at, String why) {}

    /**
     * How many accounts of an app are here.
     *
     * @param accounts all of them
     * @param notDue those that are refreshed ahead of expiry and were not due, by the restored rows, when the restore was noticed:
     *     the scheduler had no reason to spend their token after the backup
     * @param withValidToken those whose access token has not expired
     */
    public record Held(long accounts, long notDue, long withValidToken) {}

    /** Returns the last restore that was noticed. */
    public Optional<Restore> restore() {
        return gate.read(handle -> Meta.value(handle, RESTORED_AT)
                .map(at -> new Restore(
                        Instant.ofEpochMilli(Long.parseLong(at)),
                        Meta.value(handle, RESTORED_WHY).orElse(""))));
    }

    /** Counts the accounts of an app. */
    public Held held(String clientId, Instant now) {
        return gate.read(handle -> bound(handle.createQuery(COUNT), handle, clientId)
                .bind("now", now.toEpochMilli())
                .map((row, _) -> new Held(row.getLong("held"), row.getLong("not_due"), row.getLong("valid")))
                .one());
    }

    /** Returns accounts of an app that are here, in order of id, after the given one (empty: from the start). */
    public List<AccountId> page(String clientId, Optional<AccountId> after, int limit) {
        return gate.read(handle -> bound(handle.createQuery(PAGE), handle, clientId)
                .bind("after", after.map(AccountId::value).orElse(""))
                .bind("limit", limit)
                .map((row, _) -> new AccountId(row.getString("account_id")))
                .list());
    }

    /** Tells whether an account is here. */
    public boolean holds(AccountId id) {
        return gate.read(handle -> handle.createQuery(HOLDS)
                        .bind("id", id.value())
                        .mapTo(Integer.class)
                        .findOne())
                .isPresent();
    }

    /** Frees these accounts; returns how many were here. */
    public long release(Collection<AccountId> ids) {
        return gate.write(handle -> ids.stream()
                .mapToLong(id ->
                        handle.createUpdate(RELEASE_ONE).bind("id", id.value()).execute())
                .sum());
    }

    /** Frees the accounts of an app whose refresh was not due when the restore was noticed; returns how many. */
    public long releaseNotDue(String clientId) {
        return gate.writeAtLength(
                handle -> bound(handle.createUpdate(RELEASE + " AND " + NOT_DUE + ")"), handle, clientId)
                        .execute());
    }

    /** Frees all accounts of an app; returns how many. */
    public long releaseAll(String clientId) {
        return gate.writeAtLength(handle ->
                bound(handle.createUpdate(RELEASE + ")"), handle, clientId).execute());
    }

    /** Returns how often the database was found to be restored. */
    static long restores(Handle handle) {
        return Meta.value(handle, RESTORES).map(Long::parseLong).orElse(0L);
    }

    /**
     * Puts all accounts here, unless another process did since the caller last looked.
     *
     * @param known how often the database was restored as far as the caller knows
     * @return false when another process did
     */
    boolean begin(Handle handle, String why, long known, Instant now) {
        // A lease that is being taken is waited for, and none is taken until this is durable.
        gate.dialect().lockAll("grants").ifPresent(handle::execute);
        long restores = restores(handle);
        if (restores > known) {
            return false;
        }
        Meta.set(handle, RESTORES, Long.toString(known + 1));
        Meta.set(handle, RESTORED_AT, Long.toString(now.toEpochMilli()));
        Meta.set(handle, RESTORED_WHY, why);
        handle.execute(HOLD);
        return true;
    }

    private static <S extends SqlStatement<S>> S bound(S statement, Handle handle, String clientId) {
        return statement
                .bind("clientId", clientId)
                .bind(
                        "restoredAt",
                        Meta.value(handle, RESTORED_AT).map(Long::parseLong).orElse(Long.MAX_VALUE));
    }
}
