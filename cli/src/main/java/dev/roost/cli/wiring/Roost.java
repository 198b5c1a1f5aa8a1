package dev.roost.cli.wiring;

import dev.roost.cli.settings.Settings;
import dev.roost.core.Engine;
import dev.roost.core.KeeperHealth;
import dev.roost.core.Node;
import dev.roost.core.RefreshPolicy;
import dev.roost.core.SignInEndpoint;
import dev.roost.core.StoreUnavailableException;
import dev.roost.core.TokenEndpoint;
import dev.roost.core.World;
import dev.roost.core.access.ApiKeys;
import dev.roost.core.access.AuditTrail;
import dev.roost.mcp.catalog.Changes;
import dev.roost.mcp.http.HttpLimits;
import dev.roost.mcp.protocol.StateSeal;
import dev.roost.server.Door;
import dev.roost.server.RoostServer;
import dev.roost.server.accounts.AccountCalls;
import dev.roost.server.dashboard.Sights;
import dev.roost.server.guide.tools.Toolbox;
import dev.roost.server.http.Address;
import dev.roost.server.http.Guards;
import dev.roost.server.http.RequestWatch;
import dev.roost.server.mcp.accounts.AccountNews;
import dev.roost.server.mcp.accounts.Family;
import dev.roost.server.mcp.accounts.Means;
import dev.roost.server.mcp.stateless.CallerApps;
import dev.roost.server.oauth.AccessTokens;
import dev.roost.server.oauth.ProtectedResource;
import dev.roost.server.session.Sessions;
import dev.roost.server.telemetry.AuditWriter;
import dev.roost.server.telemetry.HistoryWriter;
import dev.roost.server.telemetry.RequestThreads;
import dev.roost.server.telemetry.Standing;
import dev.roost.server.telemetry.Telemetry;
import dev.roost.x.XApi;
import dev.roost.x.XClock;
import dev.roost.x.XSettings;
import dev.roost.x.XSignIn;
import dev.roost.x.XStream;
import dev.roost.x.XTokenEndpoint;
import dev.roost.x.XTransport;
import dev.roost.x.XWatch;
import java.net.http.HttpClient;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/**
 * One Roost, wired from settings: store, X and engine. Opening it starts no thread and asks X nothing. Closing it waits
 * for refreshes under way, for a refresh token that was sent is worth waiting for. Safe for many threads.
 */
public final class Roost implements AutoCloseable {
    private static final Duration LAST_REFRESHES = Duration.ofSeconds(40);

    private final Settings settings;
    private final Vault vault;
    private final XTransport transport;
    private final XApi api;
    private final XStream stream;
    private final XClock xClock;
    private final TokenEndpoint endpoint;
    private final SignInEndpoint signIn;
    private final ApiKeys keys;
    private final AuditTrail audit;
    private final Changes changes = new Changes();
    private final CallerApps apps;
    private final World world;
    private final HistoryWriter historyWriter;
    private final Engine engine;
    private final Standing standing;
    private final Optional<Telemetry> telemetry;
    private final Traces traces;
    private final AtomicReference<Optional<AuditWriter>> auditWriter = new AtomicReference<>(Optional.empty());
    private final AtomicReference<Optional<HttpClient>> issuerNetwork = new AtomicReference<>(Optional.empty());
    private final AtomicBoolean closed = new AtomicBoolean();

    private Roost(Settings settings, XSettings app, Vault vault, Optional<Telemetry> telemetry) {
        SecureRandom random = new SecureRandom();
        this.settings = settings;
        this.vault = vault;
        this.telemetry = telemetry;
        this.traces = telemetry.isPresent() ? Traces.of(settings) : Traces.Off.OFF;
        this.transport = new XTransport(
                app,
                Version.text(),
                traces.requestsToX(telemetry.map(Telemetry::requestsToX).orElse(XWatch.NONE)));
        this.api = new XApi(app, transport, vault.clock());
        this.stream = new XStream(app, transport);
        this.xClock = new XClock(app, transport, vault.clock());
        this.endpoint = new XTokenEndpoint(app, transport, vault.clock(), random);
        this.signIn = new XSignIn(app, transport, vault.clock());
        this.apps = new CallerApps(
                app, Optional.of(new CallerApps.Own(endpoint, app.clientSecret())), transport, vault.clock(), random);
        World quiet = world(Node.named(settings.node(), random), vault.clock(), random, telemetry, traces);
        this.historyWriter = new HistoryWriter(vault.store().history(), app.clientId(), vault.clock());
        this.world = quiet.heardBy(quiet.listener()
                .andThen(historyWriter)
                .andThen(new AccountNews(changes, AccountNews.connectedBy(this::engine), quiet.executor())));
        this.keys = new ApiKeys(vault.store().apiKeys(), vault.clock(), random);
        this.audit = new AuditTrail(vault.store().audit(), vault.clock());
        this.engine = Engine.assemble(
                vault.store().tokens(),
                vault.store().signIns(),
                vault.spool(),
                endpoint,
                signIn,
                RefreshPolicy.DEFAULT,
                settings.http().replayWindow(),
                world);
        this.standing = new Standing(
                now -> vault.store().tokens().figures(endpoint.clientId(), now),
                engine.keeper()::health,
                vault.clock(),
                world.executor());
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
        return open(settings, clock, Optional.empty());
    }

    /** Like {@link #open(Settings)}, for a process that serves: with metrics, and the log lines of a server. */
    public static Roost serving(Settings settings) {
        return serving(settings, InstantSource.system());
    }

    /** Like {@link #serving(Settings)}, by another clock than the system's. */
    public static Roost serving(Settings settings, InstantSource clock) {
        return open(settings, clock, Optional.of(new Telemetry()));
    }

    private static Roost open(Settings settings, InstantSource clock, Optional<Telemetry> telemetry) {
        XSettings app = settings.requireApp();
        return new Roost(settings, app, Vault.open(settings, clock), telemetry);
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
        return api;
    }

    /** Returns the way to make such calls for an account. */
    public AccountCalls calls() {
        return new AccountCalls(engine.keeper());
    }

    /** Returns X's clock. */
    public XClock xClock() {
        return xClock;
    }

    /** Returns X's token endpoint, to probe the app. */
    public TokenEndpoint endpoint() {
        return endpoint;
    }

    /** Returns 24 hexadecimal digits that processes share which keep the accounts of the same app in the same store. */
    public String identity() {
        return StoreIdentity.of(settings);
    }

    /**
     * Listens at the address of the settings, and writes the audit trail from now on. The caller closes the server before
     * this.
     *
     * @throws dev.roost.server.CannotListenException if it cannot; the message says what to do
     */
    public RoostServer listen() {
        return listen(agents());
    }

    /** Like {@link #listen()}, with this for agents. */
    public RoostServer listen(Door.Agents agents) {
        RoostServer server = RoostServer.start(address(), door(agents));
        writeAudit();
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
                endpoint,
                world.node(),
                telemetry.map(Telemetry::deliveries).orElse(ending -> {}));
        telemetry.ifPresent(watching -> watching.observeAlerts(alerting::seen));
        return alerting;
    }

    /** Returns what agents get, as the settings say. */
    public Door.Agents agents() {
        return new Door.Agents(
                settings.mcp().tools().orElse(Family.DEFAULT),
                new StateSeal(vault.store().derivedKey("mcp request state"), new SecureRandom(), vault.clock()),
                HttpLimits.USUAL,
                changes,
                world.sleeper(),
                UnaryOperator.identity());
    }

    /** Returns what the tools for agents work with. */
    public Means.Opened forAgents() {
        return door(agents()).forAgents();
    }

    /** Returns new tools of MCPSocial. */
    public Toolbox toolbox() {
        return door(agents()).toolbox();
    }

    /** Returns the apps of callers who bring their own tokens. */
    public CallerApps apps() {
        return apps;
    }

    /** Returns where it is announced that an account stands otherwise than before. */
    public Changes changes() {
        return changes;
    }

    private Address address() {
        Set<String> origins = settings.http().origins();
        String callbackHost = settings.callbackUrl().getHost();
        Address address = settings.listensOnLoopback()
                ? Address.loopback(settings.host(), settings.port(), callbackHost, origins)
                : Address.open(settings.host(), settings.port(), origins);
        return settings.mcp()
                .resource()
                .map(resource -> address.alsoNamed(resource.url().getHost()))
                .orElse(address);
    }

    private Door door(Door.Agents agents) {
        Guards guards = new Guards(
                keys,
                audit,
                engine.accounts(),
                vault.clock(),
                world.nanoTime(),
                world.random(),
                traces.requests(telemetry.map(Telemetry::requests).orElse(RequestWatch.NONE)),
                settings.mcp().resource().map(this::accessTokens),
                Optional.of(sessions()));
        Door.Options options = new Door.Options(
                settings.callbackUrl(),
                settings.scopes(),
                settings.http().returnUrls(),
                settings.http().truthfulStatus());
        return new Door(
                engine,
                new Door.X(calls(), api, stream, signIn, endpoint, apps, settings.apiUrl()),
                guards,
                vault.store().attempts(),
                vault.store().events(),
                Alerting.webhooks(settings, vault, world.node()),
                options,
                this::notReady,
                Version.text(),
                identity(),
                telemetry.map(Telemetry::endpoint),
                agents,
                Optional.of(new Sights(
                        standing,
                        vault.store().history(),
                        vault.store().events(),
                        vault.store().search(),
                        world.executor(),
                        settings.requireApp().authorizeUrl())));
    }

    private Sessions sessions() {
        boolean isPublicSecure = "https".equalsIgnoreCase(settings.callbackUrl().getScheme());
        return new Sessions(
                vault.store().derivedKey("dashboard session"),
                new SecureRandom(),
                vault.clock(),
                identity(),
                isPublicSecure);
    }

    private AccessTokens accessTokens(ProtectedResource resource) {
        HttpClient network = AccessTokens.network();
        issuerNetwork.getAndSet(Optional.of(network)).ifPresent(HttpClient::shutdownNow);
        return new AccessTokens(resource, network, vault.clock(), world.nanoTime());
    }

    private Telemetry.Observed observed() {
        return new Telemetry.Observed(standing, audit::waiting, vault.clock());
    }

    /** Returns why this process should get no work just now; empty when it should. */
    public Optional<String> notReady() {
        KeeperHealth health = engine.keeper().health();
        if (health.stopping()) {
            return Optional.of("stopping");
        }
        if (health.spooled() > 0) {
            return Optional.of(health.spooled() + " answers of X wait in " + settings.spool() + " for the store");
        }
        try {
            vault.store().check();
            return Optional.empty();
        } catch (StoreUnavailableException e) {
            return Optional.of("the store is away: " + e.getMessage());
        }
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
            transport.close();
            auditWriter.get().ifPresent(AuditWriter::close);
            historyWriter.close();
            issuerNetwork.get().ifPresent(HttpClient::shutdownNow);
            traces.close();
            telemetry.ifPresent(Telemetry::close);
            world.executor().shutdownNow();
            vault.close();
        }
    }
}
