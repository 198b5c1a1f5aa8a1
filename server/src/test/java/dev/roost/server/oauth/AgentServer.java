package dev.roost.server.oauth;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.roost.core.Account;
import dev.roost.core.AccountId;
import dev.roost.core.Accounts;
import dev.roost.core.access.ApiKeys;
import dev.roost.core.access.AuditTrail;
import dev.roost.core.access.KeyScope;
import dev.roost.server.http.Access;
import dev.roost.server.http.Address;
import dev.roost.server.http.Call;
import dev.roost.server.http.Caller;
import dev.roost.server.http.Entrance;
import dev.roost.server.http.ErrorForm;
import dev.roost.server.http.Guards;
import dev.roost.server.http.PathTemplate;
import dev.roost.server.http.Reply;
import dev.roost.server.http.RequestWatch;
import dev.roost.server.http.Route;
import dev.roost.testkit.ManualClock;
import dev.roost.testkit.MemoryStore;
import dev.roost.testkit.Sample;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.slf4j.LoggerFactory;

/**
 * The gate with one route behind it, {@code GET /mcp}, which is for agents and tells who came in. With
 * {@code ?need=x:write} it asks for that scope. All goes by a clock that stands.
 */
final class AgentServer implements AutoCloseable {
    static final URI RESOURCE = URI.create("https://roost.example.com/mcp");
    static final String METADATA = "https://roost.example.com/.well-known/oauth-protected-resource/mcp";

    private static final String CLIENT_ID = "test-app";
    private static final Set<KeyScope> FIRST = Set.of(KeyScope.X_READ, KeyScope.ACCOUNTS_READ);

    private final ManualClock clock;
    private final MemoryStore store;
    private final ApiKeys keys;
    private final HttpClient http = HttpClient.newHttpClient();
    private final HttpClient network = AccessTokens.network();
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final Guards guards;
    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);

    private AgentServer(ManualClock clock, Optional<URI> issuer, boolean isOpen) {
        this.clock = clock;
        store = new MemoryStore(clock);
        SecureRandom random = new SecureRandom();
        keys = new ApiKeys(store.apiKeys(), clock, random);
        LongSupplier nanoTime =
                () -> Duration.between(ManualClock.START, clock.instant()).toNanos();
        guards = new Guards(
                keys,
                new AuditTrail(store.audit(), clock),
                new Accounts(store, CLIENT_ID),
                clock,
                nanoTime,
                random,
                RequestWatch.NONE,
                issuer.map(uri -> new ProtectedResource(uri, RESOURCE))
                        .map(resource -> new AccessTokens(resource, network, clock, nanoTime)),
                Optional.empty());
        Route route = new Route(
                "GET",
                PathTemplate.of("/mcp"),
                "mcp",
                new Access.Agent(FIRST),
                Route.About.NO_ACCOUNT,
                ErrorForm.PROBLEM,
                this::answer);
        Address address = isOpen
                ? Address.open("127.0.0.1", 0, Set.of())
                : Address.loopback("127.0.0.1", 0, "localhost", Set.of());
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(
                new Entrance(address, List.of(route), guards, account -> Optional.empty(), Thread::startVirtualThread));
        lines.start();
        root().addAppender(lines);
        start(server);
    }

    /** One that other machines reach, with this authorization server. */
    static AgentServer guardedBy(URI issuer, ManualClock clock) {
        return new AgentServer(clock, Optional.of(issuer), true);
    }

    /** One that only this machine reaches. */
    static AgentServer local(Optional<URI> issuer) {
        return new AgentServer(new ManualClock(), issuer, false);
    }

    /** One that other machines reach, without an authorization server. */
    static AgentServer alone() {
        return new AgentServer(new ManualClock(), Optional.empty(), true);
    }

    HttpResponse<String> bearer(String token) {
        return get("/mcp", "Authorization", "Bearer " + token);
    }

    /** Gets a path; header names and values in turn. */
    HttpResponse<String> get(String path, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + connector.getLocalPort() + path));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    String key(Set<AccountId> accounts, KeyScope... scopes) {
        return keys.create("a program", Set.of(scopes), accounts, 0).secret().expose();
    }

    String busyKey(int requestsPerMinute) {
        return keys.create("a program", Set.of(KeyScope.X_READ), Set.of(), requestsPerMinute)
                .secret()
                .expose();
    }

    Account connect() {
        return store.connect(Sample.signedIn(CLIENT_ID, Sample.user(), clock.instant()));
    }

    MemoryStore store() {
        return store;
    }

    /** Returns all that was logged since the start. */
    String log() {
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).collect(Collectors.joining("\n"));
    }

    /** The caller as the MCP layer sees it, and whether it covers the account in the query. */
    private Reply answer(Call call) {
        Caller caller = call.caller();
        Optional<KeyScope> need = call.query("need").map(KeyScope::parse);
        if (need.isPresent() && !caller.has(need.get())) {
            throw guards.challenges().stepUp(caller, Set.of(KeyScope.X_READ, need.get()));
        }
        return Reply.json(
                200,
                Map.of(
                        "principal",
                        caller.principal(),
                        "scopes",
                        caller.scopes().stream().map(KeyScope::text).collect(Collectors.joining(" ")),
                        "local",
                        caller.isLocal(),
                        "limited",
                        caller.isLimited(),
                        "covers",
                        call.query("account")
                                .map(AccountId::new)
                                .map(caller::covers)
                                .orElse(false)));
    }

    private static void start(Server server) {
        try {
            server.start();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }

    @Override
    public void close() {
        root().detachAppender(lines);
        http.shutdownNow();
        network.shutdownNow();
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
