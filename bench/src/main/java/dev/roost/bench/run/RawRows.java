package dev.roost.bench.run;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import javax.sql.DataSource;

/**
 * The least that records a rotation: one versioned update of one row of a small table, and its commit. The row holds as many
 * bytes as two sealed tokens. Connections are waited for in the order of arrival, as Roost does. For one thread.
 */
final class RawRows implements AutoCloseable {
    private static final int SEALED_PAIR = 250;
    private static final String TABLE =
            "CREATE TABLE raw_grants (id TEXT NOT NULL PRIMARY KEY, generation BIGINT NOT NULL, pair BYTES NOT NULL)";
    private static final String UPDATE = "UPDATE raw_grants SET generation = generation + 1, pair = ? WHERE id = ? AND"
            + " generation = ? RETURNING generation";

    private final HikariDataSource pool;
    private final Semaphore connections;
    private final int threads;
    private final long[] generations;

    private RawRows(HikariDataSource pool, int connections, int threads, int many) {
        this.pool = pool;
        this.connections = new Semaphore(connections, true);
        this.threads = threads;
        this.generations = new long[many];
        Arrays.fill(generations, 1);
    }

    /** Makes the table and its rows. */
    static RawRows make(DataSource source, String bytes, int connections, int threads, int many) throws SQLException {
        HikariConfig config = new HikariConfig();
        config.setDataSource(source);
        config.setMaximumPoolSize(connections);
        RawRows rows = new RawRows(new HikariDataSource(config), connections, threads, many);
        try (Connection connection = rows.pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(TABLE.replace("BYTES", bytes));
            connection.setAutoCommit(false);
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO raw_grants VALUES (?, 1, ?)")) {
                for (int i = 0; i < many; i++) {
                    insert.setString(1, "acc_" + i);
                    insert.setBytes(2, new byte[SEALED_PAIR]);
                    insert.addBatch();
                }
                var _ = insert.executeBatch();
            }
            connection.commit();
            connection.setAutoCommit(true);
        }
        return rows;
    }

    /** Makes SQLite's log as large as it gets, and has it begin anew. */
    void growLog() throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE filling AS SELECT zeroblob(8000000) AS bytes");
            statement.execute("PRAGMA wal_checkpoint(RESTART)");
        }
    }

    /** Returns the updates committed in a second. */
    double rate(Duration time) throws Exception {
        return Crew.rate(threads, generations.length, time, this::update);
    }

    private void update(int number) throws Exception {
        connections.acquire();
        try (Connection connection = pool.getConnection();
                PreparedStatement update = connection.prepareStatement(UPDATE)) {
            update.setBytes(1, new byte[SEALED_PAIR]);
            update.setString(2, "acc_" + number);
            update.setLong(3, generations[number]);
            try (ResultSet updated = update.executeQuery()) {
                if (!updated.next()) {
                    throw new IllegalStateException("row " + number + " is not at generation " + generations[number]);
                }
                generations[number] = updated.getLong(1);
            }
        } finally {
            connections.release();
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
