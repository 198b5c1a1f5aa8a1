package dev.roost.store;

import dev.roost.core.AccountId;
import dev.roost.core.Holding;
import dev.roost.core.SignIn;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Finds out whose a refresh token is or was, by its fingerprint. */
record SqlHoldings(GrantTable table) {
    /** An import that takes longer was given up by its process. */
    static final Duration LONGEST_EXCHANGE = Duration.ofMinutes(2);

    private static final String LIVE = "WHERE a.client_id = :clientId AND g.refresh_fingerprint = :fingerprint";
    private static final String SPENT = """
            SELECT e.account_id, e.generation, e.at FROM events e JOIN accounts a ON a.id = e.account_id
            WHERE e.spent_fingerprint = :fingerprint AND a.client_id = :clientId ORDER BY e.id DESC LIMIT 1
            """;
    /** The entry that told of it was deleted. */
    private static final String SPENT_LONG_AGO = """
            SELECT s.account_id, s.generation, s.at FROM spent_tokens s JOIN accounts a ON a.id = s.account_id
            WHERE s.fingerprint = :fingerprint AND a.client_id = :clientId ORDER BY s.at DESC LIMIT 1
            """;

    private static final String KNOWN = """
            SELECT CASE WHEN EXISTS (SELECT 1 FROM grants WHERE refresh_fingerprint = :fingerprint)
                OR EXISTS (SELECT 1 FROM events WHERE spent_fingerprint = :fingerprint)
                OR EXISTS (SELECT 1 FROM spent_tokens WHERE fingerprint = :fingerprint)
                OR EXISTS (SELECT 1 FROM sign_ins WHERE client_id = :clientId AND import_fingerprint = :fingerprint)
                THEN 1 ELSE 0 END
            """;
    private static final String IMPORTED = SignInRow.SELECT + """
            WHERE client_id = :clientId AND import_fingerprint = :fingerprint AND status = :status
            ORDER BY created_at DESC, id LIMIT 1
            """;
    /** An import to which X gave the same refresh token again has not spent it. */
    private static final String WAITS_SPENT =
            "status = 'exchanged' AND coalesce(pair_fingerprint, '') <> import_fingerprint";

    private static final String IMPORTED_BESIDES = """
            SELECT 1 FROM sign_ins WHERE client_id = :clientId AND import_fingerprint = :fingerprint
                AND id <> :id AND (status = 'exchanging' OR
            """ + WAITS_SPENT + ") LIMIT 1";
    private static final String WAITING = SignInRow.SELECT
            + "WHERE client_id = :clientId AND import_fingerprint = :fingerprint AND " + WAITS_SPENT + " LIMIT 1";

    /**
     * Finds all there is. Most tokens that are asked for are nobody's here, so one query tells that first. Imports are looked
     * at before accounts, for one that ends meanwhile is an account's afterwards.
     */
    Optional<Holding> find(Handle handle, String clientId, String fingerprint, Instant now) {
        if (!isKnown(handle, clientId, fingerprint)) {
            return Optional.empty();
        }
        Optional<SignIn> importing = imported(handle, clientId, fingerprint, "exchanging")
                .filter(signIn -> signIn.createdAt().isAfter(now.minus(LONGEST_EXCHANGE)))
                .or(() -> imported(handle, clientId, fingerprint, "exchanged"));
        return kept(handle, clientId, fingerprint).or(() -> importing.map(Holding.Importing::new));
    }

    private static boolean isKnown(Handle handle, String clientId, String fingerprint) {
        return handle.createQuery(KNOWN)
                .bind("clientId", clientId)
                .bind("fingerprint", fingerprint)
                .mapTo(Integer.class)
                .one()
                .equals(1);
    }

    /** Finds the account that has the token or had it. Live comes first: a rotation makes one of the other at once. */
    Optional<Holding> kept(Handle handle, String clientId, String fingerprint) {
        return table.rows(handle, LIVE, Map.of("clientId", clientId, "fingerprint", fingerprint))
                .<Holding>map(row -> new Holding.Live(row.account()))
                .findFirst()
                .or(() -> spent(handle, clientId, fingerprint));
    }

    /** Finds the newest import of the token with this status. */
    static Optional<SignIn> imported(Handle handle, String clientId, String fingerprint, String status) {
        return handle.createQuery(IMPORTED)
                .bind("clientId", clientId)
                .bind("fingerprint", fingerprint)
                .bind("status", status)
                .map((row, _) -> SignInRow.read(row).signIn())
                .findOne();
    }

    /** Finds an import that has spent the token, and does not know yet whose it is. */
    static Optional<SignIn> waiting(Handle handle, String clientId, String fingerprint) {
        return handle.createQuery(WAITING)
                .bind("clientId", clientId)
                .bind("fingerprint", fingerprint)
                .map((row, _) -> SignInRow.read(row).signIn())
                .findOne();
    }

    /** Tells whether an import other than this sign-in is spending the token, or keeps what it got for it. */
    static boolean isImportedBesides(Handle handle, String signInId, String clientId, String fingerprint) {
        return handle.createQuery(IMPORTED_BESIDES)
                .bind("clientId", clientId)
                .bind("fingerprint", fingerprint)
                .bind("id", signInId)
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    private record Spending(AccountId account, long successor, Instant at) {}

    private Optional<Holding> spent(Handle handle, String clientId, String fingerprint) {
        return spending(handle, SPENT, clientId, fingerprint)
                .or(() -> spending(handle, SPENT_LONG_AGO, clientId, fingerprint))
                .flatMap(found -> table.row(handle, found.account())
                        .map(row -> new Holding.Spent(row.account(), found.successor(), found.at())));
    }

    private static Optional<Spending> spending(Handle handle, String sql, String clientId, String fingerprint) {
        return handle.createQuery(sql)
                .bind("clientId", clientId)
                .bind("fingerprint", fingerprint)
                .map((row, _) -> new Spending(
                        new AccountId(row.getString("account_id")),
                        row.getLong("generation"),
                        Instant.ofEpochMilli(row.getLong("at"))))
                .findOne();
    }
}
