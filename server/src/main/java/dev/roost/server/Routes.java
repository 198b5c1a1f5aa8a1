package dev.roost.server;

import dev.roost.server.http.Reply;
import dev.roost.server.http.Route;
import dev.roost.server.openapi.OpenApi;
import dev.roost.server.operations.OperationRoutes;
import dev.roost.server.operations.Tools;
import dev.roost.server.pages.CallbackEndpoint;
import dev.roost.server.v1.AccountRoutes;
import dev.roost.server.v1.Setup;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Everything that the server answers. */
final class Routes {
    private Routes() {}

    static List<Route> of(Door door) {
        List<Route> routes = new ArrayList<>();
        routes.add(Route.open("/", "root", call -> Reply.json(200, whatListens(door))));
        routes.add(Route.open("/health/live", "health.live", call -> Reply.json(200, Map.of("status", "up"))));
        routes.add(Route.open("/health/ready", "health.ready", call -> ready(door)));
        routes.add(Route.open(
                CallbackEndpoint.PATH,
                "callback",
                new CallbackEndpoint(
                        door.engine().signInFlow(),
                        door.engine().accounts(),
                        door.options().returnUrls(),
                        door.guards().clock())));
        routes.add(Route.open("/openapi.json", "openapi", OpenApi.endpoint(door.version())));
        routes.addAll(AccountRoutes.of(setup(door)));
        routes.addAll(OperationRoutes.of(new Tools(
                door.engine().accounts(),
                door.x().calls(),
                door.x().api(),
                door.x().stream(),
                door.attempts(),
                door.guards().clock())));
        return routes;
    }

    private static Map<String, String> whatListens(Door door) {
        Map<String, String> body = new LinkedHashMap<>();
        body.put("name", "roost");
        body.put("version", door.version());
        body.put("store", door.identity());
        return body;
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
