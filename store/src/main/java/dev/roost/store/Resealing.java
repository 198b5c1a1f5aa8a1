package dev.roost.store;

import dev.roost.core.AccountId;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Seals rows anew that are under an older key, a batch per transaction. Each write names the generation and key it
 * replaces, so a row that a running process has just rotated is left alone.
 */
final class Resealing {
    private static final Logger LOG = System.getLogger(Resealing.class.getName());
    private static final int BATCH = 100;
    private static final String COUNT = "SELECT (SELECT count(*) FROM grants WHERE key_id <> :keyId)"
            + " + (SELECT count(*) FROM sign_ins WHERE key_id <> :keyId)"
            + " + (SELECT count(*) FROM webhooks WHERE key_id <> :keyId)";
    private static final String OLD_GRANTS = """
            SELECT account_id, generation, access_sealed, refresh_sealed, key_id, refresh_fingerprint FROM grants
            WHERE key_id <> :keyId AND account_id > :after ORDER BY account_id LIMIT :limit
            """;
    private static final String RESEAL_GRANT = """
            UPDATE grants SET access_sealed = :access, refresh_sealed = :refresh, key_id = :keyId
            WHERE account_id = :id AND generation = :generation AND key_id = :oldKeyId
            """;
    private static final String OLD_SIGN_INS = """
            SELECT id, verifier_sealed, pair_sealed, key_id FROM sign_ins
            WHERE key_id <> :keyId AND id > :after ORDER BY id LIMIT :limit
            """;

    private static final String OLD_WEBHOOKS = "SELECT " + WebhookSecrets.COLUMNS
            + " FROM webhooks WHERE key_id <> :keyId AND id > :after ORDER BY id LIMIT :limit";

    private final SqlGate gate;
    private final Keyset keyset;
    private final Keys keys;

    Resealing(SqlGate gate, Keyset keyset, Keys keys) {
        this.gate = gate;
        this.keyset = keyset;
        this.keys = keys;
    }

    /**
     * What one batch did.
     *
     * @param last the id to go on after; empty when there are no more
     * @param resealed how many rows are under the new key now
     * @param broken how many could not be opened and stay as they are
     */
    record Batch(String last, int resealed, int broken) {}

    private record OldGrant(AccountId id, long generation, SealedPair pair) {}

    private record OldSignIn(String id, SealLabel.Kind kind, Sealed secret, long keyId) {}

    private record OldWebhook(String id, Optional<WebhookSecrets.Opened> opened) {}

    /** Returns how many rows are under an older key. */
    long pending() {
        return gate.read(handle -> handle.createQuery(COUNT)
                .bind("keyId", keys.primaryId())
                .mapTo(Long.class)
                .one());
    }

    Batch grants(String after) {
        return gate.write(handle -> {
            List<OldGrant> rows = handle.createQuery(OLD_GRANTS)
                    .bind("keyId", keys.primaryId())
                    .bind("after", after)
                    .bind("limit", BATCH)
                    .map((row, _) -> new OldGrant(
                            new AccountId(row.getString("account_id")),
                            row.getLong("generation"),
                            new SealedPair(
                                    Sealed.of(row.getBytes("access_sealed")),
                                    Sealed.of(row.getBytes("refresh_sealed")),
                                    row.getLong("key_id"),
                                    row.getString("refresh_fingerprint"))))
                    .list();
            int broken = (int) rows.stream().filter(row -> !reseal(handle, row)).count();
            String last = rows.isEmpty() ? "" : rows.getLast().id().value();
            return new Batch(last, rows.size() - broken, broken);
        });
    }

    Batch signIns(String after) {
        return gate.write(handle -> {
            List<OldSignIn> rows = handle.createQuery(OLD_SIGN_INS)
                    .bind("keyId", keys.primaryId())
                    .bind("after", after)
                    .bind("limit", BATCH)
                    .map((row, _) -> {
                        byte[] pair = row.getBytes("pair_sealed");
                        SealLabel.Kind kind = pair == null ? SealLabel.Kind.VERIFIER : SealLabel.Kind.PAIR;
                        byte[] secret = pair == null ? row.getBytes("verifier_sealed") : pair;
                        return new OldSignIn(row.getString("id"), kind, Sealed.of(secret), row.getLong("key_id"));
                    })
                    .list();
            int broken = (int) rows.stream().filter(row -> !reseal(handle, row)).count();
            return new Batch(rows.isEmpty() ? "" : rows.getLast().id(), rows.size() - broken, broken);
        });
    }

    Batch webhooks(String after) {
        WebhookSecrets secrets = new WebhookSecrets(keyset);
        return gate.write(handle -> {
            List<OldWebhook> rows = handle.createQuery(OLD_WEBHOOKS)
                    .bind("keyId", keys.primaryId())
                    .bind("after", after)
                    .bind("limit", BATCH)
                    .map((row, _) -> read(secrets, row))
                    .list();
            rows.forEach(row -> row.opened().ifPresent(opened -> secrets.reseal(handle, opened, keys)));
            int broken =
                    (int) rows.stream().filter(row -> row.opened().isEmpty()).count();
            return new Batch(rows.isEmpty() ? "" : rows.getLast().id(), rows.size() - broken, broken);
        });
    }

    private static OldWebhook read(WebhookSecrets secrets, ResultSet row) throws SQLException {
        try {
            return new OldWebhook(row.getString("id"), Optional.of(secrets.open(row)));
        } catch (SealBrokenException e) {
            var _ = skip(e);
            return new OldWebhook(row.getString("id"), Optional.empty());
        }
    }

    /** Returns false when the row does not open. */
    private boolean reseal(Handle handle, OldGrant row) {
        try {
            SealedPair next = SealedPair.seal(
                    keys, row.id(), row.generation(), row.pair().unseal(keyset, row.id(), row.generation()));
            next.bindTo(handle.createUpdate(RESEAL_GRANT))
                    .bind("id", row.id().value())
                    .bind("generation", row.generation())
                    .bind("oldKeyId", row.pair().keyId())
                    .execute();
            return true;
        } catch (SealBrokenException e) {
            return skip(e);
        }
    }

    private boolean reseal(Handle handle, OldSignIn row) {
        SealLabel label = new SealLabel(row.kind(), row.id(), 0);
        String column = row.kind() == SealLabel.Kind.PAIR ? "pair_sealed" : "verifier_sealed";
        try {
            handle.createUpdate("UPDATE sign_ins SET " + column + " = :sealed, key_id = :keyId WHERE id = :id AND "
                            + column + " IS NOT NULL AND key_id = :oldKeyId")
                    .bind(
                            "sealed",
                            keys.seal(keyset.open(row.secret(), label), label).bytes())
                    .bind("keyId", keys.primaryId())
                    .bind("id", row.id())
                    .bind("oldKeyId", row.keyId())
                    .execute();
            return true;
        } catch (SealBrokenException e) {
            return skip(e);
        }
    }

    private static boolean skip(SealBrokenException broken) {
        LOG.log(Level.WARNING, "left under its old key: {0}", broken.getMessage());
        return false;
    }
}
