package dev.roost.store;

import java.time.Duration;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/**
 * Deletes what is old, a few thousand rows in one transaction. Every method returns how many rows it deleted, stops between two
 * batches when the thread is interrupted, and throws {@link dev.roost.core.StoreUnavailableException} when the store cannot
 * answer; what was deleted until then is deleted. Safe for many threads.
 */
public final class Cleaning {
    /** How long a spent refresh token is known after its entry was deleted: longer than X lets one live, which is six months. */
    public static final Duration SPENT_KEPT = Duration.ofDays(200);
    /** How long attempts to publish are kept; see {@link dev.roost.core.posting.AttemptStore}. */
    public static final Duration ATTEMPTS_KEPT = SqlAttempts.KEPT;

    private static final int BATCH = 2000;
    private static final int ENTRIES = 500;
    private static final String AUDIT = """
            DELETE FROM audit WHERE id IN (SELECT id FROM audit WHERE last_at < :before ORDER BY last_at LIMIT :limit)
            """;
    /** A row with a sealed pair is the only place where that pair is. */
    private static final String SIGN_INS = """
            DELETE FROM sign_ins WHERE pair_sealed IS NULL AND id IN (SELECT id FROM sign_ins
                WHERE created_at < :before AND expires_at < :before AND pair_sealed IS NULL ORDER BY created_at LIMIT :limit)
            """;

    private static final String ATTEMPTS = """
            DELETE FROM post_attempts WHERE sent_at < :before AND sent_at <= (SELECT max(sent_at) FROM
                (SELECT sent_at FROM post_attempts WHERE sent_at < :before ORDER BY sent_at LIMIT :limit) AS oldest)
            """;
    private static final String SPENT = """
            DELETE FROM spent_tokens WHERE at < :before AND at <= (SELECT max(at) FROM
                (SELECT at FROM spent_tokens WHERE at < :before ORDER BY at LIMIT :limit) AS oldest)
            """;
    private static final String TURN = "housekeeping_until";

    private final SqlGate gate;
    private final LogPurge log;

    Cleaning(SqlGate gate, LogPurge log) {
        this.gate = gate;
        this.log = log;
    }

    /**
     * Takes the turn, so that of several processes one deletes.
     *
     * @param now the time by the caller's clock
     * @param length how long nobody else gets the turn
     * @return false when another has it
     */
    public boolean takeTurn(Instant now, Duration length) {
        return gate.write(handle -> {
            Meta.keep(handle, TURN, "0");
            return handle.createUpdate(
                                    "UPDATE meta SET value = :until WHERE name = :name AND (CAST(value AS BIGINT) <= :now"
                                            + " OR CAST(value AS BIGINT) > :later)")
                            .bind("name", TURN)
                            .bind("now", now.toEpochMilli())
                            .bind("later", now.plus(length.multipliedBy(2)).toEpochMilli())
                            .bind("until", Long.toString(now.plus(length).toEpochMilli()))
                            .execute()
                    == 1;
        });
    }

    /**
     * Deletes entries of the logs that are older, from the beginning of each, but for the newest 20 of an account. The chains
     * stay provable; spent refresh tokens stay known.
     */
    public long events(Instant before) {
        return log.purge(before, ENTRIES);
    }

    /** Deletes rows of the audit trail that are older. */
    public long audit(Instant before) {
        return sweep(AUDIT, before);
    }

    /** Deletes sign-ins that began before and are over. One that holds a pair is never over. */
    public long signIns(Instant before) {
        return sweep(SIGN_INS, before);
    }

    /** Deletes attempts to publish that are older. */
    public long attempts(Instant before) {
        return sweep(ATTEMPTS, before);
    }

    /** Deletes what is known of refresh tokens that were spent before, and whose entries are deleted. */
    public long spentTokens(Instant before) {
        return sweep(SPENT, before);
    }

    private long sweep(String sql, Instant before) {
        long deleted = 0;
        int batch = BATCH;
        while (batch > 0 && !Thread.currentThread().isInterrupted()) {
            batch = gate.write(handle -> sweep(handle, sql, before));
            deleted += batch;
        }
        return deleted;
    }

    private static int sweep(Handle handle, String sql, Instant before) {
        return handle.createUpdate(sql)
                .bind("before", before.toEpochMilli())
                .bind("limit", BATCH)
                .execute();
    }
}
