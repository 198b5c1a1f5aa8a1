package dev.roost.store;

import dev.roost.core.Secret;
import dev.roost.store.Database.Postgres.Host;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.hostchooser.HostRequirement;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** Makes connections as a durable store needs them. */
final class Sources {
    private static final Logger LOG = System.getLogger(Sources.class.getName());
    /** A migration of a large table is silent for as long as it takes; a server that is gone is noticed by keep-alives. */
    private static final Duration UNLIMITED = Duration.ZERO;

    private static final Duration AT_LENGTH = Duration.ofMinutes(10);

    private Sources() {}

    /** For ordinary calls. */
    static DataSource ordinary(Database database) {
        return switch (database) {
            case Database.Sqlite sqlite -> sqlite(sqlite);
            case Database.Postgres postgres -> postgres(postgres, postgres.answerTimeout());
        };
    }

    /** For statements about all accounts. A server that dies meanwhile without a word is noticed at last. */
    static DataSource atLength(Database database) {
        return waiting(database, AT_LENGTH);
    }

    /** For migrations, which may run for hours. */
    static DataSource patient(Database database) {
        return waiting(database, UNLIMITED);
    }

    private static DataSource waiting(Database database, Duration answerTimeout) {
        return switch (database) {
            case Database.Sqlite sqlite -> sqlite(sqlite);
            case Database.Postgres postgres -> postgres(postgres, answerTimeout);
        };
    }

    /** For news of other processes, told apart by its name in the server's list of connections. */
    static DataSource listening(Database.Postgres database) {
        PGSimpleDataSource source = postgres(database, database.answerTimeout());
        source.setApplicationName("roost changes");
        return source;
    }

    /** Returns how long it may take to find the host that takes writes. */
    static Duration connectTimeout(Database.Postgres database) {
        return database.connectTimeout().multipliedBy(database.hosts().size());
    }

    /** Makes the database file, readable by its owner only, or takes an existing one away from others. */
    static void prepareFile(Path file) throws IOException {
        DurableFiles.makeFolder(DurableFiles.folderOf(file));
        if (!Files.exists(file)) {
            makeFile(file);
        } else if (DurableFiles.isOpenToOthers(file)) {
            DurableFiles.closeToOthers(file);
            LOG.log(Level.WARNING, "{0} was open to other users of this machine; its mode is 0600 now", file);
        }
    }

    private static void makeFile(Path file) throws IOException {
        try {
            DurableFiles.writeNew(file, new byte[0]);
            DurableFiles.syncFolder(DurableFiles.folderOf(file));
        } catch (FileAlreadyExistsException e) {
            LOG.log(Level.DEBUG, "another process made the database file first", e);
        }
    }

    private static DataSource sqlite(Database.Sqlite database) {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(Math.toIntExact(database.busyTimeout().toMillis()));
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.enforceForeignKeys(true);
        // A transaction that begins by reading could not become a writing one while another process writes.
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + database.file());
        return source;
    }

    private static PGSimpleDataSource postgres(Database.Postgres database, Duration answerTimeout) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(database.hosts().stream().map(Host::name).toArray(String[]::new));
        source.setPortNumbers(database.hosts().stream().mapToInt(Host::port).toArray());
        if (database.hosts().size() > 1) {
            source.setTargetServerType(HostRequirement.primary.name());
        }
        source.setDatabaseName(database.name());
        source.setUser(database.user());
        database.password().map(Secret::expose).ifPresent(source::setPassword);
        source.setApplicationName("roost");
        source.setTcpKeepAlive(true);
        setOptions(source, database);
        source.setConnectTimeout(seconds(database.connectTimeout()));
        source.setLoginTimeout(seconds(connectTimeout(database)));
        source.setSocketTimeout(answerTimeout.equals(UNLIMITED) ? 0 : seconds(answerTimeout));
        return source;
    }

    private static void setOptions(PGSimpleDataSource source, Database.Postgres database) {
        database.options().forEach((name, value) -> {
            try {
                source.setProperty(name, value);
            } catch (SQLException e) {
                throw new IllegalArgumentException(
                        "\"" + name + "\" is no option of a PostgreSQL connection, or its value is not allowed; remove"
                                + " it from the address of " + database.label(),
                        e);
            }
        });
    }

    private static int seconds(Duration duration) {
        return Math.toIntExact(Math.max(1, duration.plusMillis(999).toSeconds()));
    }
}
