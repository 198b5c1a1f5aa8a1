package dev.roost.cli;

import dev.roost.cli.settings.Settings;
import dev.roost.cli.wiring.Version;
import dev.roost.core.CallerRefreshes;
import dev.roost.core.Node;
import dev.roost.core.World;
import dev.roost.mcp.catalog.Changes;
import dev.roost.mcp.catalog.McpException;
import dev.roost.mcp.catalog.Principal;
import dev.roost.server.AgentOffer;
import dev.roost.server.guide.tools.Toolbox;
import dev.roost.server.http.ProblemException;
import dev.roost.server.mcp.accounts.AccountTools;
import dev.roost.server.mcp.accounts.Family;
import dev.roost.server.mcp.accounts.Means;
import dev.roost.server.mcp.stateless.CallerApps;
import dev.roost.server.mcp.stateless.Kit;
import dev.roost.x.Tweet.LengthCheck;
import dev.roost.x.XApi;
import dev.roost.x.XSettings;
import dev.roost.x.XTransport;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What {@code roost mcp} offers. Without an app it needs neither store nor settings; with one, the store is opened by the first
 * tool that needs it. Safe for many threads.
 */
final class StdioRoom implements AutoCloseable {
    /** Who started the process may do everything. */
    static final Principal PERSON = new Person();

    private static final Duration LAST_REFRESHES = Duration.ofSeconds(40);

    private final Settings settings;
    private final InstantSource clock = InstantSource.system();
    private final Changes changes = new Changes();
    private final LazyRoost roost;
    private Optional<Alone> alone = Optional.empty();
    private volatile boolean ends;

    StdioRoom(Settings settings) {
        this.settings = settings;
        this.roost = new LazyRoost(settings, changes);
    }

    /** What works without a store. */
    private record Alone(XTransport transport, XApi api, CallerApps apps, CallerRefreshes refreshes) {
        static Alone at(XSettings x, Duration replayWindow, InstantSource clock) {
            SecureRandom random = new SecureRandom();
            XTransport transport = new XTransport(x, Version.text());
            return new Alone(
                    transport,
                    new XApi(x, transport, clock),
                    new CallerApps(x, Optional.empty(), transport, clock, random),
                    CallerRefreshes.withoutStore(replayWindow, World.real(new Node("mcp"), clock, random)));
        }
    }

    private record Person() implements Principal {
        @Override
        public String id() {
            return "person";
        }

        @Override
        public String shown() {
            return "the person at this machine";
        }

        @Override
        public boolean isPresent() {
            return true;
        }

        @Override
        public boolean isAnonymous() {
            return false;
        }

        @Override
        public boolean has(String scope) {
            return true;
        }

        @Override
        public boolean covers(String account) {
            return true;
        }
    }

    /** From now on no tool waits for a person. */
    void ending() {
        ends = true;
    }

    AgentOffer offer(Set<Family> families) {
        Optional<AccountTools> accounts = settings.app()
                .map(app -> new AccountTools(new Means(
                        roost::forAgents, roost, Thread::sleep, changes, LengthCheck.STANDARD, clock, () -> ends)));
        boolean kept = accounts.isPresent();
        Kit kit = new Kit(
                () -> alone().api(),
                settings.apiUrl(),
                () -> kept ? told(() -> roost.get().engine().callerRefreshes()) : alone().refreshes(),
                (id, secret) -> kept
                        ? told(() -> roost.get().apps()).app(id, secret)
                        : alone().apps().app(id, secret),
                accounts.map(AccountTools::byAccount),
                LengthCheck.STANDARD,
                clock);
        return new AgentOffer(families, Version.text(), kit, accounts, this::toolbox, changes);
    }

    private Toolbox toolbox() {
        settings.requireApp();
        return roost.get().toolbox();
    }

    private synchronized Alone alone() {
        if (alone.isEmpty()) {
            XSettings usual = XSettings.of("none", Optional.empty());
            XSettings x = settings.app()
                    .orElseGet(() -> new XSettings(
                            usual.clientId(),
                            usual.clientSecret(),
                            usual.authorizeUrl(),
                            settings.apiUrl(),
                            usual.connectDeadline(),
                            usual.answerDeadline()));
            alone = Optional.of(Alone.at(x, settings.http().replayWindow(), clock));
        }
        return alone.get();
    }

    /** These tools know no problems of the HTTP server. */
    private static <T> T told(Supplier<T> work) {
        try {
            return work.get();
        } catch (ProblemException e) {
            throw new McpException(-32603, e.problem().detail(), Optional.empty());
        }
    }

    @Override
    public synchronized void close() {
        alone.ifPresent(own -> {
            own.refreshes().stop(LAST_REFRESHES);
            own.transport().close();
        });
        roost.close();
    }
}
