package dev.roost.store;

import java.util.Map;
import java.util.Optional;

/**
 * Where the SQL of the two databases differs.
 *
 * @param leaseNow an expression for the time by the lease clock; {@code :leaseNow} when it is bound by the process
 * @param types the placeholders of the migrations
 */
record Dialect(String leaseNow, Map<String, String> types) {
    private static final String BOUND = ":leaseNow";
    private static final String SERVER_CLOCK = "CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)";

    /** A role or server set to lose the last commits in a crash is overruled; nothing else is touched. */
    static final String DURABLE_COMMITS = "SELECT set_config('synchronous_commit', 'on', false)"
            + " WHERE current_setting('synchronous_commit') = 'off'";

    static Dialect of(Database database, LeaseClock leaseClock) {
        String leaseNow =
                switch (leaseClock) {
                    case LeaseClock.Database d -> SERVER_CLOCK;
                    case LeaseClock.Injected i -> BOUND;
                };
        return switch (database) {
            case Database.Sqlite s -> {
                if (leaseClock instanceof LeaseClock.Database) {
                    throw new IllegalArgumentException("SQLite has no clock of its own; give LeaseClock.Injected");
                }
                yield new Dialect(
                        leaseNow,
                        Map.of(
                                "bytes", "BLOB",
                                "identity", "INTEGER PRIMARY KEY AUTOINCREMENT",
                                "bytewise", "COLLATE BINARY",
                                "generated", "VIRTUAL",
                                "postgres", "-- "));
            }
            case Database.Postgres p ->
                new Dialect(
                        leaseNow,
                        Map.of(
                                "bytes", "BYTEA",
                                "identity", "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
                                "bytewise", "COLLATE \"C\"",
                                "generated", "STORED",
                                "postgres", ""));
        };
    }

    /** Returns what locks the rows of the query {@code d}, those aside that another process holds; SQLite has one writer. */
    String skipping() {
        return isPostgres() ? "FOR UPDATE OF d SKIP LOCKED" : "";
    }

    /** Returns how many transactions that record answers may be under way at once in a process. */
    int lanes() {
        return isPostgres() ? 2 : 1;
    }

    /** Returns the condition that an id is in the list {@code :ids}, whose members have commas between them. */
    String amongIds() {
        return among("ids");
    }

    private String among(String parameter) {
        return isPostgres()
                ? "= ANY (string_to_array(:" + parameter + ", ','))"
                : "IN (SELECT value FROM json_each('[\"' || replace(:" + parameter + ", ',', '\",\"') || '\"]'))";
    }

    private String amongNumbers(String parameter) {
        return isPostgres()
                ? "= ANY (CAST(string_to_array(:" + parameter + ", ',') AS BIGINT[]))"
                : "IN (SELECT value FROM json_each('[' || :" + parameter + " || ']'))";
    }

    /** Returns the query that a connection begins with, if any. */
    Optional<String> firstStatement() {
        return isPostgres() ? Optional.of(DURABLE_COMMITS) : Optional.empty();
    }

    /** Returns what keeps other writers away from a table until the transaction ends; SQLite has one writer anyway. */
    Optional<String> lockAll(String table) {
        return isPostgres() ? Optional.of("LOCK TABLE " + table + " IN SHARE ROW EXCLUSIVE MODE") : Optional.empty();
    }

    /** Tells whether a statement takes the values of many rows as arrays. */
    boolean takesArrays() {
        return isPostgres();
    }

    private boolean isPostgres() {
        return types.containsValue("BYTEA");
    }

    /** Completes a statement that names {@code <now>} or has {@link Epoch#STANDS} in it. */
    String sql(String text) {
        return text.replace("<now>", leaseNow)
                .replace("<seenIds>", amongNumbers("seenIds"))
                .replace("<seenHashes>", among("seenHashes"));
    }
}
