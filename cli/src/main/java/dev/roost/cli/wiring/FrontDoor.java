package dev.roost.cli.wiring;

import dev.roost.cli.settings.Settings;
import dev.roost.core.Engine;
import dev.roost.core.KeeperHealth;
import dev.roost.core.StoreUnavailableException;
import dev.roost.core.World;
import dev.roost.core.access.ApiKeys;
import dev.roost.core.access.AuditTrail;
import dev.roost.mcp.catalog.Changes;
import dev.roost.mcp.http.HttpLimits;
import dev.roost.mcp.protocol.StateSeal;
import dev.roost.server.Door;
import dev.roost.server.accounts.AccountCalls;
import dev.roost.server.dashboard.Sights;
import dev.roost.server.http.Address;
import dev.roost.server.http.Guards;
import dev.roost.server.http.RequestWatch;
import dev.roost.server.mcp.accounts.Family;
import dev.roost.server.oauth.AccessTokens;
import dev.roost.server.oauth.ProtectedResource;
import dev.roost.server.session.Sessions;
import dev.roost.server.telemetry.Standing;
import dev.roost.server.telemetry.Telemetry;
import java.net.http.HttpClient;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/** What the server lets in, and what it has to offer, as the settings say. Safe for many threads. */
final class FrontDoor implements AutoCloseable {
    private final Settings settings;
    private final Vault vault;
    private final WaysToX x;
    private final Engine engine;
    private final ApiKeys keys;
    private final AuditTrail audit;
    private final Standing standing;
    private final Changes changes;
    private final World world;
    private final Traces traces;
    private final Optional<Telemetry> telemetry;
    private final AtomicReference<Optional<HttpClient>> issuerNetwork = new AtomicReference<>(Optional.empty());

    FrontDoor(
            Settings settings,
            Vault vault,
            WaysToX x,
            Engine engine,
            ApiKeys keys,
            AuditTrail audit,
            Standing standing,
            Changes changes,
            World world,
            Traces traces,
            Optional<Telemetry> telemetry) {
        this.settings = settings;
        this.vault = vault;
        this.x = x;
        this.engine = engine;
        this.keys = keys;
        this.audit = audit;
        this.standing = standing;
        this.changes = changes;
        this.world = world;
        this.traces = traces;
        this.telemetry = telemetry;
    }

    Door.Agents agents() {
        return new Door.Agents(
                settings.mcp().tools().orElse(Family.DEFAULT),
                new StateSeal(vault.store().derivedKey("mcp request state"), new SecureRandom(), vault.clock()),
                HttpLimits.USUAL,
                changes,
                world.sleeper(),
                UnaryOperator.identity());
    }

    Address address() {
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

    Door door(Door.Agents agents) {
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
                new Door.X(
                        new AccountCalls(engine.keeper()),
                        x.api(),
                        x.stream(),
                        x.signIn(),
                        x.tokens(),
                        x.apps(),
                        settings.apiUrl()),
                guards,
                vault.store().attempts(),
                vault.store().events(),
                Alerting.webhooks(settings, vault, world.node()),
                options,
                this::notReady,
                Version.text(),
                StoreIdentity.of(settings),
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
                StoreIdentity.of(settings),
                isPublicSecure);
    }

    private AccessTokens accessTokens(ProtectedResource resource) {
        HttpClient network = AccessTokens.network();
        issuerNetwork.getAndSet(Optional.of(network)).ifPresent(HttpClient::shutdownNow);
        return new AccessTokens(resource, network, vault.clock(), world.nanoTime());
    }

    /** Says why this process should get no work just now; empty when it should. */
    Optional<String> notReady() {
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

    @Override
    public void close() {
        issuerNetwork.get().ifPresent(HttpClient::shutdownNow);
    }
}
