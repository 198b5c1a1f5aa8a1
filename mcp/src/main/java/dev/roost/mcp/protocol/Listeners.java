package dev.roost.mcp.protocol;

import dev.roost.mcp.catalog.Catalog;
import dev.roost.mcp.catalog.Changes.Change;
import dev.roost.mcp.catalog.McpException;
import dev.roost.mcp.catalog.Principal;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Serves {@code subscriptions/listen} (2026-07-28): a request that stays open and tells of changes. Safe for many threads. */
final class Listeners {
    private static final String ID = "io.modelcontextprotocol/subscriptionId";
    private static final int MOST = 1000;
    private static final int MOST_OF_ONE = 50;
    private static final int MOST_RESOURCES = 1000;
    private static final int MOST_WAITING = 1000;

    private final Catalog catalog;
    private final Semaphore places = new Semaphore(MOST);
    private final Map<String, Integer> ofOne = new ConcurrentHashMap<>();
    private final Set<BlockingQueue<Optional<Change>>> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    Listeners(Catalog catalog) {
        this.catalog = catalog;
    }

    /** What a client wants to hear of. */
    private record Wanted(boolean tools, boolean prompts, boolean resources, Set<String> uris) {
        static Wanted of(JsonNode filter) {
            if (!filter.isObject()) {
                throw McpException.invalidParams("the parameter notifications must be there, and an object");
            }
            Set<String> uris = new HashSet<>();
            filter.path("resourceSubscriptions").forEach(uri -> uris.add(uri.asString("")));
            // They are repeated to the client, and a secret is no address.
            uris.removeIf(uri -> !Echo.isPlain(uri));
            if (uris.size() > MOST_RESOURCES) {
                throw McpException.invalidParams("at most " + MOST_RESOURCES + " resources can be listened to at once");
            }
            return new Wanted(
                    filter.path("toolsListChanged").asBoolean(false),
                    filter.path("promptsListChanged").asBoolean(false),
                    filter.path("resourcesListChanged").asBoolean(false),
                    uris);
        }

        /** Returns it without what is not for this principal. */
        Wanted allowed(Predicate<String> allowed) {
            return new Wanted(
                    tools, prompts, resources, uris.stream().filter(allowed).collect(Collectors.toSet()));
        }

        boolean has(Change change) {
            return switch (change) {
                case Change.Tools ignored -> tools;
                case Change.Prompts ignored -> prompts;
                case Change.Resources ignored -> resources;
                case Change.Content content -> uris.contains(content.uri());
            };
        }

        ObjectNode json() {
            ObjectNode json = JsonRpc.object();
            if (tools) {
                json.put("toolsListChanged", true);
            }
            if (prompts) {
                json.put("promptsListChanged", true);
            }
            if (resources) {
                json.put("resourcesListChanged", true);
            }
            if (!uris.isEmpty()) {
                uris.forEach(json.putArray("resourceSubscriptions")::add);
            }
            return json;
        }
    }

    /** Tells of changes until the client ends it or the server does. */
    ObjectNode listen(JsonNode id, ObjectNode params, Principal principal, Ticket ticket) throws InterruptedException {
        Predicate<String> audience = uri -> catalog.audience().test(uri, principal);
        Wanted wanted = Wanted.of(params.path("notifications")).allowed(audience);
        enter(principal);
        try {
            tell(wanted, audience, id, ticket);
        } finally {
            leave(principal);
        }
        ObjectNode last = JsonRpc.object().put("resultType", "complete");
        last.withObject("_meta").set(ID, id);
        return last;
    }

    private void enter(Principal principal) {
        if (ofOne.merge(principal.id(), 1, Integer::sum) > MOST_OF_ONE) {
            free(principal);
            throw full(MOST_OF_ONE + " requests of this caller listen already; end one, or try again later");
        }
        if (!places.tryAcquire()) {
            free(principal);
            throw full(MOST + " clients listen already; try again later");
        }
    }

    private void leave(Principal principal) {
        places.release();
        free(principal);
    }

    private void free(Principal principal) {
        var _ = ofOne.computeIfPresent(principal.id(), (id, count) -> count == 1 ? null : count - 1);
    }

    private static McpException full(String message) {
        return new McpException(Codes.INTERNAL_ERROR, message, Optional.empty());
    }

    /** Who announces a change never waits for a client: what a slow one has not read yet waits here, up to a limit. */
    private void tell(Wanted wanted, Predicate<String> audience, JsonNode id, Ticket ticket)
            throws InterruptedException {
        BlockingQueue<Optional<Change>> waiting = new LinkedBlockingQueue<>(MOST_WAITING);
        Runnable stop = catalog.changes().listen(change -> {
            if (wanted.has(change)) {
                var _ = waiting.offer(Optional.of(change));
            }
        });
        open.add(waiting);
        try {
            ObjectNode heard = JsonRpc.object();
            heard.set("notifications", wanted.json());
            ticket.send(tagged("notifications/subscriptions/acknowledged", heard, id));
            if (closed) {
                end(waiting);
            }
            for (Optional<Change> next = waiting.take(); next.isPresent(); next = waiting.take()) {
                if (!(next.get() instanceof Change.Content content) || audience.test(content.as())) {
                    ticket.send(tagged(method(next.get()), about(next.get()), id));
                }
            }
        } finally {
            stop.run();
            open.remove(waiting);
        }
    }

    /** Ends all of them, each with a result. */
    void close() {
        closed = true;
        open.forEach(Listeners::end);
    }

    private static void end(BlockingQueue<Optional<Change>> waiting) {
        while (!waiting.offer(Optional.empty())) {
            waiting.poll();
        }
    }

    static String method(Change change) {
        return switch (change) {
            case Change.Tools tools -> "notifications/tools/list_changed";
            case Change.Prompts prompts -> "notifications/prompts/list_changed";
            case Change.Resources resources -> "notifications/resources/list_changed";
            case Change.Content content -> "notifications/resources/updated";
        };
    }

    static ObjectNode about(Change change) {
        ObjectNode params = JsonRpc.object();
        return change instanceof Change.Content content ? params.put("uri", content.uri()) : params;
    }

    private static ObjectNode tagged(String method, ObjectNode params, JsonNode id) {
        params.withObject("_meta").set(ID, id);
        return JsonRpc.notification(method, params);
    }
}
