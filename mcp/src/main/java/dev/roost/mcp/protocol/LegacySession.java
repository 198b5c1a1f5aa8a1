package dev.roost.mcp.protocol;

import dev.roost.mcp.catalog.Catalog;
import dev.roost.mcp.catalog.Changes.Change;
import dev.roost.mcp.catalog.Client;
import dev.roost.mcp.catalog.LogLevel;
import dev.roost.mcp.catalog.McpException;
import dev.roost.mcp.catalog.Principal;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A session of a client of 2025-11-25 or older, begun by {@code initialize}. Safe for many threads. */
public final class LegacySession {
    private static final int MOST_SUBSCRIPTIONS = 1000;
    private static final int MOST_UNDER_WAY = 1024;

    private final String id;
    private final Principal principal;
    private final Revision revision;
    private final Client client;
    private final Catalog catalog;
    private final Features features;
    private final Outlet news;
    private final Conversation conversation = new Conversation();
    private final Map<JsonNode, Ticket> underWay = new ConcurrentHashMap<>();
    private final Map<String, Principal> subscriptions = new ConcurrentHashMap<>();
    private final Runnable deaf;
    private volatile LogLevel level = LogLevel.INFO;

    LegacySession(String id, Principal principal, ObjectNode params, Catalog catalog, Features features, Outlet news) {
        this.id = id;
        this.principal = principal;
        this.revision = Revision.of(params.path("protocolVersion").asString(""))
                .filter(asked -> !asked.isModern())
                .orElse(Revision.NEWEST_LEGACY);
        JsonNode info = params.path("clientInfo");
        JsonNode capabilities = params.path("capabilities");
        this.client = new Client(
                info.path("name").asString(""),
                info.path("version").asString(""),
                capabilities.isObject() ? capabilities : JsonRpc.object());
        this.catalog = catalog;
        this.features = features;
        this.news = news;
        this.deaf = catalog.changes().listen(this::changed);
    }

    /** Returns its name. */
    public String id() {
        return id;
    }

    /** Returns the revision that was agreed on. */
    public Revision revision() {
        return revision;
    }

    /** Tells whether this caller began it; nobody else may use it. */
    public boolean belongsTo(Principal caller) {
        return principal.id().equals(caller.id());
    }

    /** Tells whether a request of it is under way. */
    public boolean isBusy() {
        return !underWay.isEmpty();
    }

    ObjectNode welcome() {
        ObjectNode json = JsonRpc.object().put("protocolVersion", revision.text());
        json.set("capabilities", Capabilities.ofServer(catalog));
        json.set("serverInfo", Render.info(catalog.info()));
        return json.put("instructions", catalog.info().instructions());
    }

    /**
     * Notes that a request is under way, so that it can be cancelled. Two of the same id could not be told apart, and a client
     * that begins without end would fill the memory.
     *
     * @return why it must not begin; empty if it may
     */
    public Optional<McpException> begin(Message.Request request, Ticket ticket) {
        if (underWay.size() >= MOST_UNDER_WAY) {
            return refused("this session has " + MOST_UNDER_WAY + " requests under way; wait for some, or cancel them");
        }
        return underWay.putIfAbsent(request.id(), ticket) == null
                ? Optional.empty()
                : refused("a request of this id is under way; give each its own");
    }

    private static Optional<McpException> refused(String reason) {
        return Optional.of(new McpException(Codes.INVALID_REQUEST, reason, Optional.empty()));
    }

    void end(Message.Request request, Ticket ticket) {
        underWay.remove(request.id(), ticket);
    }

    ObjectNode answer(Message.Request request, Principal caller, Ticket ticket, boolean canAsk)
            throws InterruptedException {
        String method = request.method();
        ObjectNode params = request.params();
        LiveCall.Context context = new LiveCall.Context(caller, client, id, revision, Optional.of(level));
        Optional<ObjectNode> list = features.list(method, params, revision);
        if (list.isPresent()) {
            return list.get();
        }
        if (features.runs(method)) {
            return new LegacyRounds(features, conversation, context, ticket).run(method, params, canAsk);
        }
        return switch (method) {
            case "ping" -> JsonRpc.object();
            case "completion/complete" ->
                features.complete(
                        params, new LiveCall(context, ticket, new Progress(params), Map.of(), Optional.empty()));
            case "logging/setLevel" -> setLevel(params);
            case "resources/subscribe" -> subscribe(Features.text(params, "uri"), caller);
            case "resources/unsubscribe" -> unsubscribe(Features.text(params, "uri"));
            case "initialize" ->
                throw new McpException(
                        Codes.INVALID_REQUEST, "this session has been initialized already", Optional.empty());
            default -> throw new McpException(Codes.METHOD_NOT_FOUND, "there is no such method", Optional.empty());
        };
    }

    /** Takes a notification; those that mean nothing here are ignored. */
    public void notified(Message.Notification notification) {
        if (notification.method().equals("notifications/cancelled")) {
            JsonNode request = notification.params().path("requestId");
            Optional.ofNullable(underWay.get(request)).ifPresent(Ticket::cancel);
        }
    }

    /** Takes the answer to a question of the server. */
    public void answered(Message.Response response) {
        conversation.answered(response);
    }

    /** Cancels what is under way, and listens no more. */
    public void close() {
        deaf.run();
        underWay.values().forEach(Ticket::cancel);
        conversation.close();
    }

    /** Lets nobody wait for answers of the client, for none can come any more. */
    public void nobodyAnswers() {
        conversation.close();
    }

    private ObjectNode setLevel(ObjectNode params) {
        level = LogLevel.of(Features.text(params, "level"))
                .orElseThrow(() -> McpException.invalidParams("the parameter level must be one of debug, info, notice,"
                        + " warning, error, critical, alert, emergency"));
        return JsonRpc.object();
    }

    private ObjectNode subscribe(String uri, Principal caller) {
        if (!catalog.audience().test(uri, caller)) {
            throw McpException.invalidParams("the caller may not hear of this resource, for it may not read it");
        }
        if (subscriptions.size() >= MOST_SUBSCRIPTIONS && !subscriptions.containsKey(uri)) {
            throw McpException.invalidParams("a session can subscribe to " + MOST_SUBSCRIPTIONS + " resources at most");
        }
        subscriptions.put(uri, caller);
        return JsonRpc.object();
    }

    private ObjectNode unsubscribe(String uri) {
        subscriptions.remove(uri);
        return JsonRpc.object();
    }

    private void changed(Change change) {
        if (!(change instanceof Change.Content content) || isHeard(content)) {
            news.send(JsonRpc.notification(Listeners.method(change), Listeners.about(change)));
        }
    }

    private boolean isHeard(Change.Content content) {
        Principal subscriber = subscriptions.get(content.uri());
        return subscriber != null && catalog.audience().test(content.as(), subscriber);
    }
}
