package dev.roost.store;

import dev.roost.core.Secret;
import dev.roost.core.StoreUnavailableException;
import dev.roost.store.SealLabel.Kind;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/** The address and the secrets of a webhook as they rest in its row. All that one row holds is under one key. */
record WebhookSecrets(Keyset keyset) {
    private static final Logger LOG = System.getLogger(WebhookSecrets.class.getName());
    static final String COLUMNS =
            "id, url_sealed, secret_number, secret_sealed, old_secret_sealed, old_secret_until, key_id";
    private static final String SELECT = "SELECT " + COLUMNS + " FROM webhooks WHERE id = :id";
    private static final String ROTATE = """
            UPDATE webhooks SET url_sealed = :url, secret_sealed = :secret, old_secret_sealed = :oldSecret,
                old_secret_until = :oldUntil, secret_number = secret_number + 1, key_id = :keyId
            WHERE id = :id AND secret_number = :number
            """;
    private static final String RESEAL = """
            UPDATE webhooks SET url_sealed = :url, secret_sealed = :secret, old_secret_sealed = :oldSecret, key_id = :keyId
            WHERE id = :id AND secret_number = :number AND key_id = :oldKeyId
            """;

    /**
     * An open row.
     *
     * @param number of the present secret
     * @param old the secret before, however old it is
     * @param oldUntil until when it counts; 0 where there is none
     */
    record Opened(String id, Secret url, long number, Secret secret, Optional<Secret> old, long oldUntil, long keyId) {}

    /** Binds what a new row holds. */
    <S extends SqlStatement<S>> S bind(S statement, String id, Secret url, Secret secret) {
        Keys keys = keyset.current();
        return statement
                .bind("id", id)
                .bind("url", sealed(keys, url, Kind.WEBHOOK_URL, id, 0))
                .bind("secret", sealed(keys, secret, Kind.WEBHOOK_SECRET, id, 1))
                .bind("keyId", keys.primaryId());
    }

    /** Opens one; empty when there is none. */
    Optional<Opened> find(Handle handle, String id) {
        return handle.createQuery(SELECT)
                .bind("id", id)
                .map((row, _) -> {
                    try {
                        return open(row);
                    } catch (SealBrokenException e) {
                        throw broken(id, e);
                    }
                })
                .findOne();
    }

    Opened open(ResultSet row) throws SQLException, SealBrokenException {
        String id = row.getString("id");
        long number = row.getLong("secret_number");
        return new Opened(
                id,
                opened(row.getBytes("url_sealed"), Kind.WEBHOOK_URL, id, 0),
                number,
                opened(row.getBytes("secret_sealed"), Kind.WEBHOOK_SECRET, id, number),
                old(row, id, number),
                row.getLong("old_secret_until"),
                row.getLong("key_id"));
    }

    /** The secret before helps receivers that do not know the present one yet; without it deliveries go on. */
    private Optional<Secret> old(ResultSet row, String id, long number) throws SQLException {
        byte[] old = row.getBytes("old_secret_sealed");
        try {
            return old == null ? Optional.empty() : Optional.of(opened(old, Kind.WEBHOOK_SECRET, id, number - 1));
        } catch (SealBrokenException e) {
            LOG.log(Level.DEBUG, "an old secret of a webhook does not open", e);
            return Optional.empty();
        }
    }

    private static StoreUnavailableException broken(String id, SealBrokenException cause) {
        return new StoreUnavailableException(
                cause.getMessage() + ". Its row was changed or moved, or the keyset file is not the one it was sealed"
                        + " with: restore the row or the keyset file from a backup, or delete the webhook " + id
                        + " and add it again",
                cause);
    }

    /** Puts a new secret before the present one; false when there is no such webhook. */
    boolean rotate(Handle handle, String id, Secret fresh, Instant oldUntil) {
        Optional<Opened> found = find(handle, id);
        boolean done = false;
        while (found.isPresent() && !done) {
            Opened now = found.get();
            Keys keys = keyset.current();
            done = handle.createUpdate(ROTATE)
                            .bind("id", id)
                            .bind("number", now.number())
                            .bind("url", sealed(keys, now.url(), Kind.WEBHOOK_URL, id, 0))
                            .bind("secret", sealed(keys, fresh, Kind.WEBHOOK_SECRET, id, now.number() + 1))
                            .bind("oldSecret", sealed(keys, now.secret(), Kind.WEBHOOK_SECRET, id, now.number()))
                            .bind("oldUntil", oldUntil.toEpochMilli())
                            .bind("keyId", keys.primaryId())
                            .execute()
                    == 1;
            found = done ? found : find(handle, id);
        }
        return done;
    }

    /** Seals a row anew with these keys. One that has changed meanwhile is left alone. */
    void reseal(Handle handle, Opened row, Keys keys) {
        handle.createUpdate(RESEAL)
                .bind("id", row.id())
                .bind("number", row.number())
                .bind("url", sealed(keys, row.url(), Kind.WEBHOOK_URL, row.id(), 0))
                .bind("secret", sealed(keys, row.secret(), Kind.WEBHOOK_SECRET, row.id(), row.number()))
                .bindByType(
                        "oldSecret",
                        row.old()
                                .map(old -> sealed(keys, old, Kind.WEBHOOK_SECRET, row.id(), row.number() - 1))
                                .orElse(null),
                        byte[].class)
                .bind("keyId", keys.primaryId())
                .bind("oldKeyId", row.keyId())
                .execute();
    }

    private static byte[] sealed(Keys keys, Secret secret, Kind kind, String id, long number) {
        return keys.seal(secret.expose().getBytes(StandardCharsets.UTF_8), new SealLabel(kind, id, number))
                .bytes();
    }

    private Secret opened(byte[] sealed, Kind kind, String id, long number) throws SealBrokenException {
        return Secret.of(
                new String(keyset.open(Sealed.of(sealed), new SealLabel(kind, id, number)), StandardCharsets.UTF_8));
    }
}
