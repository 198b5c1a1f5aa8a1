package dev.roost.proof.browser;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;

/** Accounts by the thousand beside those that are there, by SQL: of 100, 94 active, 4 that need a sign-in, 2 disconnected. */
final class Crowd {
    private static final String ID = "'acc_' || substr(CAST(1000000000 + n AS TEXT), 2) || '00000000000'";
    private static final String NUMBERS =
            "WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ?1) ";
    private static final String ACCOUNTS =
            NUMBERS + "INSERT INTO accounts (id, client_id, x_user_id, username, connected_at) SELECT " + ID
                    + ", 'shop', CAST(5000000 + n AS TEXT), 'Person_' || n, ?2 - n * 1000 FROM numbers";
    private static final String GRANTS =
            NUMBERS + "INSERT INTO grants (account_id, client_id, generation, state, state_since, scopes,"
                    + " access_expires_at, rotated_at, due_at, sends, loss_cause, name_key, newness) SELECT " + ID
                    + ", 'shop', 1 + n % 90, CASE WHEN n % 100 < 94 THEN 'active'"
                    + " WHEN n % 100 < 98 THEN 'needs_reauthorization' ELSE 'disconnected' END,"
                    + " ?2 - (n * 7919 % 7200000), 'tweet.read users.read', ?2 + (n * 7919 % 7200000),"
                    + " ?2 - (n * 7919 % 7200000),"
                    + " CASE WHEN n % 100 < 94 THEN ?2 + (n * 7919 % 6600000) ELSE NULL END, 0,"
                    + " CASE WHEN n % 100 BETWEEN 94 AND 97 THEN 'refused_by_x' ELSE NULL END,"
                    + " 'person_' || n, n * 1000 - ?2 FROM numbers";

    private Crowd() {}

    /** Writes so many accounts of the app {@code shop}, named {@code Person_1} and so on, into the database of a folder. */
    static void fill(Path data, int many) throws SQLException {
        try (Connection connection =
                DriverManager.getConnection("jdbc:sqlite:" + data.resolve("roost.db") + "?busy_timeout=30000")) {
            connection.setAutoCommit(false);
            for (String sql : new String[] {ACCOUNTS, GRANTS}) {
                try (PreparedStatement statement = connection.prepareStatement(sql)) {
                    statement.setInt(1, many);
                    statement.setLong(2, Instant.now().toEpochMilli());
                    statement.executeUpdate();
                }
            }
            connection.commit();
        }
    }
}
