package dev.roost.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Comparator;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;

/**
 * Brings the tables to the version of this program. Processes that start at once take turns: on SQLite by a lock on a
 * file beside the database, on PostgreSQL by an advisory lock.
 */
final class Migrations {
    private static final String FOLDER = "classpath:dev/roost/store/migrations";
    /** Any number that no other program on the same server is likely to lock. */
    private static final long ADVISORY_LOCK = 0x726f6f7374L;

    private final Database database;
    private final Dialect dialect;

    Migrations(Database database, Dialect dialect) {
        this.database = database;
        this.dialect = dialect;
    }

    /**
     * Migrates, or finds that there is nothing to do.
     *
     * @throws StoreRefusedException if the database is newer than this program or not Roost's
     * @throws dev.roost.core.StoreUnavailableException if it does not answer
     */
    void run() {
        // File locks exclude processes, not threads.
        synchronized (Migrations.class) {
            try {
                switch (database) {
                    case Database.Sqlite sqlite -> underFileLock(sqlite.file());
                    case Database.Postgres p -> underAdvisoryLock();
                }
            } catch (SQLException e) {
                throw new Outages(database).explain(e);
            } catch (IOException e) {
                throw new StoreRefusedException(
                        database.label() + " cannot be made or locked (" + e
                                + "); make its folder writable for this user",
                        e);
            }
        }
    }

    private void underFileLock(Path file) throws IOException, SQLException {
        Sources.prepareFile(file);
        Path lockFile = file.resolveSibling(file.getFileName() + ".lock");
        try (FileChannel channel = DurableFiles.openLockFile(lockFile);
                FileLock lock = channel.lock()) {
            assert lock.isValid();
            DataSource source = Sources.patient(database);
            // Opened for its errors: Flyway hides why a file cannot be opened.
            source.getConnection().close();
            migrate(source);
        }
    }

    private void underAdvisoryLock() throws SQLException {
        DataSource source = Sources.patient(database);
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            // Closing the connection gives the lock back.
            statement.execute("SELECT pg_advisory_lock(" + ADVISORY_LOCK + ")");
            migrate(source);
        }
    }

    private void migrate(DataSource source) throws SQLException {
        Flyway flyway = Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(source)
                .loggers(FlywayLogs.class.getName())
                .locations(FOLDER)
                .placeholders(dialect.types())
                .load();
        try {
            refuseNewer(flyway.info().all());
            flyway.migrate();
        } catch (FlywayException e) {
            throw explain(e);
        }
    }

    private void refuseNewer(MigrationInfo[] migrations) {
        MigrationVersion found = newest(migrations, true);
        MigrationVersion known = newest(migrations, false);
        if (found.compareTo(known) > 0) {
            throw new StoreRefusedException(database.label() + " is at version " + found
                    + ", and the newest that this program knows is " + known
                    + "; start the newer Roost that migrated it, or restore the backup made before");
        }
    }

    private static MigrationVersion newest(MigrationInfo[] migrations, boolean applied) {
        return Arrays.stream(migrations)
                .filter(info ->
                        applied ? info.getState().isApplied() : info.getState().isResolved())
                .map(MigrationInfo::getVersion)
                .filter(java.util.Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(MigrationVersion.EMPTY);
    }

    private RuntimeException explain(FlywayException failure) throws SQLException {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                throw sql;
            }
        }
        return new StoreRefusedException(
                database.label() + " cannot be brought to the version of this program: "
                        + String.valueOf(failure.getMessage()).strip()
                        + ". Give Roost a database of its own, or restore the backup made before",
                failure);
    }
}
