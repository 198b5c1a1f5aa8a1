package dev.roost.server;

import dev.roost.core.CallerApp;
import dev.roost.core.access.KeyScope;
import dev.roost.mcp.http.McpEndpoint;
import dev.roost.server.guide.GuideRoutes;
import dev.roost.server.guide.tools.Toolbox;
import dev.roost.server.guide.tools.Workshop;
import dev.roost.server.http.Access;
import dev.roost.server.http.Endpoint;
import dev.roost.server.http.ErrorForm;
import dev.roost.server.http.PathTemplate;
import dev.roost.server.http.Reply;
import dev.roost.server.http.Route;
import dev.roost.server.mcp.McpRoutes;
import dev.roost.server.openapi.OpenApi;
import dev.roost.server.operations.OperationRoutes;
import dev.roost.server.operations.Tools;
import dev.roost.server.pages.CallbackEndpoint;
import dev.roost.server.v1.AccountRoutes;
import dev.roost.server.v1.Setup;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that the server answers.
 *
 * @param all the routes
 * @param mcp has streams and sessions, which end with the server
 */
record Routes(List<Route> all, McpEndpoint mcp) {
    static Routes of(Door door) {
        List<Route> routes = new ArrayList<>();
        routes.add(Route.open("/health/live", "health.live", call -> Reply.json(200, Map.of("status", "up"))));
        routes.add(Route.open("/health/ready", "health.ready", call -> ready(door)));
        door.metrics().ifPresent(metrics -> routes.add(metrics(metrics)));
        routes.addAll(MetadataRoutes.of(door.guards()));
        Toolbox toolbox = toolbox(door);
        routes.add(Route.open(
                CallbackEndpoint.PATH,
                "callback",
                new CallbackEndpoint(
                        door.engine().signInFlow(),
                        door.engine().accounts(),
                        door.options().returnUrls(),
                        door.guards().clock(),
                        toolbox.states())));
        routes.add(Route.open("/openapi.json", "openapi", OpenApi.endpoint(door.version())));
        routes.addAll(new GuideRoutes(toolbox, door.options().truthfulStatus(), door.version(), door.identity()).all());
        routes.addAll(AccountRoutes.of(setup(door)));
        routes.addAll(OperationRoutes.of(new Tools(
                door.x().calls(),
                door.x().api(),
                door.x().stream(),
                door.attempts(),
                door.guards().clock())));
        McpEndpoint mcp = AgentRoom.endpoint(door);
        routes.addAll(McpRoutes.of(mcp, door.guards().challenges()));
        return new Routes(List.copyOf(routes), mcp);
    }

    private static Toolbox toolbox(Door door) {
        return new Toolbox(new Workshop(
                door.x().api(),
                door.x().signIn(),
                door.engine().callerRefreshes(),
                new CallerApp(door.x().tokens(), Optional.empty()),
                door.options().scopes(),
                door.guards().clock(),
                door.guards().nanoTime(),
                door.guards().random()));
    }

    private static Route metrics(Endpoint endpoint) {
        return new Route(
                "GET",
                PathTemplate.of("/metrics"),
                "metrics",
                new Access.Local(KeyScope.ACCOUNTS_READ),
                Route.About.NO_ACCOUNT,
                ErrorForm.PROBLEM,
                endpoint);
    }

    private static Reply ready(Door door) {
        return door.notReady()
                .get()
                .map(reason -> Reply.json(503, Map.of("status", "not ready", "reason", reason)))
                .orElseGet(() -> Reply.json(200, Map.of("status", "ready")));
    }

    /** Returns what the account API works on. */
    static Setup setup(Door door) {
        return new Setup(
                door.engine(),
                door.guards().audit(),
                door.guards().clock(),
                door.options().callbackUrl(),
                door.options().scopes(),
                door.options().returnUrls());
    }
}
