package dev.roost.server;

import dev.roost.core.access.KeyScope;
import dev.roost.server.http.Access;
import dev.roost.server.http.Call;
import dev.roost.server.http.Endpoint;
import dev.roost.server.http.ErrorForm;
import dev.roost.server.http.PathTemplate;
import dev.roost.server.http.Reply;
import dev.roost.server.http.Route;
import dev.roost.server.operations.OperationRoutes;
import dev.roost.server.operations.Tools;
import dev.roost.server.pages.CallbackEndpoint;
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
        door.metrics().ifPresent(metrics -> routes.add(metrics(metrics)));
        routes.add(Route.open(
                CallbackEndpoint.PATH,
                "callback",
                new CallbackEndpoint(door.engine().signInFlow(), door.engine().accounts())));
        routes.add(Route.keyed("GET", "/v1/key", "key.read", KeyScope.ACCOUNTS_READ, Routes::key));
        routes.addAll(OperationRoutes.of(new Tools(
                door.engine().accounts(),
                door.x().calls(),
                door.x().api(),
                door.x().stream(),
                door.attempts(),
                door.guards().clock())));
        return routes;
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

    private static Reply key(Call call) {
        return Reply.json(200, Map.of("id", call.caller().name()));
    }
}
