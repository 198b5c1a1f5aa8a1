package dev.roost.store;

import dev.roost.core.Scopes;
import dev.roost.core.SignIn;
import dev.roost.core.SignInOrigin;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * One row of the table of sign-ins.
 *
 * @param signIn without its secrets
 * @param verifier sealed, until the code is exchanged
 * @param pair sealed, while it waits for its user
 * @param pairAt when X issued the pair; means nothing without one
 */
record SignInRow(SignIn signIn, Optional<Sealed> verifier, Optional<Sealed> pair, Instant pairAt) {
    /** Reads everything that the mapper wants; conditions follow. */
    static final String SELECT = "SELECT id, client_id, redirect_uri, scopes, expected_user,"
            + " label, return_url, api_key, created_at,"
            + " expires_at, status, account_id, fail_code, fail_message, verifier_sealed, pair_sealed, pair_at"
            + " FROM sign_ins ";

    /** Returns the row that a condition on {@code :key} picks. */
    static Optional<SignInRow> find(Handle handle, String condition, String key) {
        return handle.createQuery(SELECT + condition)
                .bind("key", key)
                .map((row, _) -> read(row))
                .findOne();
    }

    static SignInRow read(ResultSet row) throws SQLException {
        SignIn signIn = new SignIn(
                row.getString("id"),
                row.getString("client_id"),
                URI.create(row.getString("redirect_uri")),
                Scopes.parse(row.getString("scopes")),
                Optional.ofNullable(row.getString("expected_user")),
                origin(row),
                time(row, "created_at"),
                time(row, "expires_at"),
                StatusColumns.read(row).status());
        return new SignInRow(signIn, secret(row, "verifier_sealed"), secret(row, "pair_sealed"), time(row, "pair_at"));
    }

    private static SignInOrigin origin(ResultSet row) throws SQLException {
        return new SignInOrigin(
                Optional.ofNullable(row.getString("label")),
                Optional.ofNullable(row.getString("return_url")).map(URI::create),
                Optional.ofNullable(row.getString("api_key")));
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return Instant.ofEpochMilli(row.getLong(column));
    }

    private static Optional<Sealed> secret(ResultSet row, String column) throws SQLException {
        byte[] bytes = row.getBytes(column);
        return Optional.ofNullable(bytes).map(Sealed::of);
    }
}
