package dev.roost.mcp.protocol;

import dev.roost.mcp.catalog.Ask;
import dev.roost.mcp.catalog.McpException;
import dev.roost.mcp.catalog.Question;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Asks the client of a session what a body wants to know, and runs the body again, until it has its result. Used by one thread.
 */
final class LegacyRounds {
    private static final int MOST_ROUNDS = 16;

    private final Features features;
    private final Conversation conversation;
    private final LiveCall.Context context;
    private final Ticket ticket;
    private final List<String> opened = new ArrayList<>();

    LegacyRounds(Features features, Conversation conversation, LiveCall.Context context, Ticket ticket) {
        this.features = features;
        this.conversation = conversation;
        this.context = context;
        this.ticket = ticket;
    }

    /** @param canAsk whether the client reads requests of the server on the way that this request came */
    ObjectNode run(String method, ObjectNode params, boolean canAsk) throws InterruptedException {
        Progress progress = new Progress(params);
        Map<String, JsonNode> answers = new LinkedHashMap<>();
        Optional<JsonNode> state = Optional.empty();
        for (int round = 0; round < MOST_ROUNDS; round++) {
            LiveCall call = new LiveCall(context, ticket, progress, answers, state);
            switch (features.run(method, params, call)) {
                case Answered.Result result -> {
                    opened.forEach(this::tellThatItIsOver);
                    return result.json();
                }
                case Answered.Asking asking -> {
                    Ask ask = asking.ask();
                    check(ask, canAsk);
                    for (Map.Entry<String, Question> question : ask.questions().entrySet()) {
                        answers.put(question.getKey(), answer(question.getValue()));
                    }
                    state = ask.state();
                }
            }
        }
        throw new McpException(
                Codes.INTERNAL_ERROR, "the server asked " + MOST_ROUNDS + " times and gave up", Optional.empty());
    }

    private void check(Ask ask, boolean canAsk) {
        if (!Capabilities.missing(context.client(), ask).isEmpty()) {
            throw new McpException(
                    Codes.INVALID_REQUEST,
                    "this needs a client that can answer questions of the server (elicitation, sampling or roots)",
                    Optional.empty());
        }
        if (!canAsk) {
            throw urlRequired(ask);
        }
    }

    private JsonNode answer(Question question) throws InterruptedException {
        ObjectNode params = Render.parameters(question);
        String id = UUID.randomUUID().toString();
        if (question instanceof Question.Url) {
            params.put("elicitationId", id);
        }
        Message.Response response = conversation.ask(Render.method(question), params, ticket);
        JsonNode result = response.result()
                .filter(JsonNode::isObject)
                .orElseGet(() -> JsonRpc.object().put("action", "cancel"));
        if (question instanceof Question.Url
                && result.path("action").asString("").equals("accept")) {
            opened.add(id);
        }
        return result;
    }

    private void tellThatItIsOver(String id) {
        ObjectNode params = JsonRpc.object().put("elicitationId", id);
        ticket.send(JsonRpc.notification("notifications/elicitation/complete", params));
    }

    /** A client that takes no stream can still open a page and then call again. */
    private static McpException urlRequired(Ask ask) {
        ObjectNode data = JsonRpc.object();
        ArrayNode all = data.putArray("elicitations");
        for (Question question : ask.questions().values()) {
            if (!(question instanceof Question.Url)) {
                throw new McpException(
                        Codes.INVALID_REQUEST,
                        "the server has to ask something first: accept text/event-stream with this request",
                        Optional.empty());
            }
            all.add(Render.parameters(question)
                    .put("elicitationId", UUID.randomUUID().toString()));
        }
        return new McpException(
                Codes.URL_ELICITATION_REQUIRED,
                "a person has to open a page first; then call again",
                Optional.of(data));
    }
}
