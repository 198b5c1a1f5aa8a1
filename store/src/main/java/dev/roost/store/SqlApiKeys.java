package dev.roost.store;

import dev.roost.core.AccountId;
import dev.roost.core.ChangeFeed.Change;
import dev.roost.core.access.ApiKey;
import dev.roost.core.access.ApiKeyStore;
import dev.roost.core.access.KeyDigest;
import dev.roost.core.access.KeyScope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** The table {@code api_keys}. */
final class SqlApiKeys implements ApiKeyStore {
    private static final String INSERT = """
            INSERT INTO api_keys (id, name, scopes, accounts, requests_per_minute, digest, created_at, revoked_at)
            VALUES (:id, :name, :scopes, :accounts, :requestsPerMinute, :digest, :createdAt, :revokedAt)
            ON CONFLICT (id) DO NOTHING
            """;
    private static final String SELECT = "SELECT id, name, scopes, accounts, requests_per_minute, digest, created_at,"
            + " revoked_at FROM api_keys ";
    private static final String REVOKE = "UPDATE api_keys SET revoked_at = coalesce(revoked_at, :at) WHERE id = :id";

    private final SqlGate gate;

    SqlApiKeys(SqlGate gate) {
        this.gate = gate;
    }

    @Override
    public void add(ApiKey key, KeyDigest digest) {
        gate.change(handle -> {
            int added = handle.createUpdate(INSERT)
                    .bind("id", key.id())
                    .bind("name", key.name())
                    .bind("scopes", joined(key.scopes(), KeyScope::text))
                    .bind(
                            "accounts",
                            Optional.of(joined(key.accounts(), AccountId::value))
                                    .filter(ids -> !ids.isEmpty()))
                    .bind("requestsPerMinute", key.requestsPerMinute())
                    .bind("digest", digest.bytes())
                    .bind("createdAt", key.createdAt().toEpochMilli())
                    .bind("revokedAt", key.revokedAt().map(Instant::toEpochMilli))
                    .execute();
            if (added == 0 && !find(handle, key.id()).orElseThrow().digest().equals(digest)) {
                throw new IllegalStateException(
                        "there is another API key with the id " + key.id() + "; make the new one again, with a new id");
            }
        });
    }

    @Override
    public Optional<Stored> find(String id) {
        return gate.read(handle -> find(handle, id));
    }

    @Override
    public List<ApiKey> all() {
        return gate.read(handle -> handle.createQuery(SELECT + "ORDER BY created_at, id")
                .map((row, _) -> read(row).key())
                .list());
    }

    @Override
    public boolean revoke(String id, Instant at) {
        return gate.write(handle -> {
            Notices.tell(handle, new Change.KeyChanged(id));
            return handle.createUpdate(REVOKE)
                            .bind("id", id)
                            .bind("at", at.toEpochMilli())
                            .execute()
                    == 1;
        });
    }

    private static Optional<Stored> find(Handle handle, String id) {
        return handle.createQuery(SELECT + "WHERE id = :id")
                .bind("id", id)
                .map((row, _) -> read(row))
                .findOne();
    }

    private static Stored read(ResultSet row) throws SQLException {
        ApiKey key = new ApiKey(
                row.getString("id"),
                row.getString("name"),
                parted(row.getString("scopes"), KeyScope::parse),
                accounts(row),
                row.getInt("requests_per_minute"),
                Instant.ofEpochMilli(row.getLong("created_at")),
                revokedAt(row));
        return new Stored(key, KeyDigest.of(row.getBytes("digest")));
    }

    /** An empty text would be a mistake, and fails: it must not come to mean all accounts. */
    private static Set<AccountId> accounts(ResultSet row) throws SQLException {
        String ids = row.getString("accounts");
        return ids == null ? Set.of() : parted(ids, AccountId::new);
    }

    private static Optional<Instant> revokedAt(ResultSet row) throws SQLException {
        long millis = row.getLong("revoked_at");
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }

    private static <T> String joined(Collection<T> things, Function<T, String> text) {
        return things.stream().map(text).collect(Collectors.joining(" "));
    }

    private static <T> Set<T> parted(String text, Function<String, T> thing) {
        return Arrays.stream(text.split(" ", -1)).map(thing).collect(Collectors.toUnmodifiableSet());
    }
}
