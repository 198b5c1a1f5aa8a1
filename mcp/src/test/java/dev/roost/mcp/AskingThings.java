package dev.roost.mcp;

import dev.roost.mcp.catalog.Ask;
import dev.roost.mcp.catalog.Call;
import dev.roost.mcp.catalog.Question;
import dev.roost.mcp.catalog.Schema;
import dev.roost.mcp.catalog.Tool;
import dev.roost.mcp.catalog.ToolOutcome;
import dev.roost.mcp.catalog.ToolResult;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Tools that ask back. */
record AskingThings(AtomicInteger runs) {
    private static final Question NAME =
            new Question.Form("Who?", Schema.object(Schema.required("name", Schema.string("who"))));
    private static final Question PAGE = new Question.Url("Sign in", URI.create("https://things.test/in"));

    List<Tool> tools() {
        return List.of(
                tool("asks_name", (arguments, call) -> once("name", NAME, call)),
                tool("asks_page", (arguments, call) -> once("page", PAGE, call)),
                tool(
                        "asks_model",
                        (arguments, call) ->
                                once("model", new Question.Sample(Wire.object("{'messages':[],'maxTokens':5}")), call)),
                tool("asks_roots", (arguments, call) -> once("roots", new Question.Roots(), call)),
                tool("asks_both", this::both),
                tool("asks_thrice", this::thrice),
                tool("asks_ever", (arguments, call) -> new Ask("again", NAME, Optional.empty())));
    }

    private static Tool tool(String name, Tool.Body body) {
        return Things.tool(name, Things.open(), Optional.empty(), body);
    }

    private ToolOutcome once(String name, Question question, Call call) {
        runs.incrementAndGet();
        return call.answer(name)
                .<ToolOutcome>map(answer -> ToolResult.text("answer " + answer))
                .orElseGet(() -> new Ask(name, question, Optional.empty()));
    }

    private ToolOutcome both(ObjectNode arguments, Call call) {
        Map<String, Question> questions = new LinkedHashMap<>();
        questions.put("name", NAME);
        questions.put("page", PAGE);
        return call.answer("name").isPresent() && call.answer("page").isPresent()
                ? ToolResult.text("both")
                : new Ask(questions, Optional.empty());
    }

    /** Counts its rounds in its state, and wants the answers of all rounds in the end. */
    private ToolOutcome thrice(ObjectNode arguments, Call call) {
        int round = call.state().map(state -> state.path("round").asInt()).orElse(0);
        if (round == 3) {
            return ToolResult.text("q1 " + text(call, "q1") + ", q2 " + text(call, "q2") + ", q3 " + text(call, "q3"));
        }
        JsonNode next = Wire.object("{}").put("round", round + 1);
        return new Ask("q" + (round + 1), NAME, Optional.of(next));
    }

    private static String text(Call call, String question) {
        return call.answer(question)
                .map(answer -> answer.at("/content/name").asString("?"))
                .orElse("missing");
    }
}
