package dev.roost.server;

import dev.roost.core.CallerApp;
import dev.roost.core.Engine;
import dev.roost.core.Scopes;
import dev.roost.core.SignInEndpoint;
import dev.roost.core.TokenEndpoint;
import dev.roost.core.World;
import dev.roost.core.alerting.Webhooks;
import dev.roost.core.journal.EventLog;
import dev.roost.core.posting.AttemptStore;
import dev.roost.mcp.catalog.Catalog;
import dev.roost.mcp.catalog.Changes;
import dev.roost.mcp.http.HttpLimits;
import dev.roost.mcp.protocol.StateSeal;
import dev.roost.server.accounts.AccountCalls;
import dev.roost.server.dashboard.Sights;
import dev.roost.server.guide.tools.Toolbox;
import dev.roost.server.guide.tools.Workshop;
import dev.roost.server.http.Endpoint;
import dev.roost.server.http.Guards;
import dev.roost.server.mcp.accounts.Family;
import dev.roost.server.mcp.accounts.Means;
import dev.roost.server.mcp.stateless.Kit;
import dev.roost.server.operations.Tools;
import dev.roost.server.v1.Reauthorizations;
import dev.roost.server.v1.Setup;
import dev.roost.x.XApi;
import dev.roost.x.XStream;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * What the server opens onto.
 *
 * @param engine keeps the accounts
 * @param x X, for accounts and for callers who bring their own tokens
 * @param guards what the gate needs
 * @param attempts to publish
 * @param events what happened to the accounts
 * @param webhooks where alerts are sent
 * @param options what a person may choose
 * @param notReady why this process should get no work just now; empty when it should. Asked often, so it must be quick
 * @param version of Roost
 * @param identity the same for all processes that keep the same accounts in the same store; tells nothing else
 * @param metrics answers {@code GET /metrics}; empty where nobody counts
 * @param agents what agents get through MCP
 * @param sights what people see in the dashboard; empty where there is none
 */
public record Door(
        Engine engine,
        X x,
        Guards guards,
        AttemptStore attempts,
        EventLog events,
        Webhooks webhooks,
        Options options,
        Supplier<Optional<String>> notReady,
        String version,
        String identity,
        Optional<Endpoint> metrics,
        Agents agents,
        Optional<Sights> sights) {

    /** Returns what the account API, the operations at X and the tools for agents work with. */
    public Means.Opened forAgents() {
        Setup setup = new Setup(
                engine,
                events,
                guards.audit(),
                guards.clock(),
                options.callbackUrl(),
                options.scopes(),
                options.returnUrls());
        Tools tools = new Tools(x.calls(), x.api(), x.stream(), attempts, guards.clock());
        return new Means.Opened(setup, tools, new Reauthorizations(setup));
    }

    /** Returns new tools of MCPSocial; they remember states and answers, so those who should share these share the tools. */
    public Toolbox toolbox() {
        return new Toolbox(new Workshop(
                x.api(),
                x.signIn(),
                engine.callerRefreshes(),
                new CallerApp(x.tokens(), Optional.empty()),
                options.scopes(),
                guards.clock(),
                guards.nanoTime(),
                guards.random()));
    }

    /**
     * X.
     *
     * @param calls the way to call X for a kept account
     * @param api the calls
     * @param stream passes requests of others on
     * @param signIn the side of X that takes part in a sign-in
     * @param tokens X's token endpoint, for the app of the settings
     * @param apps the apps of callers
     * @param apiUrl where X's API is
     */
    public record X(
            AccountCalls calls,
            XApi api,
            XStream stream,
            SignInEndpoint signIn,
            TokenEndpoint tokens,
            Kit.Apps apps,
            URI apiUrl) {}

    /**
     * What a person may choose.
     *
     * @param callbackUrl where X sends people back to
     * @param scopes what to ask people for
     * @param returnUrls where people may be sent after a sign-in
     * @param truthfulStatus whether errors of {@code /mcp/execute} have the status that fits, rather than always 400
     */
    public record Options(URI callbackUrl, Scopes scopes, Set<URI> returnUrls, boolean truthfulStatus) {
        /** Copies the set. */
        public Options {
            returnUrls = Set.copyOf(returnUrls);
        }
    }

    /**
     * What agents get.
     *
     * @param families which tools
     * @param seal seals what their clients keep for the server
     * @param limits how long and how many
     * @param changes where it is announced that an account stands otherwise than before
     * @param sleeper how a tool waits for a person
     * @param more changes the catalog before it is served; tests add to it
     */
    public record Agents(
            Set<Family> families,
            StateSeal seal,
            HttpLimits limits,
            Changes changes,
            World.Sleeper sleeper,
            UnaryOperator<Catalog> more) {
        /** Copies the set. */
        public Agents {
            families = Set.copyOf(families);
        }

        /** The usual, with this seal. */
        public static Agents usual(StateSeal seal) {
            return new Agents(
                    Family.DEFAULT,
                    seal,
                    HttpLimits.USUAL,
                    new Changes(),
                    duration -> Thread.sleep(duration),
                    UnaryOperator.identity());
        }
    }
}
