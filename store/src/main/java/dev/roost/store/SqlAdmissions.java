package dev.roost.store;

import dev.roost.core.Account;
import dev.roost.core.Holding;
import dev.roost.core.SignInStatus;
import dev.roost.core.SignedIn;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Making the kept pair of a sign-in an account's. Whoever does, and whoever spends the pair's refresh token as an import
 * ({@link SqlImports}), first takes the row that keeps it, and only then looks at what others did: one of them comes first.
 */
final class SqlAdmissions {
    /** A row that keeps a pair keeps no verifier, so this changes nothing but who may go on. */
    private static final String TAKE_ROW = """
            UPDATE sign_ins SET verifier_sealed = NULL
            WHERE id = :id AND pair_sealed IS NOT NULL AND coalesce(pair_fingerprint, :fingerprint) = :fingerprint
            RETURNING coalesce(pair_at, created_at) AS issued_at, import_fingerprint
            """;

    private final SqlGate gate;
    private final SqlHoldings holdings;
    private final Keyset keyset;
    private final SqlPairs pairs;

    SqlAdmissions(SqlGate gate, Keyset keyset, Journal journal) {
        this.gate = gate;
        this.holdings = new SqlHoldings(new GrantTable(gate));
        this.keyset = keyset;
        this.pairs = new SqlPairs(gate, keyset, journal);
    }

    Optional<Account> admit(String signInId, SignedIn signedIn, Optional<SignInStatus.Failed> failure) {
        String fingerprint =
                SealedPair.fingerprint(keyset, signedIn.pair().tokens().refresh());
        return gate.write(handle -> takeRow(handle, signInId, fingerprint)
                .filter(origin -> !isSpentElsewhere(handle, signInId, signedIn.clientId(), fingerprint, failure))
                .flatMap(origin -> connect(handle, signInId, signedIn, origin, failure)));
    }

    private Optional<Account> connect(
            Handle handle,
            String signInId,
            SignedIn signedIn,
            SqlPairs.Origin origin,
            Optional<SignInStatus.Failed> failure) {
        Optional<Account> account = pairs.admit(handle, signedIn, origin);
        SignInStatus status =
                account.map(kept -> ended(kept, failure)).orElseGet(() -> superseded(signedIn, origin.issuedAt()));
        var _ = SqlSignIns.finish(handle, signInId, status);
        return account;
    }

    /** An import of the token goes on with it; an account that has it, or had it, needs it no more. */
    private boolean isSpentElsewhere(
            Handle handle,
            String signInId,
            String clientId,
            String fingerprint,
            Optional<SignInStatus.Failed> failure) {
        if (SqlHoldings.isImportedBesides(handle, signInId, clientId, fingerprint)) {
            return true;
        }
        Optional<Account> keeper = holdings.kept(handle, clientId, fingerprint).flatMap(Holding::owner);
        keeper.ifPresent(account -> {
            var _ = SqlSignIns.finish(handle, signInId, ended(account, failure));
        });
        return keeper.isPresent();
    }

    private static SignInStatus ended(Account account, Optional<SignInStatus.Failed> failure) {
        return failure.<SignInStatus>map(failed -> failed).orElseGet(() -> new SignInStatus.Connected(account.id()));
    }

    private static Optional<SqlPairs.Origin> takeRow(Handle handle, String signInId, String fingerprint) {
        return handle.createQuery(TAKE_ROW)
                .bind("id", signInId)
                .bind("fingerprint", fingerprint)
                .map((row, _) -> new SqlPairs.Origin(
                        Instant.ofEpochMilli(row.getLong("issued_at")),
                        Optional.ofNullable(row.getString("import_fingerprint"))))
                .findOne();
    }

    private static SignInStatus.Failed superseded(SignedIn signedIn, Instant issuedAt) {
        return new SignInStatus.Failed(
                "superseded",
                "X issued these tokens for " + signedIn.user() + " at " + issuedAt
                        + ", and a later sign-in of the same user has replaced them. The account has the newer ones;"
                        + " there is nothing to do.");
    }
}
