package dev.roost.server;

import dev.roost.core.Account;
import dev.roost.core.AccountId;
import dev.roost.core.Engine;
import dev.roost.core.Node;
import dev.roost.core.RefreshPolicy;
import dev.roost.core.RefreshToken;
import dev.roost.core.Scopes;
import dev.roost.core.Secret;
import dev.roost.core.World;
import dev.roost.core.access.ApiKeys;
import dev.roost.core.access.ApiKeys.Created;
import dev.roost.core.access.AuditTrail;
import dev.roost.core.access.KeyScope;
import dev.roost.core.alerting.WebhookTargets;
import dev.roost.core.alerting.Webhooks;
import dev.roost.mcp.protocol.StateSeal;
import dev.roost.server.accounts.AccountCalls;
import dev.roost.server.dashboard.Sights;
import dev.roost.server.http.Address;
import dev.roost.server.http.Guards;
import dev.roost.server.http.RequestWatch;
import dev.roost.server.mcp.accounts.AccountNews;
import dev.roost.server.mcp.stateless.CallerApps;
import dev.roost.server.oauth.AccessTokens;
import dev.roost.server.oauth.ProtectedResource;
import dev.roost.server.session.Sessions;
import dev.roost.server.telemetry.Standing;
import dev.roost.server.telemetry.Telemetry;
import dev.roost.simulator.Simulator;
import dev.roost.testkit.MemorySpool;
import dev.roost.testkit.MemoryStore;
import dev.roost.testkit.MemoryWebhooks;
import dev.roost.x.XApi;
import dev.roost.x.XSettings;
import dev.roost.x.XSignIn;
import dev.roost.x.XStream;
import dev.roost.x.XTokenEndpoint;
import dev.roost.x.XTransport;
import java.net.URI;
import java.net.http.HttpClient;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/**
 * A whole Roost without its command line: a server on a free port, an engine, a memory store, and the simulator with the
 * users 1001 ada and 1002 grace. All go by the simulator's clock, which {@link #advance} turns.
 */
public final class TestServer implements AutoCloseable {
    /** Where X sends people back to. Nobody listens there: a test sends what follows the port to the server. */
    public static final URI CALLBACK = URI.create("http://127.0.0.1:3001/auth/twitter/callback");

    /** The app. */
    public static final String CLIENT_ID = "test-app";

    /** Ada's user id at X. */
    public static final String ADA = "1001";

    /** Grace's user id at X. */
    public static final String GRACE = "1002";

    private static final String IDENTITY = "0123456789abcdef01234567";

    private static final Conformance CONFORMANCE = new Conformance();
    private static final Duration ENOUGH = Duration.ofSeconds(20);

    private final Simulator simulator;
    private final MemoryStore store;
    private final MemoryWebhooks webhooks = new MemoryWebhooks();
    private final XTransport transport;
    private final World world;
    private final Engine engine;
    private final ApiKeys keys;
    private final AuditTrail audit;
    private final Telemetry telemetry = new Telemetry();
    private final Door door;
    private final RoostServer server;
    private final HttpClient network = AccessTokens.network();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /**
     * How it is to be.
     *
     * @param isOpen whether it takes itself for reachable from elsewhere; it listens on loopback all the same
     * @param origins web pages that may use it
     * @param returnUrls where people may be sent after a sign-in
     * @param truthfulStatus as in {@link Door.Options}
     * @param alias one more name that it answers to
     * @param resource what agents need access tokens for
     */
    public record Plan(
            boolean isOpen,
            Set<String> origins,
            Set<URI> returnUrls,
            boolean truthfulStatus,
            String alias,
            Optional<ProtectedResource> resource) {
        /** As a person gets it who sets nothing. */
        public static final Plan USUAL = new Plan(false, Set.of(), Set.of(), false);

        /** One that has no other name than those of the machine. */
        public Plan(boolean isOpen, Set<String> origins, Set<URI> returnUrls, boolean truthfulStatus) {
            this(isOpen, origins, returnUrls, truthfulStatus, "localhost");
        }

        /** One without an authorization server. */
        public Plan(boolean isOpen, Set<String> origins, Set<URI> returnUrls, boolean truthfulStatus, String alias) {
            this(isOpen, origins, returnUrls, truthfulStatus, alias, Optional.empty());
        }

        /** One on loopback whose agents have this authorization server; the host of the endpoint is its other name. */
        public static Plan guarded(ProtectedResource resource) {
            return new Plan(false, Set.of(), Set.of(), false, resource.url().getHost(), Optional.of(resource));
        }

        /** Copies the sets. */
        public Plan {
            origins = Set.copyOf(origins);
            returnUrls = Set.copyOf(returnUrls);
        }
    }

    private TestServer(Plan plan, UnaryOperator<Door.Agents> agents) {
        SecureRandom random = new SecureRandom();
        simulator = Simulator.start();
        simulator.addApp(CLIENT_ID, null, CALLBACK.toString());
        simulator.addUser(ADA, "ada");
        simulator.addUser(GRACE, "grace");
        InstantSource clock = simulator::now;
        Instant start = clock.instant();
        XSettings app = new XSettings(
                CLIENT_ID, Optional.empty(), simulator.authorizeUri(), simulator.uri(), ENOUGH.minusMillis(1), ENOUGH);
        store = new MemoryStore(clock);
        transport = new XTransport(app, "test");
        XSignIn signIn = new XSignIn(app, transport, clock);
        XTokenEndpoint tokens = new XTokenEndpoint(app, transport, clock, random);
        Door.Agents forAgents = agents.apply(Door.Agents.usual(StateSeal.ofThisProcess(SecureRandom::new, clock)));
        World quiet = World.real(new Node("test"), clock, random);
        world = quiet.heardBy(quiet.listener()
                .andThen(
                        new AccountNews(forAgents.changes(), AccountNews.connectedBy(this::engine), quiet.executor())));
        engine = Engine.assemble(store, store, new MemorySpool(), tokens, signIn, RefreshPolicy.DEFAULT, world);
        keys = new ApiKeys(store.apiKeys(), new KeyFeed(store.apiKeys()), world);
        audit = new AuditTrail(store.audit(), clock);
        LongSupplier nanoTime = () -> Duration.between(start, clock.instant()).toNanos();
        Guards guards = new Guards(
                keys,
                audit,
                engine.accounts(),
                clock,
                nanoTime,
                random,
                RequestWatch.NONE,
                plan.resource().map(resource -> new AccessTokens(resource, network, clock, nanoTime)),
                Optional.of(new Sessions(new byte[32], random, clock, IDENTITY, false)));
        door = new Door(
                engine,
                new Door.X(
                        new AccountCalls(engine.keeper()),
                        new XApi(app, transport, clock),
                        new XStream(app, transport),
                        signIn,
                        tokens,
                        new CallerApps(
                                app,
                                Optional.of(new CallerApps.Own(tokens, app.clientSecret())),
                                transport,
                                clock,
                                random),
                        app.apiUrl()),
                guards,
                store.attempts(),
                store.events(),
                new Webhooks(webhooks, WebhookTargets.PUBLIC, "test", clock, random),
                new Door.Options(CALLBACK, Scopes.DEFAULT, plan.returnUrls(), plan.truthfulStatus()),
                () -> engine.keeper().health().stopping() ? Optional.of("stopping") : Optional.empty(),
                "test",
                IDENTITY,
                Optional.of(telemetry.endpoint()),
                forAgents,
                Optional.of(new Sights(
                        new Standing(
                                now -> store.figures(CLIENT_ID, now), engine.keeper()::health, clock, world.executor()),
                        store.history(),
                        store.events(),
                        store.search(),
                        world.executor(),
                        app.authorizeUrl())));
        Address address = plan.isOpen()
                ? Address.open("127.0.0.1", 0, plan.origins())
                : Address.loopback("127.0.0.1", 0, plan.alias(), plan.origins());
        server = RoostServer.start(address, door);
    }

    /** Starts one on loopback without any of the settings that a person may choose. */
    public static TestServer start() {
        return start(Plan.USUAL);
    }

    /** Starts one. */
    public static TestServer start(Plan plan) {
        return start(plan, agents -> agents);
    }

    /** Starts one that offers agents something else than the usual. */
    public static TestServer start(Plan plan, UnaryOperator<Door.Agents> agents) {
        return new TestServer(plan, agents);
    }

    /** Makes a key for all accounts, without a limit, and returns its text. */
    public String key(KeyScope... scopes) {
        return newKey(Set.of(scopes), Set.of(), 0).secret().expose();
    }

    /** Makes a key. */
    public Created newKey(Set<KeyScope> scopes, Set<AccountId> accounts, int requestsPerMinute) {
        return keys.create("a program", scopes, accounts, requestsPerMinute);
    }

    /** Connects a user of the simulator, as an import does. */
    public Account connect(String userId, String... scopes) {
        String token = simulator.issue(CLIENT_ID, userId, scopes).refreshToken();
        var _ = engine.signInFlow().importGrant(RefreshToken.of(token), Optional.empty());
        return engine.accounts().find(userId);
    }

    /** Returns a client without a key. */
    public TestClient client() {
        return new TestClient(http, server.uri(), CONFORMANCE, Optional.empty());
    }

    /** Returns a client with this key. */
    public TestClient client(String key) {
        return new TestClient(http, server.uri(), CONFORMANCE, Optional.of(key));
    }

    /** Returns a client with a new key for all accounts. */
    public TestClient client(KeyScope... scopes) {
        return client(key(scopes));
    }

    /** Returns a browser that is not signed in. */
    public TestBrowser browser() {
        return new TestBrowser(http, server.uri());
    }

    /** Returns a browser that is signed in with a new key for all accounts. */
    public TestBrowser browser(KeyScope... scopes) {
        return browser().signIn(key(scopes));
    }

    /** Turns all clocks ahead. */
    public void advance(Duration by) {
        simulator.advance(by);
    }

    /** Returns X. */
    public Simulator simulator() {
        return simulator;
    }

    /** Returns the store, for outages. */
    public MemoryStore store() {
        return store;
    }

    /** Returns the webhooks. */
    public MemoryWebhooks webhooks() {
        return webhooks;
    }

    /** Returns the engine; its scheduler is not started. */
    public Engine engine() {
        return engine;
    }

    /** Returns the API keys. */
    public ApiKeys keys() {
        return keys;
    }

    /** Returns the audit trail; nobody flushes it but the test. */
    public AuditTrail audit() {
        return audit;
    }

    /** Stops the HTTP server alone, as the end of a process begins; returns when it has stopped. */
    public void stopListening() {
        server.close();
    }

    /** Returns what the server opens onto. */
    public Door door() {
        return door;
    }

    /** Returns where it listens. */
    public URI uri() {
        return server.uri();
    }

    /** Returns the secret of a key that nobody has. */
    public static Secret strangersKey() {
        return Secret.of("roost_aaaaaaaaaa_" + "A".repeat(43));
    }

    @Override
    public void close() {
        // First, for the server waits a second for connections that are idle.
        http.shutdownNow();
        http.close();
        network.shutdownNow();
        server.close();
        engine.stop(Duration.ofSeconds(10));
        world.executor().shutdownNow();
        transport.close();
        telemetry.close();
        simulator.close();
    }
}
