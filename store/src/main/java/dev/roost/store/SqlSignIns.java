package dev.roost.store;

import dev.roost.core.Account;
import dev.roost.core.IssuedPair;
import dev.roost.core.RefreshToken;
import dev.roost.core.Secret;
import dev.roost.core.SignIn;
import dev.roost.core.SignInStatus;
import dev.roost.core.SignInStore;
import dev.roost.core.SignedIn;
import dev.roost.store.SealLabel.Kind;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** The table {@code sign_ins}. A state is kept as a fingerprint only: nobody needs to read it back. */
final class SqlSignIns implements SignInStore {
    private static final Logger LOG = System.getLogger(SqlSignIns.class.getName());
    private static final String INSERT = """
            INSERT INTO sign_ins (id, client_id, state_fingerprint, redirect_uri, scopes, expected_user, label,
                return_url, api_key, created_at, expires_at, status, verifier_sealed, key_id)
            VALUES (:id, :clientId, :state, :redirectUri, :scopes, :expectedUser, :label,
                :returnUrl, :apiKey, :createdAt, :expiresAt, 'pending', :verifier, :keyId)
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
            UPDATE sign_ins SET status = 'exchanged', pair_sealed = :pair, pair_at = :at,
                pair_fingerprint = :fingerprint, verifier_sealed = NULL, key_id = :keyId
            WHERE id = :id AND status <> 'connected'
            """;
    private static final String HAS_PAIR = "SELECT 1 FROM sign_ins WHERE id = :id AND pair_fingerprint = :fingerprint";
    private static final String FINISH = """
            UPDATE sign_ins SET status = :status, account_id = :accountId, fail_code = :code, fail_message = :message,
                verifier_sealed = NULL, pair_sealed = NULL, key_id = NULL
            WHERE id = :id
            """;

    private static final String WAITING =
            SignInRow.SELECT + "WHERE client_id = :clientId AND pair_sealed IS NOT NULL ORDER BY created_at, id";

    private final SqlGate gate;
    private final Keyset keyset;
    private final SqlImports imports;
    private final SqlAdmissions admissions;
    private final Once complaints = new Once();

    SqlSignIns(SqlGate gate, Keyset keyset, Journal journal) {
        this.gate = gate;
        this.keyset = keyset;
        this.imports = new SqlImports(gate, keyset);
        this.admissions = new SqlAdmissions(gate, keyset, journal);
    }

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
                .bind("label", signIn.origin().label())
                .bind("returnUrl", signIn.origin().returnUrl().map(URI::toString))
                .bind("apiKey", signIn.origin().key())
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
            return SignInRow.find(handle, "WHERE state_fingerprint = :key", fingerprint(state))
                    .map(row -> yours ? yours(row) : obstacle(row.signIn()))
                    .orElseGet(StateAnswer.Unknown::new);
        });
    }

    @Override
    public ImportAnswer openImport(SignIn signIn, RefreshToken token) {
        return imports.open(signIn, token);
    }

    @Override
    public void exchanged(String signInId, IssuedPair pair, Instant at) {
        Keys keys = keyset.current();
        Sealed secret = keys.seal(PairBytes.of(pair), label(Kind.PAIR, signInId));
        String fingerprint = SealedPair.fingerprint(keyset, pair.tokens().refresh());
        gate.change(handle -> {
            int kept = handle.createUpdate(KEEP_PAIR)
                    .bind("id", signInId)
                    .bind("pair", secret.bytes())
                    .bind("at", at.toEpochMilli())
                    .bind("fingerprint", fingerprint)
                    .bind("keyId", keys.primaryId())
                    .execute();
            if (kept == 0 && !hasPair(handle, signInId, fingerprint)) {
                throw new IllegalStateException("sign-in " + signInId
                        + " does not exist or is connected already; only an open one takes a pair");
            }
        });
    }

    @Override
    public Optional<Account> admit(String signInId, SignedIn signedIn, Optional<SignInStatus.Failed> failure) {
        return admissions.admit(signInId, signedIn, failure);
    }

    @Override
    public void finish(String signInId, SignInStatus status) {
        gate.change(handle -> {
            if (!finish(handle, signInId, status)) {
                throw new IllegalStateException("there is no sign-in " + signInId + "; open it first");
            }
        });
    }

    /** Returns false when there is no such sign-in. */
    static boolean finish(Handle handle, String signInId, SignInStatus status) {
        StatusColumns columns = StatusColumns.of(status);
        return handle.createUpdate(FINISH)
                        .bind("id", signInId)
                        .bind("status", columns.word())
                        .bind("accountId", columns.account())
                        .bind("code", columns.code())
                        .bind("message", columns.message())
                        .execute()
                == 1;
    }

    @Override
    public Optional<SignIn> signIn(String signInId) {
        return gate.read(handle -> SignInRow.find(handle, "WHERE id = :key", signInId))
                .map(SignInRow::signIn);
    }

    @Override
    public List<Unidentified> unidentified(String clientId, int limit) {
        return gate.read(handle -> {
            try (Stream<SignInRow> rows =
                    handle
                            .createQuery(WAITING)
                            .bind("clientId", clientId)
                            .map((row, _) -> SignInRow.read(row))
                            .stream()) {
                return rows.flatMap(row -> waiting(row).stream()).limit(limit).toList();
            }
        });
    }

    private StateAnswer yours(SignInRow row) {
        byte[] verifier = open(
                row.verifier().orElseThrow(), label(Kind.VERIFIER, row.signIn().id()));
        return new StateAnswer.Yours(row.signIn(), Secret.of(new String(verifier, StandardCharsets.UTF_8)));
    }

    private static StateAnswer obstacle(SignIn signIn) {
        return signIn.status() instanceof SignInStatus.Expired
                ? new StateAnswer.Expired(signIn)
                : new StateAnswer.Used(signIn);
    }

    private Optional<Unidentified> waiting(SignInRow row) {
        SealLabel label = label(Kind.PAIR, row.signIn().id());
        try {
            IssuedPair pair = PairBytes.pair(keyset.open(row.pair().orElseThrow(), label));
            return Optional.of(new Unidentified(row.signIn(), pair, row.pairAt()));
        } catch (IOException | SealBrokenException e) {
            if (complaints.isFirst(row.signIn().id())) {
                LOG.log(
                        Level.WARNING,
                        "the {0} cannot be opened ({1}) and is left out; restore the keyset file, or sign in again",
                        label,
                        e.getMessage());
            }
            return Optional.empty();
        }
    }

    private byte[] open(Sealed secret, SealLabel label) {
        try {
            return keyset.open(secret, label);
        } catch (SealBrokenException e) {
            throw SealedPair.broken(e);
        }
    }

    /** Tells whether this pair was kept here before, whatever has become of it. */
    private static boolean hasPair(Handle handle, String signInId, String fingerprint) {
        return handle.createQuery(HAS_PAIR)
                .bind("id", signInId)
                .bind("fingerprint", fingerprint)
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    private String fingerprint(Secret state) {
        return keyset.fingerprint("state", state.expose());
    }

    private static SealLabel label(Kind kind, String id) {
        return new SealLabel(kind, id, 0);
    }
}
