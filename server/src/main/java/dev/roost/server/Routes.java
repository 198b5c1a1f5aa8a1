package dev.roost.server;

import java.util.LinkedHashMap;
import java.util.Map;

/** Which path leads where. All are GET. */
final class Routes {
    private Routes() {}

    static Map<String, Endpoint> of(Door door) {
        CallbackEndpoint callback = new CallbackEndpoint(door);
        return Map.of(
                "/",
                request -> Reply.json(200, whatListens(door)),
                "/health/live",
                request -> Reply.json(200, Map.of("status", "up")),
                "/health/ready",
                request -> ready(door),
                CallbackEndpoint.PATH,
                callback);
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
}
