package dev.roost.store;

import dev.roost.core.AccountEvent;
import dev.roost.core.AccountId;
import dev.roost.core.Scopes;
import dev.roost.core.TokenPair;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Writes accounts with sealed pairs by the million, for measurements. It stands in this package, for nobody else shall be
 * able to seal.
 */
public final class SealedCrowd {
    private static final String ACCOUNTS =
            "COPY accounts (id, client_id, x_user_id, username, connected_at, issued_at)" + " FROM STDIN";
    private static final String GRANTS = "COPY grants (account_id, client_id, generation, state, state_since, scopes,"
            + " access_sealed, refresh_sealed, key_id, refresh_fingerprint, access_expires_at, rotated_at, due_at,"
            + " name_key, newness) FROM STDIN";
    private static final String EVENTS =
            "COPY events (account_id, sequence, hash, at, kind, generation, node, detail) FROM STDIN";
    private static final String HEADS = "COPY event_heads (account_id, sequence, hash) FROM STDIN";
    private static final int BATCH = 1000;

    private SealedCrowd() {}

    /** Returns the id of an account by its number, from 0. */
    public static AccountId id(int number) {
        // Spread, as random ids are: neighbours in time are no neighbours in an index.
        long spread = (number + 1) * 0x9E3779B97F4A7C15L;
        return new AccountId(String.format(Locale.ROOT, "acc_%016x%04x", spread, number & 0xffff));
    }

    /**
     * Writes accounts of generation 1, with the entry of their sign-in in their logs, into a database that Roost has opened
     * before; their refreshes are due evenly over a while.
     *
     * @param jdbc its address; the role must be a superuser, for foreign keys are not checked
     * @param pairs what X issued
     * @throws SQLException if the database does not take them
     */
    public static void fill(
            String jdbc,
            Path keysetFile,
            String clientId,
            int many,
            Instant now,
            Duration dueWithin,
            Supplier<TokenPair> pairs)
            throws SQLException, IOException {
        Keys keys = new KeysetFile(keysetFile).read();
        long at = now.toEpochMilli();
        copy(
                jdbc,
                ACCOUNTS,
                many,
                n -> String.join("\t", id(n).value(), clientId, "" + (5_000_000L + n), "User_" + n, "" + at, "" + at));
        copy(jdbc, GRANTS, many, n -> {
            long due = at + (long) ((double) dueWithin.toMillis() * n / many);
            SealedPair pair = SealedPair.seal(keys, id(n), 1, pairs.get());
            return String.join(
                    "\t",
                    id(n).value(),
                    clientId,
                    "1",
                    "active",
                    "" + at,
                    Scopes.DEFAULT.toString(),
                    bytes(pair.access()),
                    bytes(pair.refresh()),
                    "" + pair.keyId(),
                    pair.fingerprint(),
                    "" + (due + 600_000),
                    "" + at,
                    "" + due,
                    "user_" + n,
                    "" + -at);
        });
        Instant signedInAt = Instant.ofEpochMilli(at);
        ChainKey chain = new ChainKey(new Keyset(new KeysetFile(keysetFile)));
        String[] hashes = new String[many];
        copy(jdbc, EVENTS, many, n -> {
            AccountEvent event =
                    new AccountEvent(id(n), signedInAt, AccountEvent.Kind.CONNECTED, 1, "bench", "signed in");
            hashes[n] = chain.hash(ChainKey.START, 1, Entry.of(event));
            return String.join(
                    "\t", id(n).value(), "1", hashes[n], "" + at, event.kind().name(), "1", event.node(), event.detail());
        });
        copy(jdbc, HEADS, many, n -> String.join("\t", id(n).value(), "1", hashes[n]));
    }

    private static String bytes(Sealed sealed) {
        return "\\\\x" + HexFormat.of().formatHex(sealed.bytes());
    }

    private static void copy(String jdbc, String sql, int many, IntFunction<String> line) throws SQLException {
        try (Connection connection = DriverManager.getConnection(jdbc);
                Statement statement = connection.createStatement()) {
            statement.execute("SET session_replication_role = replica");
            CopyIn in = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
            StringBuilder lines = new StringBuilder();
            for (int n = 0; n < many; n++) {
                lines.append(line.apply(n)).append('\n');
                if (n % BATCH == BATCH - 1 || n == many - 1) {
                    byte[] some = lines.toString().getBytes(StandardCharsets.UTF_8);
                    in.writeToCopy(some, 0, some.length);
                    lines.setLength(0);
                }
            }
            var _ = in.endCopy();
        }
    }
}
