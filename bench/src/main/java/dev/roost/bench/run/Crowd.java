package dev.roost.bench.run;

import dev.roost.core.AccountId;
import dev.roost.store.Database;
import dev.roost.store.RoostStore;
import dev.roost.store.SealedCrowd;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Accounts by the thousand with pairs that open, in a PostgreSQL database of their own.
 *
 * @param server where it is
 * @param name of the database
 * @param folder for keyset and spool
 * @param many how many accounts there are
 */
record Crowd(PostgresServer server, String name, Path folder, int many) {
    /** Makes them, due one after another from now on, evenly over a while. */
    static Crowd fill(PostgresServer server, String name, Path folder, int many, Duration dueWithin)
            throws SQLException, IOException {
        var _ = server.newDatabase(name);
        Crowd crowd = new Crowd(server, name, folder, many);
        crowd.open().close();
        SealedCrowd.fill(
                server.jdbc(name),
                crowd.keyset(),
                ScriptedX.CLIENT_ID,
                many,
                Instant.now(),
                dueWithin,
                ScriptedX::pair);
        server.execute(name, "ANALYZE");
        return crowd;
    }

    Path keyset() {
        return folder.resolve("keyset.json");
    }

    RoostStore open() {
        return RoostStore.open(Database.Postgres.parse(server.url(name)), keyset(), InstantSource.system());
    }

    AccountId id(int number) {
        return SealedCrowd.id(number);
    }

    /** Makes all of them due now. */
    void allDue() throws SQLException {
        server.execute(name, "UPDATE grants SET due_at = 0 WHERE due_at > 0");
    }
}
