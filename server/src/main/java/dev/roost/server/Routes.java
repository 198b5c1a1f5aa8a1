package dev.roost.server;

import dev.roost.core.access.KeyScope;
import dev.roost.mcp.http.McpEndpoint;
import dev.roost.server.guide.GuideRoutes;
import dev.roost.server.guide.tools.Toolbox;
import dev.roost.server.http.Access;
import dev.roost.server.http.Endpoint;
import dev.roost.server.http.ErrorForm;
import dev.roost.server.http.PathTemplate;
import dev.roost.server.http.Reply;
import dev.roost.server.http.Route;
import dev.roost.server.mcp.McpRoutes;
import dev.roost.server.mcp.accounts.Means;
import dev.roost.server.openapi.OpenApi;
import dev.roost.server.operations.OperationRoutes;
import dev.roost.server.pages.CallbackEndpoint;
import dev.roost.server.v1.AccountRoutes;
import dev.roost.server.v1.WebhookRoutes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Everything that the server answers.
 *
 * @param all the routes
 * @param mcp has streams and sessions, which end with the server
 * @param watched ends what else waits for news
 * @param stopping from when on no tool waits for a person
 */
record Routes(List<Route> all, McpEndpoint mcp, Runnable watched, AtomicBoolean stopping) {
    static Routes of(Door door, Means.Opened opened) {
        List<Route> routes = new ArrayList<>();
        routes.add(Route.open("/health/live", "health.live", call -> Reply.json(200, Map.of("status", "up"))));
        routes.add(Route.open("/health/ready", "health.ready", call -> ready(door)));
        door.metrics().ifPresent(metrics -> routes.add(metrics(metrics)));
        routes.addAll(MetadataRoutes.of(door.guards()));
        Toolbox toolbox = door.toolbox();
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
        routes.addAll(new GuideRoutes(
                        toolbox,
                        door.options().truthfulStatus(),
                        door.version(),
                        door.identity(),
                        door.sights().isPresent())
                .all());
        routes.addAll(AccountRoutes.of(opened.setup()));
        routes.addAll(WebhookRoutes.of(door.webhooks()));
        routes.addAll(OperationRoutes.of(opened.x()));
        AtomicBoolean stopping = new AtomicBoolean();
        McpEndpoint mcp = AgentRoom.endpoint(door, opened, toolbox, stopping::get);
        routes.addAll(McpRoutes.of(mcp, door.guards().challenges()));
        Dashboard.Opened dashboard = Dashboard.open(door, opened.setup());
        routes.addAll(dashboard.routes());
        return new Routes(List.copyOf(routes), mcp, dashboard.stop(), stopping);
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

    /** Ends what waits for news or for people; requests under way go on. */
    void stop() {
        stopping.set(true);
        mcp.stop();
        watched.run();
    }
}
