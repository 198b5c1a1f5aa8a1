package dev.roost.store;

import dev.roost.core.alerting.AlertPolicy;
import dev.roost.core.alerting.AlertType;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.jdbi.v3.core.statement.SqlStatement;

/**
 * What can go on with an account, as conditions on its row {@code g} of the grants. What begins an alert is narrower than what
 * keeps it open; a lost grant keeps all of them open, for nothing is well again then.
 */
enum Condition {
    ANSWER_MISSING(
            AlertType.REAUTHORIZATION_SOON,
            Texts.LIVING + " AND g.sends > 0 AND g.first_sent_at <= <now> - :answerMissing AND " + Texts.UNEXPLAINED,
            "g.state <> 'active' OR (g.sends > 0 AND " + Texts.UNEXPLAINED + ")",
            "'answer_missing'"),
    FAILING(
            AlertType.REFRESH_FAILING,
            Texts.LIVING + " AND g.failing_since <= :failingSince AND g.failures >= :failures AND " + Texts.FAILS
                    + " AND g.access_expires_at > :now",
            "g.state <> 'active' OR (g.failing_since IS NOT NULL AND " + Texts.FAILS + ")",
            "NULL"),
    EXPIRING(
            AlertType.TOKEN_EXPIRING,
            "g.standing IN (1, 2) AND " + GrantTable.FOLLOWED_UP + " AND " + Texts.EXPIRES,
            "g.state <> 'active' OR (" + Texts.EXPIRES + ")",
            "NULL"),
    LOST(
            AlertType.REAUTHORIZATION_REQUIRED,
            "g.state = 'needs_reauthorization'",
            "g.state <> 'active'",
            "g.loss_cause");

    private final AlertType type;
    private final String begins;
    private final String holds;
    private final String cause;

    Condition(AlertType type, String begins, String holds, String cause) {
        this.type = type;
        this.begins = begins;
        this.holds = holds;
        this.cause = cause;
    }

    /** What several of them say. */
    private static final class Texts {
        /** As SQLite knows no numbers of rows, it would take the index by state; so it takes a small one. */
        static final String LIVING = "g.state || '' = 'active'";
        /** What has a send noted, found by indexes. */
        static final String NOTED = " AND g.account_id IN ("
                + "SELECT account_id FROM grants WHERE client_id = :clientId AND standing = 1 UNION ALL "
                + "SELECT account_id FROM grants WHERE client_id = :clientId AND " + Figures.UNDER_WAY + ")";
        /** A process of an earlier version does not reset the column when it rotates. */
        static final String FAILS = "g.failing_since >= g.rotated_at";
        /** As {@link GrantRow#read} has it: an intent that no live lease explains. */
        static final String UNEXPLAINED =
                "(g.sends > 1 OR g.lease_purpose IS NULL OR g.lease_purpose <> 'REFRESH' OR " + GrantTable.FREE + ")";

        static final String EXPIRES = GrantTable.AWAKE + " AND g.access_expires_at <= :soon"
                + " AND 3 * (g.access_expires_at - :now) < g.access_expires_at - g.rotated_at";

        private Texts() {}
    }

    static Optional<Condition> of(AlertType type) {
        return Arrays.stream(values())
                .filter(condition -> condition.type == type)
                .findFirst();
    }

    AlertType type() {
        return type;
    }

    /** Returns a further condition that holds wherever it begins, for a search in all accounts of an app. */
    String among() {
        return this == ANSWER_MISSING ? Texts.NOTED : "";
    }

    String begins() {
        return "(" + begins + ")";
    }

    String holds() {
        return "(" + holds + ")";
    }

    /** Returns an expression for the word that says why. */
    String cause() {
        return cause;
    }

    /** Returns for how long it must have been seen before it is told. */
    Duration damping(AlertPolicy policy) {
        return this == EXPIRING ? policy.expiringFor() : Duration.ZERO;
    }

    /** Returns for how long it must be over before that is told. A new pair after a loss is beyond doubt. */
    Duration clearing(AlertPolicy policy) {
        return this == LOST ? Duration.ZERO : policy.clearFor();
    }

    /** Binds what the conditions name. */
    static <S extends SqlStatement<S>> S bind(S statement, Instant now, AlertPolicy policy) {
        return statement
                .bind("now", now.toEpochMilli())
                .bind("answerMissing", policy.answerMissingAfter().toMillis())
                .bind("failingSince", now.minus(policy.failingAfter()).toEpochMilli())
                .bind("failures", policy.failures())
                .bind("soon", now.plus(policy.expiringWithin()).toEpochMilli());
    }
}
