package dev.roost.cli.wiring;

import dev.roost.cli.settings.Settings;
import dev.roost.core.Engine;
import dev.roost.core.IdlePolicy;
import dev.roost.core.Node;
import dev.roost.core.Peers;
import dev.roost.core.RefreshPolicy;
import dev.roost.core.StoreUnavailableException;
import dev.roost.core.TokenEndpoint;
import dev.roost.core.World;
import dev.roost.core.access.ApiKeys;
import dev.roost.core.access.AuditTrail;
import dev.roost.mcp.catalog.Changes;
import dev.roost.server.Door;
import dev.roost.server.RoostServer;
import dev.roost.server.accounts.AccountCalls;
import dev.roost.server.guide.tools.Toolbox;
import dev.roost.server.mcp.accounts.AccountNews;
import dev.roost.server.mcp.accounts.Means;
import dev.roost.server.mcp.stateless.CallerApps;
import dev.roost.server.telemetry.AuditWriter;
import dev.roost.server.telemetry.HistoryWriter;
import dev.roost.server.telemetry.RequestThreads;
import dev.roost.server.telemetry.Standing;
import dev.roost.server.telemetry.Telemetry;
import dev.roost.x.XApi;
import dev.roost.x.XClock;
import dev.roost.x.XSettings;
import dev.roost.x.XWatch;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One Roost, wired from settings: store, X and engine. Opening it starts no thread and asks X nothing. Closing it waits
 * for refreshes under way, for a refresh token that was sent is worth waiting for. Safe for many threads.
 */
public final class Roost implements AutoCloseable {
    private static final Duration LAST_REFRESHES = Duration.ofSeconds(40);

    private final Settings settings;
    private final Vault vault;
    private final WaysToX x;
    private final ApiKeys keys;
    private final AuditTrail audit;
    private final Changes changes = new Changes();
    private final World world;
    private final HistoryWriter historyWriter;
    private final Engine engine;
    private final Standing standing;
    private final Optional<Telemetry> telemetry;
    private final Traces traces;
    private final AtomicReference<Optional<AuditWriter>> auditWriter = new AtomicReference<>(Optional.empty());
    private final FrontDoor frontDoor;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Roost(Settings settings, XSettings app, Vault vault, RefreshPolicy policy, Optional<Telemetry> telemetry) {
        SecureRandom random = new SecureRandom();
        this.settings = settings;
        this.vault = vault;
        this.telemetry = telemetry;
        this.traces = telemetry.isPresent() ? Traces.of(settings) : Traces.Off.OFF;
        World real = world(Node.named(settings.node(), random), vault.clock(), random, telemetry, traces);
        Limits limits = Limits.of(vault, app.clientId(), real.executor());
        World quiet = real.paced(limits.pace());
        this.x = WaysToX.of(
                app,
                traces.requestsToX(telemetry.map(Telemetry::requestsToX).orElse(XWatch.NONE)),
                vault.clock(),
                random,
                limits.budget());
        this.historyWriter = new HistoryWriter(vault.store().history(), app.clientId(), vault.clock());
        this.world = quiet.heardBy(quiet.listener()
                .andThen(historyWriter)
                .andThen(new AccountNews(changes, AccountNews.connectedBy(this::engine), quiet.executor())));
        this.keys = new ApiKeys(vault.store().apiKeys(), vault.store().feed(), world);
        this.audit = new AuditTrail(vault.store().audit(), vault.clock());
        this.engine = Engine.assemble(
                vault.store().tokens(),
                vault.store().signIns(),
                vault.spool(),
                x.tokens(),
                x.signIn(),
                policy.idle(settings.keep().idleAfter().map(IdlePolicy::after)),
                settings.http().replayWindow(),
                new Peers(
                        vault.store().feed(),
                        vault.store().appStates(),
                        vault.store().uses()),
                world);
        this.standing = new Standing(
                now -> vault.store().tokens().figures(app.clientId(), now),
                engine.keeper()::health,
                vault.clock(),
                world.executor());
        this.frontDoor =
                new FrontDoor(settings, vault, x, engine, keys, audit, standing, changes, world, traces, telemetry);
        telemetry.ifPresent(watching -> watching.observe(observed()));
    }

    private static World world(
            Node node, InstantSource clock, SecureRandom random, Optional<Telemetry> telemetry, Traces traces) {
        World world = new World(
                node,
                clock,
                System::nanoTime,
                random,
                RequestThreads.perTask(traces.carrying()),
                duration -> Thread.sleep(duration));
        return telemetry
                .map(Telemetry::listener)
                .map(traces::refreshes)
                .map(world::heardBy)
                .orElse(world);
    }

    /**
     * Opens the store and wires the rest.
     *
     * @throws dev.roost.cli.settings.SettingsException if no app is set, or the data folder cannot be used
     * @throws dev.roost.store.StoreRefusedException if a person has to do something to the store first
     * @throws StoreUnavailableException if the database does not answer
     */
    public static Roost open(Settings settings) {
        return open(settings, InstantSource.system());
    }

    /** Like {@link #open(Settings)}, by another clock than the system's. */
    public static Roost open(Settings settings, InstantSource clock) {
        return open(settings, clock, RefreshPolicy.DEFAULT, Optional.empty());
    }

    /** Like {@link #open(Settings)}, for a process that serves: with metrics, and the log lines of a server. */
    public static Roost serving(Settings settings) {
        return serving(settings, InstantSource.system());
    }

    /** Like {@link #serving(Settings)}, by another clock than the system's. */
    public static Roost serving(Settings settings, InstantSource clock) {
        return serving(settings, clock, RefreshPolicy.DEFAULT);
    }

    /** Like {@link #serving(Settings, InstantSource)}, refreshing by another policy. */
    public static Roost serving(Settings settings, InstantSource clock, RefreshPolicy policy) {
        return open(settings, clock, policy, Optional.of(new Telemetry()));
    }

    private static Roost open(
            Settings settings, InstantSource clock, RefreshPolicy policy, Optional<Telemetry> telemetry) {
        XSettings app = settings.requireApp();
        return new Roost(settings, app, Vault.open(settings, clock), policy, telemetry);
    }

    /** Returns the settings it was wired from. */
    public Settings settings() {
        return settings;
    }

    /** Returns the engine; its scheduler is not started. */
    public Engine engine() {
        return engine;
    }

    /** Returns database, keyset and spool. */
    public Vault vault() {
        return vault;
    }

    /** Returns the calls of API v2. */
    public XApi api() {
        return x.api();
    }

    /** Returns the way to make such calls for an account. */
    public AccountCalls calls() {
        return new AccountCalls(engine.keeper());
    }

    /** Returns X's clock. */
    public XClock xClock() {
        return x.clock();
    }

    /** Returns X's token endpoint, to probe the app. */
    public TokenEndpoint endpoint() {
        return x.tokens();
    }

    /** Returns 24 hexadecimal digits that processes share which keep the accounts of the same app in the same store. */
    public String identity() {
        return StoreIdentity.of(settings);
    }

    /**
     * Listens at the address of the settings, hears of what other nodes change, and writes the audit trail from now on. The caller closes the server before
     * this.
     *
     * @throws dev.roost.server.CannotListenException if it cannot; the message says what to do
     */
    public RoostServer listen() {
        return listen(agents());
    }

    /** Like {@link #listen()}, with this for agents. */
    public RoostServer listen(Door.Agents agents) {
        RoostServer server = RoostServer.start(frontDoor.address(), frontDoor.door(agents));
        writeAudit();
        vault.store().startFeed();
        return server;
    }

    /** Writes the audit trail and the history of refreshes from now on. Writing already, it does nothing. */
    public synchronized void writeAudit() {
        if (auditWriter.get().isEmpty()) {
            auditWriter.set(Optional.of(AuditWriter.start(audit)));
            historyWriter.start();
        }
    }

    /** Returns what deletes old rows, not started yet. The caller closes it before this. */
    public Housekeeping housekeeping() {
        return Chores.of(vault, settings.keep());
    }

    /** Watches for alerts and sends them from now on. The caller closes it before this. */
    public Alerting alerting() {
        Alerting alerting = Alerting.start(
                settings,
                vault,
                engine,
                x.tokens(),
                world.node(),
                telemetry.map(Telemetry::deliveries).orElse(ending -> {}));
        telemetry.ifPresent(watching -> watching.observeAlerts(alerting::seen));
        return alerting;
    }

    /** Returns what agents get, as the settings say. */
    public Door.Agents agents() {
        return frontDoor.agents();
    }

    /** Returns what the tools for agents work with. */
    public Means.Opened forAgents() {
        return frontDoor.door(agents()).forAgents();
    }

    /** Returns new tools of MCPSocial. */
    public Toolbox toolbox() {
        return frontDoor.door(agents()).toolbox();
    }

    /** Returns the apps of callers who bring their own tokens. */
    public CallerApps apps() {
        return x.apps();
    }

    /** Returns where it is announced that an account stands otherwise than before. */
    public Changes changes() {
        return changes;
    }

    private Telemetry.Observed observed() {
        return new Telemetry.Observed(standing, audit::waiting, vault.store().feed()::isCurrent, vault.clock());
    }

    /** Returns why this process should get no work just now; empty when it should. */
    public Optional<String> notReady() {
        return frontDoor.notReady();
    }

    /** Starts no further refresh, waits up to 40 s for those under way, and lets go of everything. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            if (!engine.stop(LAST_REFRESHES)) {
                System.getLogger(Roost.class.getName())
                        .log(
                                System.Logger.Level.WARNING,
                                "a refresh was still under way; its intent is in the journal");
            }
            x.transport().close();
            auditWriter.get().ifPresent(AuditWriter::close);
            historyWriter.close();
            frontDoor.close();
            traces.close();
            telemetry.ifPresent(Telemetry::close);
            world.executor().shutdownNow();
            vault.close();
        }
    }
}
