package dev.roost.store;

import dev.roost.core.Holding;
import dev.roost.core.RefreshToken;
import dev.roost.core.SignIn;
import dev.roost.core.SignInStore.ImportAnswer;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Opening imports. The row goes in first, and a unique index lets in one at a time for a token; only then is it looked
 * up whether the token was spent, so that an import which ended just now is seen.
 */
final class SqlImports {
    private static final String GIVE_UP_STALE = """
            UPDATE sign_ins SET status = 'failed', fail_code = 'answer_missing',
                fail_message = 'The import was not finished, so the token may be spent. Another import of it has begun.'
            WHERE client_id = :clientId AND import_fingerprint = :fingerprint AND status = 'exchanging'
                AND created_at <= :stale
            """;
    /** Waits for whoever makes the token's pair an account's, and has those who come later wait ({@link SqlAdmissions}). */
    private static final String TAKE_ROW = """
            UPDATE sign_ins SET verifier_sealed = NULL
            WHERE client_id = :clientId AND pair_sealed IS NOT NULL AND pair_fingerprint = :fingerprint
            """;
    /** The state's column takes what is no fingerprint, so no state leads here. */
    private static final String INSERT = """
            INSERT INTO sign_ins (id, client_id, state_fingerprint, redirect_uri, scopes, expected_user, api_key,
                created_at, expires_at, status, import_fingerprint)
            VALUES (:id, :clientId, 'import:' || :id, :redirectUri, :scopes, :expectedUser, :apiKey,
                :createdAt, :expiresAt, 'exchanging', :fingerprint)
            ON CONFLICT DO NOTHING
            """;

    private final SqlGate gate;
    private final SqlHoldings holdings;
    private final Keyset keyset;

    SqlImports(SqlGate gate, Keyset keyset) {
        this.gate = gate;
        this.holdings = new SqlHoldings(new GrantTable(gate));
        this.keyset = keyset;
    }

    ImportAnswer open(SignIn signIn, RefreshToken token) {
        String fingerprint = SealedPair.fingerprint(keyset, token);
        Optional<ImportAnswer> answer = Optional.empty();
        while (answer.isEmpty()) {
            answer = gate.write(handle -> tryOpen(handle, signIn, fingerprint));
        }
        return answer.get();
    }

    /** Empty when what stood in the way was gone before it could be named. */
    private Optional<ImportAnswer> tryOpen(Handle handle, SignIn signIn, String fingerprint) {
        giveUpStale(handle, signIn, fingerprint);
        handle.createUpdate(TAKE_ROW)
                .bind("clientId", signIn.clientId())
                .bind("fingerprint", fingerprint)
                .execute();
        if (!insert(handle, signIn, fingerprint)) {
            return standing(handle, signIn, fingerprint);
        }
        Optional<ImportAnswer> obstacle = obstacle(handle, signIn, fingerprint);
        if (obstacle.isEmpty()) {
            return Optional.of(new ImportAnswer.Opened());
        }
        handle.createUpdate("DELETE FROM sign_ins WHERE id = :id")
                .bind("id", signIn.id())
                .execute();
        return obstacle;
    }

    private static void giveUpStale(Handle handle, SignIn signIn, String fingerprint) {
        handle.createUpdate(GIVE_UP_STALE)
                .bind("clientId", signIn.clientId())
                .bind("fingerprint", fingerprint)
                .bind(
                        "stale",
                        signIn.createdAt().minus(SqlHoldings.LONGEST_EXCHANGE).toEpochMilli())
                .execute();
    }

    private static boolean insert(Handle handle, SignIn signIn, String fingerprint) {
        return handle.createUpdate(INSERT)
                        .bind("id", signIn.id())
                        .bind("clientId", signIn.clientId())
                        .bind("redirectUri", signIn.redirectUri().toString())
                        .bind("scopes", signIn.scopes().toString())
                        .bind("expectedUser", signIn.expectedUser())
                        .bind("apiKey", signIn.origin().key())
                        .bind("createdAt", signIn.createdAt().toEpochMilli())
                        .bind("expiresAt", signIn.expiresAt().toEpochMilli())
                        .bind("fingerprint", fingerprint)
                        .execute()
                == 1;
    }

    /** The same call made again, after an answer that was missed, hears that it worked. */
    private static Optional<ImportAnswer> standing(Handle handle, SignIn signIn, String fingerprint) {
        return SqlHoldings.imported(handle, signIn.clientId(), fingerprint, "exchanging")
                .<ImportAnswer>map(other ->
                        other.id().equals(signIn.id()) ? new ImportAnswer.Opened() : new ImportAnswer.UnderWay(other))
                .or(() -> SignInRow.find(handle, "WHERE id = :key", signIn.id())
                        .<ImportAnswer>map(row -> new ImportAnswer.UnderWay(row.signIn())));
    }

    /** An import whose pair waits for its user has spent the token too. It is asked for first, for it may end meanwhile. */
    private Optional<ImportAnswer> obstacle(Handle handle, SignIn signIn, String fingerprint) {
        Optional<SignIn> waiting = SqlHoldings.waiting(handle, signIn.clientId(), fingerprint);
        return holdings.kept(handle, signIn.clientId(), fingerprint)
                .map(SqlImports::answer)
                .or(() -> waiting.map(ImportAnswer.UnderWay::new));
    }

    private static ImportAnswer answer(Holding holding) {
        return switch (holding) {
            case Holding.Live live -> new ImportAnswer.Kept(live.account());
            case Holding.Spent spent -> new ImportAnswer.Spent(spent.account(), spent.at());
            case Holding.Importing importing -> new ImportAnswer.UnderWay(importing.signIn());
        };
    }
}
