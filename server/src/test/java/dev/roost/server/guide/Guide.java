package dev.roost.server.guide;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.roost.core.Engine;
import dev.roost.core.Node;
import dev.roost.core.RefreshPolicy;
import dev.roost.core.Scopes;
import dev.roost.core.Secret;
import dev.roost.core.World;
import dev.roost.core.access.ApiKeys;
import dev.roost.core.access.AuditTrail;
import dev.roost.core.alerting.WebhookTargets;
import dev.roost.core.alerting.Webhooks;
import dev.roost.mcp.protocol.StateSeal;
import dev.roost.server.Conformance;
import dev.roost.server.Door;
import dev.roost.server.RoostServer;
import dev.roost.server.accounts.AccountCalls;
import dev.roost.server.http.Address;
import dev.roost.server.http.Guards;
import dev.roost.server.http.RequestWatch;
import dev.roost.server.mcp.stateless.CallerApps;
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
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real server on a free port, in front of a simulated X that is reached over HTTP. The simulator's clock is the clock. */
final class Guide implements AutoCloseable {
    static final String CLIENT = "demo-confidential";
    static final String CALLBACK = "http://127.0.0.1:3001/auth/twitter/callback";

    private static final Conformance CONFORMANCE = new Conformance();

    private final Simulator simulator = Simulator.start();
    private final MemoryStore store = new MemoryStore(simulator::now);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private final XTransport transport;
    private final World world;
    private final Engine engine;
    private final ApiKeys keys;
    private final AuditTrail audit;
    private final RoostServer server;

    /** How a test wants it. */
    record Wish(boolean loopback, boolean truthful, Scopes scopes, Optional<URI> x, String secret) {
        static final Wish USUAL = new Wish(true, false, Scopes.DEFAULT, Optional.empty(), "demo-secret");

        Wish open() {
            return new Wish(false, truthful, scopes, x, secret);
        }

        Wish truthfully() {
            return new Wish(loopback, true, scopes, x, secret);
        }

        Wish asking(String... names) {
            return new Wish(loopback, truthful, Scopes.of(names), x, secret);
        }

        Wish at(URI other) {
            return new Wish(loopback, truthful, scopes, Optional.of(other), secret);
        }

        Wish withSecret(String other) {
            return new Wish(loopback, truthful, scopes, x, other);
        }
    }

    /** An answer of Roost's. */
    record Answer(int status, JsonNode body, HttpResponse<String> raw) {
        String text(String name) {
            return body.path(name).asString("");
        }

        JsonNode result() {
            return body.path("result");
        }
    }

    private Guide(Wish wish) {
        simulator.addDefaults();
        XSettings settings = new XSettings(
                CLIENT,
                Optional.of(Secret.of(wish.secret())),
                simulator.authorizeUri(),
                wish.x().orElse(simulator.uri()),
                Duration.ofSeconds(2),
                Duration.ofSeconds(10));
        SecureRandom random = new SecureRandom();
        LongSupplier nanoTime =
                () -> Duration.between(Instant.EPOCH, simulator.now()).toNanos();
        transport = new XTransport(settings, "9.9");
        World real = World.real(new Node("test"), simulator::now, random);
        world = new World(real.node(), real.clock(), nanoTime, random, real.executor(), real.sleeper());
        XTokenEndpoint tokens = new XTokenEndpoint(settings, transport, simulator::now, random);
        XSignIn signIn = new XSignIn(settings, transport, simulator::now);
        engine = Engine.assemble(store, store, new MemorySpool(), tokens, signIn, RefreshPolicy.DEFAULT, world);
        keys = new ApiKeys(store.apiKeys(), simulator::now, random);
        audit = new AuditTrail(store.audit(), simulator::now);
        Guards guards = new Guards(
                keys,
                audit,
                engine.accounts(),
                simulator::now,
                nanoTime,
                random,
                RequestWatch.NONE,
                Optional.empty(),
                Optional.empty());
        Door door = new Door(
                engine,
                new Door.X(
                        new AccountCalls(engine.keeper()),
                        new XApi(settings, transport, simulator::now),
                        new XStream(settings, transport),
                        signIn,
                        tokens,
                        new CallerApps(
                                settings,
                                Optional.of(new CallerApps.Own(tokens, settings.clientSecret())),
                                transport,
                                simulator::now,
                                random),
                        settings.apiUrl()),
                guards,
                store.attempts(),
                store.events(),
                new Webhooks(new MemoryWebhooks(), WebhookTargets.PUBLIC, "test", simulator::now, random),
                new Door.Options(URI.create(CALLBACK), wish.scopes(), Set.of(), wish.truthful()),
                Optional::empty,
                "1.2.3",
                "abc",
                Optional.empty(),
                Door.Agents.usual(StateSeal.ofThisProcess(SecureRandom::new, simulator::now)),
                Optional.empty());
        lines.start();
        root().addAppender(lines);
        server = RoostServer.start(
                wish.loopback()
                        ? Address.loopback("127.0.0.1", 0, "127.0.0.1", Set.of())
                        : Address.open("127.0.0.1", 0, Set.of()),
                door);
    }

    static Guide start() {
        return start(Wish.USUAL);
    }

    static Guide start(Wish wish) {
        return new Guide(wish);
    }

    Simulator x() {
        return simulator;
    }

    MemoryStore store() {
        return store;
    }

    Engine engine() {
        return engine;
    }

    ApiKeys keys() {
        return keys;
    }

    URI uri() {
        return server.uri();
    }

    Answer execute(String tool, Map<String, ?> params) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("toolName", tool);
        body.put("params", params);
        return post(JsonMapper.shared().writeValueAsString(body));
    }

    Answer post(String json, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.uri().resolve("/mcp/execute"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return send(request.build(), Optional.of(json));
    }

    Answer get(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.uri().resolve(path));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return send(request.build(), Optional.empty());
    }

    /** Every exchange is held against the API's description. */
    Answer send(HttpRequest request, Optional<String> json) {
        HttpResponse<String> raw = text(request);
        CONFORMANCE.check(request.method(), request.uri(), json, raw);
        return new Answer(raw.statusCode(), JsonMapper.shared().readTree(raw.body()), raw);
    }

    HttpResponse<String> text(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** An access token of ada's. */
    String access(String... scopes) {
        return simulator.issue(CLIENT, "1001", scopes).accessToken();
    }

    /** Does what a person's browser does with the consent page; returns where it is sent then. */
    URI consent(String authorizationUrl, String decision) {
        String page = text(HttpRequest.newBuilder(URI.create(authorizationUrl)).build())
                .body();
        Matcher request = Pattern.compile("name=\"request\" value=\"([^\"]*)\"").matcher(page);
        if (!request.find()) {
            throw new AssertionError("no consent page: " + page);
        }
        HttpRequest answer = HttpRequest.newBuilder(simulator.authorizeUri())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("request=" + request.group(1) + "&user_id=1001&decision=" + decision))
                .build();
        return URI.create(text(answer).headers().firstValue("Location").orElseThrow());
    }

    /** The parameters of a query, in their order. */
    static Map<String, String> query(URI uri) {
        Map<String, String> found = new LinkedHashMap<>();
        for (String pair : uri.getRawQuery().split("&", -1)) {
            String[] parts = pair.split("=", 2);
            found.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return found;
    }

    /** The lines of the log so far: level, message, and the key-value pairs in the order of their names. */
    List<String> log() {
        synchronized (lines) {
            return List.copyOf(lines.list).stream()
                    .map(line -> {
                        Map<String, Object> pairs = new TreeMap<>();
                        Optional.ofNullable(line.getKeyValuePairs())
                                .orElse(List.of())
                                .forEach(pair -> pairs.put(pair.key, pair.value));
                        return line.getLevel() + " " + line.getFormattedMessage() + " " + pairs;
                    })
                    .toList();
        }
    }

    /** Operation and outcome of each row of the audit trail. */
    List<String> audited() {
        audit.flush();
        return store.audit().newest(100).stream()
                .map(entry -> entry.operation() + " " + entry.outcome())
                .toList();
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }

    @Override
    public void close() {
        // First, or the server waits for its connections.
        http.close();
        server.close();
        engine.stop(Duration.ofSeconds(5));
        world.executor().shutdownNow();
        transport.close();
        root().detachAppender(lines);
        simulator.close();
    }
}
