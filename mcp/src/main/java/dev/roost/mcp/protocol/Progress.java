package dev.roost.mcp.protocol;

import java.util.Optional;
import java.util.OptionalDouble;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes progress notifications, which must grow. Used under the lock of its call. */
final class Progress {
    private final Optional<JsonNode> token;
    private double last = Double.NEGATIVE_INFINITY;

    Progress(ObjectNode params) {
        this.token = Optional.ofNullable(params.path("_meta").get("progressToken"))
                .filter(given -> given.isString() || given.isIntegralNumber());
    }

    /** Returns the notification, if the client wants it and it says something new. */
    Optional<ObjectNode> next(double progress, OptionalDouble total, String message) {
        if (token.isEmpty() || !Double.isFinite(progress) || progress <= last) {
            return Optional.empty();
        }
        last = progress;
        ObjectNode params = JsonRpc.object();
        params.set("progressToken", token.get());
        params.put("progress", progress);
        total.stream().filter(Double::isFinite).forEach(all -> params.put("total", all));
        if (!message.isEmpty()) {
            params.put("message", message);
        }
        return Optional.of(JsonRpc.notification("notifications/progress", params));
    }
}
