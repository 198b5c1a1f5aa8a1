package dev.roost.store;

import dev.roost.core.posting.Attempt;
import dev.roost.core.posting.AttemptStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/** Attempts to publish, in SQL. */
final class SqlAttempts implements AttemptStore {
    static final Duration KEPT = Duration.ofDays(7);
    private static final String ONE = " WHERE caller = :caller AND account_id = :account AND attempt = :attempt";
    private static final String INSERT = """
            INSERT INTO post_attempts (caller, account_id, attempt, digest, sent_at)
            VALUES (:caller, :account, :attempt, :digest, :sentAt)
            ON CONFLICT DO NOTHING
            """;

    private final SqlGate gate;

    SqlAttempts(SqlGate gate) {
        this.gate = gate;
    }

    @Override
    public Optional<Earlier> begin(Attempt attempt) {
        return gate.write(handle -> {
            handle.createUpdate("DELETE FROM post_attempts WHERE sent_at < :old")
                    .bind("old", attempt.sentAt().minus(KEPT).toEpochMilli())
                    .execute();
            int inserted = named(handle.createUpdate(INSERT), attempt)
                    .bind("digest", attempt.digest())
                    .bind("sentAt", attempt.sentAt().toEpochMilli())
                    .execute();
            return inserted == 1 ? Optional.empty() : earlier(handle, attempt);
        });
    }

    @Override
    public void published(Attempt attempt, String tweetId) {
        gate.write(handle -> named(handle.createUpdate("UPDATE post_attempts SET tweet_id = :tweet" + ONE), attempt)
                .bind("tweet", tweetId)
                .execute());
    }

    @Override
    public void forget(Attempt attempt) {
        gate.write(handle -> named(
                        handle.createUpdate("DELETE FROM post_attempts" + ONE + " AND tweet_id IS NULL"), attempt)
                .execute());
    }

    private static Optional<Earlier> earlier(Handle handle, Attempt attempt) {
        return named(handle.createQuery("SELECT digest, sent_at, tweet_id FROM post_attempts" + ONE), attempt)
                .map((row, _) -> new Earlier(
                        row.getString("digest"),
                        Instant.ofEpochMilli(row.getLong("sent_at")),
                        Optional.ofNullable(row.getString("tweet_id"))))
                .findOne();
    }

    private static <S extends SqlStatement<S>> S named(S statement, Attempt attempt) {
        return statement
                .bind("caller", attempt.caller())
                .bind("account", attempt.account().value())
                .bind("attempt", attempt.key());
    }
}
