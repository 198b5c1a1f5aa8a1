package dev.roost.store;

/** Accounts by the thousand, written by SQL: of 100, 90 active, 4 uncertain, 4 that need a sign-in, 2 disconnected. */
final class Crowd {
    private static final String NUMBERS =
            "WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < :many) ";
    private static final String ID = "'acc_' || substr(CAST(1000000000 + n AS TEXT), 2) || '00000000000'";

    private Crowd() {}

    /** Writes accounts without pairs that anybody could open. */
    static void fill(SqlGate gate, String clientId, int many, long now) {
        gate.change(handle -> {
            handle.createUpdate(NUMBERS + "INSERT INTO accounts (id, client_id, x_user_id, username, connected_at)"
                            + " SELECT " + ID
                            + ", :client, CAST(n AS TEXT), 'User_' || n, :now - n * 1000 FROM numbers")
                    .bind("many", many)
                    .bind("client", clientId)
                    .bind("now", now)
                    .execute();
            handle.createUpdate(NUMBERS + "INSERT INTO grants (account_id, client_id, generation, state, state_since,"
                            + " scopes, access_sealed, refresh_sealed, key_id, refresh_fingerprint, access_expires_at,"
                            + " rotated_at, due_at, sends, first_sent_at, first_node, loss_cause, name_key, newness)"
                            + " SELECT " + ID + ", :client, 1 + n % 90,"
                            + " CASE WHEN n % 100 < 94 THEN 'active' WHEN n % 100 < 98 THEN 'needs_reauthorization'"
                            + " ELSE 'disconnected' END, :now - (n * 7919 % 7200000), 'tweet.read users.read',"
                            + " NULL, NULL, NULL, NULL, :now + (n * 7919 % 7200000), :now - (n * 7919 % 7200000),"
                            + " CASE WHEN n % 100 < 94 THEN :now + (n * 7919 % 6600000) ELSE NULL END,"
                            + " CASE WHEN n % 100 < 4 THEN 1 ELSE 0 END,"
                            + " CASE WHEN n % 100 < 4 THEN :now - (n * 7919 % 60000) ELSE NULL END,"
                            + " CASE WHEN n % 100 < 4 THEN 'node-1' ELSE NULL END,"
                            + " CASE WHEN n % 100 BETWEEN 94 AND 97 THEN 'refused_by_x' ELSE NULL END,"
                            + " 'user_' || n, n * 1000 - :now FROM numbers")
                    .bind("many", many)
                    .bind("client", clientId)
                    .bind("now", now)
                    .execute();
            handle.createUpdate(
                            NUMBERS + "INSERT INTO audit (first_at, last_at, api_key, account_id, operation, outcome,"
                                    + " calls) SELECT :now, :now, 'key', CASE WHEN n % 3 = 0 THEN NULL ELSE " + ID
                                    + " END, CASE WHEN n % 2 = 0 THEN 'profile.read' ELSE 'dashboard.account' END, 'ok', 1"
                                    + " FROM numbers")
                    .bind("many", many)
                    .bind("now", now)
                    .execute();
            if (gate.dialect().types().containsValue("BYTEA")) {
                // PostgreSQL does so by itself after a while; SQLite never does.
                handle.execute("ANALYZE");
            }
        });
    }
}
