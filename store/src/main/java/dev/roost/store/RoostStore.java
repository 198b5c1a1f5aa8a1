package dev.roost.store;

import dev.roost.core.AppStates;
import dev.roost.core.ChangeFeed;
import dev.roost.core.SignInStore;
import dev.roost.core.Spool;
import dev.roost.core.TokenStore;
import dev.roost.core.UseStore;
import dev.roost.core.access.ApiKeyStore;
import dev.roost.core.access.AuditStore;
import dev.roost.core.alerting.AlertBook;
import dev.roost.core.alerting.Outbox;
import dev.roost.core.alerting.WebhookStore;
import dev.roost.core.journal.EventLog;
import dev.roost.core.limits.RateStore;
import dev.roost.core.overview.AccountSearch;
import dev.roost.core.overview.RefreshHistory;
import dev.roost.core.posting.AttemptStore;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/** Everything that Roost keeps: one database and the keyset file that its secrets are sealed with. Safe for many threads. */
public final class RoostStore implements AutoCloseable {
    private final SqlGate gate;
    private final Keyset keyset;
    private final InstantSource clock;
    private final TokenStore tokens;
    private final SignInStore signIns;
    private final ApiKeyStore apiKeys;
    private final AuditStore audit;
    private final AttemptStore attempts;
    private final AccountSearch search;
    private final EventLog events;
    private final StoreFeed feed;

    private RoostStore(SqlGate gate, StoreFeed feed, Keyset keyset, InstantSource clock) {
        this.gate = gate;
        this.feed = feed;
        this.keyset = keyset;
        this.clock = clock;
        Journal journal = new Journal(gate, keyset);
        this.tokens = new SqlTokens(gate, keyset, journal, clock);
        this.signIns = new SqlSignIns(gate, keyset, journal);
        this.apiKeys = new SqlApiKeys(gate);
        this.audit = new SqlAudit(gate);
        this.attempts = new SqlAttempts(gate);
        this.search = new SqlSearch(gate);
        this.events = new SqlEvents(gate);
    }

    /**
     * Opens a database, measuring leases by the server's clock on PostgreSQL and by the given one on SQLite.
     *
     * @see #open(Database, Path, InstantSource, LeaseClock)
     */
    public static RoostStore open(Database database, Path keysetFile, InstantSource clock) {
        return open(
                database,
                keysetFile,
                clock,
                switch (database) {
                    case Database.Sqlite s -> new LeaseClock.Injected(clock);
                    case Database.Postgres p -> new LeaseClock.Database();
                });
    }

    /**
     * Opens a database, brings its tables to the version of this program, and checks that the keyset file is the one it
     * was sealed with. The very first start makes database file and keyset file, both readable by their owner only.
     *
     * @param keysetFile the file with the keys; whoever loses it loses every token
     * @param clock for the journal
     * @param leaseClock what leases are measured by, the same in all processes
     * @throws StoreRefusedException if a person has to do something first; the message says what
     * @throws dev.roost.core.StoreUnavailableException if the database does not answer; trying again makes sense
     */
    public static RoostStore open(Database database, Path keysetFile, InstantSource clock, LeaseClock leaseClock) {
        new Migrations(database, Dialect.of(database, leaseClock)).run();
        SqlGate gate = new SqlGate(database, leaseClock);
        try {
            Keyset keyset = new KeysetCheck(database, gate).open(new KeysetFile(keysetFile));
            return new RoostStore(gate, feed(database, gate), keyset, clock);
        } catch (RuntimeException e) {
            gate.close();
            throw e;
        }
    }

    private static StoreFeed feed(Database database, SqlGate gate) {
        return switch (database) {
            case Database.Sqlite sqlite -> new FileFeed(sqlite, System::nanoTime);
            case Database.Postgres postgres -> new PostgresFeed(postgres, gate.herald(), System::nanoTime);
        };
    }

    /**
     * Returns the news of what other processes change here. On PostgreSQL they come once {@link #startFeed} was called. On
     * SQLite there are none, but it is known whether a key may have changed.
     */
    public ChangeFeed feed() {
        return feed;
    }

    /** Listens for news of other processes from now on, by a connection and threads of its own. */
    public void startFeed() {
        feed.start();
    }

    /** Returns which apps X rejects. */
    public AppStates appStates() {
        return new SqlAppStates(gate);
    }

    /** Returns the grants. */
    public TokenStore tokens() {
        return tokens;
    }

    /** Returns the sign-ins. */
    public SignInStore signIns() {
        return signIns;
    }

    /** Returns the keys to the HTTP API. */
    public ApiKeyStore apiKeys() {
        return apiKeys;
    }

    /** Returns the attempts to publish. */
    public AttemptStore attempts() {
        return attempts;
    }

    /** Returns how refreshes went. */
    public RefreshHistory history() {
        return new SqlHistory(gate);
    }

    /** Returns what X said of its limits. */
    public RateStore rates() {
        return new SqlRates(gate);
    }

    /** Returns the means to find accounts among many. */
    public AccountSearch search() {
        return search;
    }

    /** Returns the logs of the accounts. */
    public EventLog events() {
        return events;
    }

    /** Returns the webhooks. */
    public WebhookStore webhooks() {
        return new SqlWebhooks(gate, keyset);
    }

    /** Returns what waits to be delivered to them. */
    public Outbox outbox() {
        return new SqlOutbox(gate, keyset);
    }

    /** Returns the open alerts. */
    public AlertBook alerts() {
        return new SqlAlerts(gate);
    }

    /** Returns the means to prove that the logs of the accounts are as Roost wrote them. */
    public LogProof logProof() {
        return new LogProof(gate, keyset);
    }

    /** Returns the means to delete what is old. */
    public Cleaning cleaning() {
        return new Cleaning(gate, logPurge());
    }

    LogPurge logPurge() {
        return new LogPurge(gate, new ChainKey(keyset), new Once());
    }

    /** Returns when accounts were last used. */
    public UseStore uses() {
        return new SqlUses(gate, clock);
    }

    /** Returns the accounts whose refresh token may be spent since the database was restored. */
    public Quarantine quarantine() {
        return new Quarantine(gate);
    }

    /**
     * Returns what notices that the database was restored, by a file outside it.
     *
     * @param file where it is noted how far the database was; made if it does not exist
     * @throws StoreRefusedException if the file cannot be read
     */
    public RestoreWatch restoreWatch(Path file, InstantSource clock) {
        return new RestoreWatch(gate, quarantine(), new EpochFile(file), clock);
    }

    /** Returns the audit trail. */
    public AuditStore audit() {
        return audit;
    }

    /** Returns the apps that have accounts here, disconnected ones included, in order of client id. */
    public List<String> clientIds() {
        return gate.read(handle -> handle.createQuery("SELECT DISTINCT client_id FROM accounts ORDER BY client_id")
                .mapTo(String.class)
                .list());
    }

    /**
     * Opens a spool in a folder on local disk, made 0700 if it does not exist.
     *
     * @throws StoreRefusedException if the folder cannot be written
     */
    public Spool spool(Path folder) {
        return new FileSpool(folder, keyset);
    }

    /**
     * Returns 32 bytes for a purpose of the caller's own: the same in all processes that have this keyset, also after its
     * sealing key was replaced.
     */
    public byte[] derivedKey(String purpose) {
        return DerivedKey.of(keyset, purpose);
    }

    /** Returns the means to replace the key that seals. */
    public KeysetRotation keysetRotation() {
        return new KeysetRotation(gate, keyset);
    }

    /**
     * Asks the database something small, and whether it takes writes.
     *
     * @throws dev.roost.core.StoreUnavailableException if it does not answer, or takes none just now
     */
    public void check() {
        gate.check();
    }

    /** Closes the connections; calls under way fail. */
    @Override
    public void close() {
        feed.close();
        gate.close();
    }
}
