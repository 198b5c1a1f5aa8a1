package dev.roost.store;

import dev.roost.core.IssuedPair;
import dev.roost.core.Scopes;
import dev.roost.core.Secret;
import dev.roost.core.SignIn;
import dev.roost.core.SignInStatus;
import dev.roost.core.SignInStore;
import dev.roost.store.SealLabel.Kind;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The table {@code sign_ins}. A state is kept as a fingerprint only: nobody needs to read it back. */
final class SqlSignIns implements SignInStore {
    private static final String SELECT = "SELECT id, client_id, redirect_uri, scopes, expected_user, created_at,"
            + " expires_at, status, account_id, fail_code, fail_message, verifier_sealed, pair_sealed FROM sign_ins ";
    private static final String INSERT = """
            INSERT INTO sign_ins (id, client_id, state_fingerprint, redirect_uri, scopes, expected_user, created_at,
                expires_at, status, verifier_sealed, key_id)
            VALUES (:id, :clientId, :state, :redirectUri, :scopes, :expectedUser, :createdAt,
                :expiresAt, 'pending', :verifier, :keyId)
            ON CONFLICT (id) DO NOTHING
            """;
    private static final String CLAIM = """
            UPDATE sign_ins SET status = 'exchanging'
            WHERE state_fingerprint = :state AND status = 'pending' AND expires_at > :now RETURNING id
            """;
    private static final String EXPIRE = """
            UPDATE sign_ins SET status = 'expired', verifier_sealed = NULL, key_id = NULL
            WHERE state_fingerprint = :state AND status = 'pending' AND expires_at <= :now
            """;
    private static final String KEEP_PAIR = """
            UPDATE sign_ins SET status = 'exchanged', pair_sealed = :pair, verifier_sealed = NULL, key_id = :keyId
            WHERE id = :id AND status <> 'connected'
            """;
    private static final String FINISH = """
            UPDATE sign_ins SET status = :status, account_id = :accountId, fail_code = :code, fail_message = :message,
                verifier_sealed = NULL, pair_sealed = NULL, key_id = NULL
            WHERE id = :id
            """;

    private final SqlGate gate;
    private final Keyset keyset;

    SqlSignIns(SqlGate gate, Keyset keyset) {
        this.gate = gate;
        this.keyset = keyset;
    }

    /** A sign-in with what is sealed in its row. */
    private record Row(SignIn signIn, Optional<Sealed> verifier, Optional<Sealed> pair) {}

    @Override
    public void open(SignIn signIn, Secret state, Secret codeVerifier) {
        Keys keys = keyset.current();
        byte[] verifier = codeVerifier.expose().getBytes(StandardCharsets.UTF_8);
        gate.change(handle -> handle.createUpdate(INSERT)
                .bind("id", signIn.id())
                .bind("clientId", signIn.clientId())
                .bind("state", fingerprint(state))
                .bind("redirectUri", signIn.redirectUri().toString())
                .bind("scopes", signIn.scopes().toString())
                .bind("expectedUser", signIn.expectedUser())
                .bind("createdAt", signIn.createdAt().toEpochMilli())
                .bind("expiresAt", signIn.expiresAt().toEpochMilli())
                .bind(
                        "verifier",
                        keys.seal(verifier, label(Kind.VERIFIER, signIn.id())).bytes())
                .bind("keyId", keys.primaryId())
                .execute());
    }

    @Override
    public StateAnswer claim(Secret state, Instant now) {
        return gate.write(handle -> {
            boolean yours = handle.createQuery(CLAIM)
                    .bind("state", fingerprint(state))
                    .bind("now", now.toEpochMilli())
                    .mapTo(String.class)
                    .findOne()
                    .isPresent();
            if (!yours) {
                handle.createUpdate(EXPIRE)
                        .bind("state", fingerprint(state))
                        .bind("now", now.toEpochMilli())
                        .execute();
            }
            return row(handle, "WHERE state_fingerprint = :key", fingerprint(state))
                    .map(row -> yours ? yours(row) : obstacle(row.signIn()))
                    .orElseGet(StateAnswer.Unknown::new);
        });
    }

    @Override
    public void exchanged(String signInId, IssuedPair pair) {
        Keys keys = keyset.current();
        Sealed secret = keys.seal(PairBytes.of(pair), label(Kind.PAIR, signInId));
        gate.change(handle -> {
            int kept = handle.createUpdate(KEEP_PAIR)
                    .bind("id", signInId)
                    .bind("pair", secret.bytes())
                    .bind("keyId", keys.primaryId())
                    .execute();
            if (kept == 0) {
                throw new IllegalStateException("sign-in " + signInId
                        + " does not exist or is connected already; only an open one takes a pair");
            }
        });
    }

    @Override
    public void finish(String signInId, SignInStatus status) {
        StatusColumns columns = StatusColumns.of(status);
        gate.change(handle -> {
            int finished = handle.createUpdate(FINISH)
                    .bind("id", signInId)
                    .bind("status", columns.word())
                    .bind("accountId", columns.account())
                    .bind("code", columns.code())
                    .bind("message", columns.message())
                    .execute();
            if (finished == 0) {
                throw new IllegalStateException("there is no sign-in " + signInId + "; open it first");
            }
        });
    }

    @Override
    public Optional<SignIn> signIn(String signInId) {
        return gate.read(handle -> row(handle, "WHERE id = :key", signInId)).map(Row::signIn);
    }

    @Override
    public List<Unidentified> unidentified(String clientId) {
        List<Row> rows = gate.read(handle -> handle.createQuery(
                        SELECT + "WHERE client_id = :clientId AND pair_sealed IS NOT NULL ORDER BY created_at, id")
                .bind("clientId", clientId)
                .map((row, _) -> map(row))
                .list());
        return rows.stream()
                .map(row -> new Unidentified(row.signIn(), pair(row)))
                .toList();
    }

    private StateAnswer yours(Row row) {
        byte[] verifier = open(
                row.verifier().orElseThrow(), label(Kind.VERIFIER, row.signIn().id()));
        return new StateAnswer.Yours(row.signIn(), Secret.of(new String(verifier, StandardCharsets.UTF_8)));
    }

    private static StateAnswer obstacle(SignIn signIn) {
        return signIn.status() instanceof SignInStatus.Expired
                ? new StateAnswer.Expired(signIn)
                : new StateAnswer.Used(signIn);
    }

    private IssuedPair pair(Row row) {
        SealLabel label = label(Kind.PAIR, row.signIn().id());
        try {
            return PairBytes.pair(open(row.pair().orElseThrow(), label));
        } catch (IOException e) {
            throw SealedPair.broken(new SealBrokenException("the " + label + " cannot be read", e));
        }
    }

    private byte[] open(Sealed secret, SealLabel label) {
        try {
            return keyset.open(secret, label);
        } catch (SealBrokenException e) {
            throw SealedPair.broken(e);
        }
    }

    private String fingerprint(Secret state) {
        return keyset.fingerprint("state", state.expose());
    }

    private static SealLabel label(Kind kind, String id) {
        return new SealLabel(kind, id, 0);
    }

    private static Optional<Row> row(Handle handle, String condition, String key) {
        return handle.createQuery(SELECT + condition)
                .bind("key", key)
                .map((row, _) -> map(row))
                .findOne();
    }

    private static Row map(ResultSet row) throws SQLException {
        SignIn signIn = new SignIn(
                row.getString("id"),
                row.getString("client_id"),
                URI.create(row.getString("redirect_uri")),
                Scopes.parse(row.getString("scopes")),
                Optional.ofNullable(row.getString("expected_user")),
                Instant.ofEpochMilli(row.getLong("created_at")),
                Instant.ofEpochMilli(row.getLong("expires_at")),
                StatusColumns.read(row).status());
        return new Row(signIn, secret(row, "verifier_sealed"), secret(row, "pair_sealed"));
    }

    private static Optional<Sealed> secret(ResultSet row, String column) throws SQLException {
        byte[] bytes = row.getBytes(column);
        return Optional.ofNullable(bytes).map(Sealed::of);
    }
}
