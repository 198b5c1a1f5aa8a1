package dev.roost.mcp.protocol;

import dev.roost.mcp.catalog.Call;
import dev.roost.mcp.catalog.Client;
import dev.roost.mcp.catalog.LogLevel;
import dev.roost.mcp.catalog.Principal;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A call as its body sees it, for one run of the body. */
final class LiveCall implements Call {
    private final Context context;
    private final Ticket ticket;
    private final Progress progress;
    private final Map<String, JsonNode> answers;
    private final Optional<JsonNode> state;

    /**
     * What stays the same for all runs of a body.
     *
     * @param principal who calls
     * @param client what it said of itself
     * @param binding see {@link Call#binding()}
     * @param revision that the client speaks
     * @param level of log messages that it wants; empty if it wants none
     */
    record Context(Principal principal, Client client, String binding, Revision revision, Optional<LogLevel> level) {}

    LiveCall(
            Context context,
            Ticket ticket,
            Progress progress,
            Map<String, JsonNode> answers,
            Optional<JsonNode> state) {
        this.context = context;
        this.ticket = ticket;
        this.progress = progress;
        this.answers = Map.copyOf(answers);
        this.state = state;
    }

    Revision revision() {
        return context.revision();
    }

    @Override
    public Principal principal() {
        return context.principal();
    }

    @Override
    public Client client() {
        return context.client();
    }

    @Override
    public String binding() {
        return context.binding();
    }

    @Override
    public Optional<JsonNode> answer(String question) {
        return Optional.ofNullable(answers.get(question));
    }

    @Override
    public Optional<JsonNode> state() {
        return state;
    }

    @Override
    public void progress(double now, OptionalDouble total, String message) {
        synchronized (progress) {
            progress.next(now, total, message).ifPresent(ticket::send);
        }
    }

    @Override
    public void log(LogLevel level, String logger, JsonNode data) {
        if (context.level().filter(wanted -> level.compareTo(wanted) >= 0).isPresent()) {
            ObjectNode params = JsonRpc.object().put("level", level.text()).put("logger", logger);
            params.set("data", data);
            ticket.send(JsonRpc.notification("notifications/message", params));
        }
    }

    @Override
    public boolean isCancelled() {
        return ticket.isCancelled();
    }
}
