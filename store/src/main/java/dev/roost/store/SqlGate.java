package dev.roost.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementExceptions;

/**
 * The way to the database that every statement takes. Callers queue in order of arrival in front of the pool, which
 * under many virtual threads would let some of them starve; on SQLite, which takes one writer at a time, writers queue
 * once more among themselves instead of polling for the file's lock. Safe for many threads.
 */
final class SqlGate implements AutoCloseable {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    private static final String READ_ONLY = "SELECT current_setting('transaction_read_only')";

    private final HikariDataSource pool;
    private final Jdbi jdbi;
    private final Jdbi atLength;
    private final Semaphore connections;
    private final Semaphore writers;
    private final Outages outages;
    private final Dialect dialect;
    private final InstantSource leaseClock;
    private final Herald herald;
    private final String readOnly;
    private final Epoch epoch = new Epoch();

    SqlGate(Database database, LeaseClock leaseClock) {
        this.dialect = Dialect.of(database, leaseClock);
        this.leaseClock = switch (leaseClock) {
            case LeaseClock.Database d -> InstantSource.system();
            case LeaseClock.Injected injected -> injected.clock();
        };
        this.outages = new Outages(database);
        this.connections = new Semaphore(database.connections(), true);
        this.writers = new Semaphore(database instanceof Database.Sqlite ? 1 : database.connections(), true);
        this.pool = new HikariDataSource(poolOf(database));
        this.jdbi = configured(Jdbi.create(pool));
        this.atLength = configured(Jdbi.create(Sources.atLength(database)));
        boolean canTell = database instanceof Database.Postgres;
        if (canTell) {
            Notices.enable(jdbi);
        }
        this.herald = new Herald(this, !canTell);
        this.readOnly = canTell ? READ_ONLY : "SELECT 'off'";
    }

    /** Returns what tells other processes of what has happened. */
    Herald herald() {
        return herald;
    }

    /** @throws dev.roost.core.StoreUnavailableException if the database does not answer or takes no writes */
    void check() {
        boolean takesWrites = read(handle ->
                        handle.createQuery(readOnly).mapTo(String.class).one())
                .equals("off");
        if (!takesWrites) {
            pool.getHikariPoolMXBean().softEvictConnections();
            throw outages.readOnly();
        }
    }

    Dialect dialect() {
        return dialect;
    }

    /** Returns what to bind as {@code leaseNow}. */
    long leaseNow() {
        return leaseClock.millis();
    }

    /** Returns what this process knows of the journal. */
    Epoch epoch() {
        return epoch;
    }

    /** Runs statements that only read. */
    <T> T read(HandleCallback<T, RuntimeException> work) {
        return through(connections, () -> jdbi.withHandle(work));
    }

    /** Runs statements in one transaction; when this returns they are durable. */
    <T> T write(HandleCallback<T, RuntimeException> work) {
        return through(writers, () -> through(connections, () -> jdbi.inTransaction(work)));
    }

    /** Runs statements in one transaction that may take up to ten minutes, over a connection of its own. */
    <T> T writeAtLength(HandleCallback<T, RuntimeException> work) {
        return through(
                writers,
                () -> atLength.inTransaction(handle -> {
                    dialect.firstStatement()
                            .ifPresent(sql ->
                                    handle.createQuery(sql).mapTo(String.class).findOne());
                    return work.withHandle(handle);
                }));
    }

    /** Does one thing in one transaction. */
    void change(java.util.function.Consumer<Handle> work) {
        write(handle -> {
            work.accept(handle);
            return Boolean.TRUE;
        });
    }

    @Override
    public void close() {
        herald.close();
        pool.close();
    }

    /** Something to do behind a semaphore. */
    private interface Passage<T> {
        T pass();
    }

    private <T> T through(Semaphore gate, Passage<T> passage) {
        enter(gate);
        try {
            return passage.pass();
        } catch (org.jdbi.v3.core.JdbiException e) {
            throw outages.explain(e);
        } finally {
            gate.release();
        }
    }

    private void enter(Semaphore gate) {
        try {
            if (!gate.tryAcquire(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw outages.crowded(new TimeoutException("waited " + LONGEST_WAIT));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw outages.crowded(e);
        }
    }

    /** A server that takes no writes any more is not the one to talk to: the pool looks for another connection. */
    private static final class Demoted implements SQLExceptionOverride {
        @java.lang.Override
        public SQLExceptionOverride.Override adjudicate(SQLException failure) {
            return Outages.READ_ONLY.equals(failure.getSQLState())
                    ? SQLExceptionOverride.Override.MUST_EVICT
                    : SQLExceptionOverride.Override.CONTINUE_EVICT;
        }
    }

    private static Jdbi configured(Jdbi jdbi) {
        jdbi.getConfig(SqlStatements.class).setUnusedBindingAllowed(true);
        jdbi.getConfig(StatementExceptions.class).setMessageRendering(StatementExceptions.MessageRendering.NONE);
        return jdbi;
    }

    private static HikariConfig poolOf(Database database) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(Sources.ordinary(database));
        config.setPoolName("roost");
        config.setMaximumPoolSize(database.connections());
        config.setInitializationFailTimeout(-1);
        switch (database) {
            case Database.Sqlite sqlite -> config.setMinimumIdle(1);
            case Database.Postgres postgres -> {
                config.setMinimumIdle(Math.min(2, database.connections()));
                config.setExceptionOverride(new Demoted());
                config.setConnectionTimeout(Sources.connectTimeout(postgres).toMillis());
                config.setValidationTimeout(Math.min(postgres.connectTimeout().toMillis(), 1000));
                config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
                config.setConnectionInitSql(Dialect.DURABLE_COMMITS);
            }
        }
        return config;
    }
}
