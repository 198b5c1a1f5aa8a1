package dev.roost.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;

/**
 * Brings the tables to the version of this program. Processes that start at once take turns: on SQLite by a lock on a
 * file beside the database, on PostgreSQL by an advisory lock.
 *
 * <p>Nodes are upgraded one after the other, so programs of two versions work on one database for a while. A migration that an
 * earlier program cannot work with says so in {@code meta}: {@code readable_from} is the oldest version of the tables that a
 * program may know and still work here. A program that knows that version or a later one starts on a newer database and leaves
 * it as it is.
 */
final class Migrations {
    private static final System.Logger LOG = System.getLogger(Migrations.class.getName());
    private static final String FOLDER = "classpath:dev/roost/store/migrations";
    /** Any number that no other program on the same server is likely to lock. */
    private static final long ADVISORY_LOCK = 0x726f6f7374L;

    private static final String READABLE_FROM = "SELECT value FROM meta WHERE name = 'readable_from'";

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
            if (!isNewer(source, flyway.info().all())) {
                flyway.migrate();
            }
        } catch (FlywayException e) {
            throw explain(e);
        }
    }

    /** Tells whether the database is newer than this program, which may work with it all the same. */
    private boolean isNewer(DataSource source, MigrationInfo[] migrations) throws SQLException {
        MigrationVersion found = newest(migrations, true);
        MigrationVersion known = newest(migrations, false);
        if (found.compareTo(known) <= 0) {
            return false;
        }
        MigrationVersion oldest = readableFrom(source).orElse(found);
        if (oldest.compareTo(known) > 0) {
            throw new StoreRefusedException(database.label() + " is at version " + found
                    + " and works with programs that know version " + oldest
                    + " or later; the newest that this program knows is " + known
                    + ". Start the newer Roost that migrated it, or restore the backup made before");
        }
        LOG.log(
                System.Logger.Level.INFO,
                "{0} is at version {1}, newer than this program ({2}), and works with it; upgrade this node too",
                database.label(),
                found,
                known);
        return true;
    }

    private static Optional<MigrationVersion> readableFrom(DataSource source) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(READABLE_FROM)) {
            return rows.next() ? Optional.of(MigrationVersion.fromVersion(rows.getString(1))) : Optional.empty();
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
