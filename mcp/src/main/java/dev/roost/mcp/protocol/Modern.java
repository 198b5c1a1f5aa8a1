package dev.roost.mcp.protocol;

import dev.roost.mcp.catalog.Catalog;
import dev.roost.mcp.catalog.McpException;
import dev.roost.mcp.catalog.Principal;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Answers requests of 2026-07-28: each stands for itself. Safe for many threads. */
final class Modern {
    private static final long LIST_TTL_MS = 300_000;

    private final Catalog catalog;
    private final Features features;
    private final Rounds rounds;
    private final Listeners listeners;

    Modern(Catalog catalog, Features features, StateSeal seal, Listeners listeners) {
        this.catalog = catalog;
        this.features = features;
        this.rounds = new Rounds(seal);
        this.listeners = listeners;
    }

    ObjectNode answer(Message.Request request, Envelope envelope, Principal principal, Ticket ticket)
            throws InterruptedException {
        if (!Revision.of(envelope.requested()).filter(Revision::isModern).isPresent()) {
            throw unsupported(envelope.requested());
        }
        LiveCall.Context context = new LiveCall.Context(
                principal, envelope.client(), principal.id(), Revision.R2026_07_28, envelope.level());
        return answer(request, context, ticket);
    }

    private ObjectNode answer(Message.Request request, LiveCall.Context context, Ticket ticket)
            throws InterruptedException {
        String method = request.method();
        ObjectNode params = request.params();
        Optional<ObjectNode> list = features.list(method, params, Revision.R2026_07_28);
        if (list.isPresent()) {
            return complete(cached(list.get(), LIST_TTL_MS, "public"));
        }
        if (features.runs(method)) {
            return run(request, context, ticket);
        }
        return switch (method) {
            case "server/discover" -> discover();
            case "completion/complete" -> complete(features.complete(params, call(context, ticket, params)));
            case "subscriptions/listen" -> listeners.listen(request.id(), params, context.principal(), ticket);
            default -> throw new McpException(Codes.METHOD_NOT_FOUND, "there is no such method", Optional.empty());
        };
    }

    private static LiveCall call(LiveCall.Context context, Ticket ticket, ObjectNode params) {
        return new LiveCall(context, ticket, new Progress(params), Map.of(), Optional.empty());
    }

    private ObjectNode run(Message.Request request, LiveCall.Context context, Ticket ticket)
            throws InterruptedException {
        String method = request.method();
        ObjectNode params = request.params();
        Rounds.Brought brought = rounds.brought(method, params, context.binding());
        LiveCall call = new LiveCall(context, ticket, new Progress(params), brought.answers(), brought.state());
        return switch (features.run(method, params, call)) {
            case Answered.Result result
            when method.equals("resources/read") -> complete(cached(result.json(), 0, "private"));
            case Answered.Result result -> complete(result.json());
            case Answered.Asking asking -> {
                ObjectNode missing = Capabilities.missing(context.client(), asking.ask());
                if (!missing.isEmpty()) {
                    throw lacking(missing);
                }
                yield identified(
                        rounds.asking(asking.ask(), brought, method, params, context.binding()),
                        Render.name(catalog.info()));
            }
        };
    }

    private ObjectNode discover() {
        ObjectNode json = JsonRpc.object();
        json.putArray("supportedVersions").add(Revision.R2026_07_28.text());
        json.set("capabilities", Capabilities.ofServer(catalog));
        json.put("instructions", catalog.info().instructions());
        return identified(
                cached(json, LIST_TTL_MS, "public").put("resultType", "complete"), Render.info(catalog.info()));
    }

    private static ObjectNode cached(ObjectNode json, long ttlMs, String scope) {
        return json.put("ttlMs", ttlMs).put("cacheScope", scope);
    }

    private ObjectNode complete(ObjectNode json) {
        return identified(json.put("resultType", "complete"), Render.name(catalog.info()));
    }

    private static ObjectNode identified(ObjectNode json, ObjectNode server) {
        json.withObject("_meta").set("io.modelcontextprotocol/serverInfo", server);
        return json;
    }

    private static McpException unsupported(String requested) {
        ObjectNode data = JsonRpc.object();
        ArrayNode supported = data.putArray("supported");
        supported.add(Revision.R2026_07_28.text());
        data.put("requested", Echo.isPlain(requested) ? requested : "no revision");
        return new McpException(
                Codes.UNSUPPORTED_REVISION,
                "this revision of the protocol is not spoken so here; older ones begin with initialize",
                Optional.of(data));
    }

    private static McpException lacking(ObjectNode missing) {
        ObjectNode data = JsonRpc.object();
        data.set("requiredCapabilities", missing);
        return new McpException(
                Codes.MISSING_CAPABILITY,
                "this request needs client capabilities that were not declared; see requiredCapabilities",
                Optional.of(data));
    }
}
