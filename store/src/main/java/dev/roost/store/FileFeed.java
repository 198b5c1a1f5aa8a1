package dev.roost.store;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import javax.sql.DataSource;

/**
 * SQLite tells nobody anything, but whoever asks learns whether the file was changed since, by this process or another: the
 * {@code data_version} of a connection moves with every commit of any other connection. Safe for many threads.
 */
final class FileFeed implements StoreFeed {
    /** The file is hardly ever locked against a question like this; if it is, the way round is a look-up. */
    private static final Duration LONGEST_WAIT = Duration.ofMillis(20);

    /** Asking takes longer than the rest of a request that is answered from memory. */
    private static final Duration GOOD_FOR = Duration.ofMillis(1);

    private static final Logger LOG = System.getLogger(FileFeed.class.getName());

    private final DataSource source;
    private final LongSupplier nanoTime;
    private final ReentrantLock asking = new ReentrantLock();
    private volatile Heard heard = new Heard(UNKNOWN, 0);
    private Optional<Kept> kept = Optional.empty();
    private long opened;
    private boolean closed;

    /** @param nanoTime a clock that never jumps */
    FileFeed(Database.Sqlite database, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.source = Sources.ordinary(new Database.Sqlite(database.file(), LONGEST_WAIT));
    }

    /** A version, and when it was asked for. */
    private record Heard(long version, long at) {}

    /** A connection that changes nothing. Versions of two of them tell nothing about each other. */
    private record Kept(Connection connection, PreparedStatement version, long number) {
        long ask() throws SQLException {
            try (ResultSet row = version.executeQuery()) {
                row.next();
                return (number << 32) + (row.getLong(1) & 0xffff_ffffL);
            }
        }
    }

    @Override
    public void start() {}

    @Override
    public void listen(Consumer<Change> listener) {}

    @Override
    public boolean isCurrent() {
        return false;
    }

    @Override
    public long keysVersion() {
        asking.lock();
        try {
            long at = nanoTime.getAsLong();
            heard = new Heard(closed ? UNKNOWN : connection().ask(), at);
            return heard.version();
        } catch (SQLException e) {
            LOG.log(Level.DEBUG, "whether the database was changed is not known", e);
            drop();
            return UNKNOWN;
        } finally {
            asking.unlock();
        }
    }

    @Override
    public long keysVersionAtOnce() {
        Heard last = heard;
        if (last.version() != UNKNOWN && nanoTime.getAsLong() - last.at() < GOOD_FOR.toNanos()) {
            return last.version();
        }
        if (!asking.tryLock()) {
            return UNKNOWN;
        }
        try {
            return kept.isEmpty() ? UNKNOWN : keysVersion();
        } finally {
            asking.unlock();
        }
    }

    @Override
    public void close() {
        asking.lock();
        try {
            closed = true;
            drop();
        } finally {
            asking.unlock();
        }
    }

    private Kept connection() throws SQLException {
        if (kept.isEmpty()) {
            Connection connection = source.getConnection();
            try {
                opened++;
                kept = Optional.of(new Kept(connection, connection.prepareStatement("PRAGMA data_version"), opened));
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
        }
        return kept.get();
    }

    private void drop() {
        heard = new Heard(UNKNOWN, 0);
        try {
            if (kept.isPresent()) {
                kept.get().connection().close();
            }
        } catch (SQLException e) {
            LOG.log(Level.DEBUG, "a connection could not be closed", e);
        }
        kept = Optional.empty();
    }
}
