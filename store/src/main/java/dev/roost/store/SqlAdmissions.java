package dev.roost.store;

import dev.roost.core.Account;
import dev.roost.core.SignInStatus;
import dev.roost.core.SignedIn;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Making the kept pair of a sign-in an account's. Taking that very pair out of its row decides who does. */
final class SqlAdmissions {
    private static final String TAKE_PAIR = """
            UPDATE sign_ins SET pair_sealed = NULL, verifier_sealed = NULL, key_id = NULL
            WHERE id = :id AND pair_sealed IS NOT NULL AND coalesce(pair_fingerprint, :fingerprint) = :fingerprint
            RETURNING coalesce(pair_at, created_at) AS issued_at, import_fingerprint
            """;

    private final SqlGate gate;
    private final Keyset keyset;
    private final SqlPairs pairs;

    SqlAdmissions(SqlGate gate, Keyset keyset, Journal journal) {
        this.gate = gate;
        this.keyset = keyset;
        this.pairs = new SqlPairs(gate, keyset, journal);
    }

    Optional<Account> admit(String signInId, SignedIn signedIn, Optional<SignInStatus.Failed> failure) {
        String fingerprint =
                SealedPair.fingerprint(keyset, signedIn.pair().tokens().refresh());
        return gate.write(handle -> takePair(handle, signInId, fingerprint).flatMap(origin -> {
            Optional<Account> account = pairs.admit(handle, signedIn, origin);
            SignInStatus status = account.<SignInStatus>map(kept -> new SignInStatus.Connected(kept.id()))
                    .filter(connected -> failure.isEmpty())
                    .or(() -> failure.filter(failed -> account.isPresent()))
                    .orElseGet(() -> superseded(signedIn, origin.issuedAt()));
            var _ = SqlSignIns.finish(handle, signInId, status);
            return account;
        }));
    }

    private static Optional<SqlPairs.Origin> takePair(Handle handle, String signInId, String fingerprint) {
        return handle.createQuery(TAKE_PAIR)
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
