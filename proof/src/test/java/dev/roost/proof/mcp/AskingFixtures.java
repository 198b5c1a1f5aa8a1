package dev.roost.proof.mcp;

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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The tools of the official suite that ask back. */
final class AskingFixtures {
    private AskingFixtures() {}

    static List<Tool> tools() {
        return List.of(
                asking(
                        "test_sampling",
                        "answer",
                        arguments -> sample(arguments.path("prompt").asString("?"))),
                asking(
                        "test_elicitation",
                        "answer",
                        arguments -> new Question.Form(
                                arguments.path("message").asString("?"),
                                Schema.object(
                                        Schema.required("username", Schema.string("a name")),
                                        Schema.required("email", Schema.string("an address"))))),
                asking(
                        "test_elicitation_sep1034_defaults",
                        "answer",
                        arguments -> new Question.Form("Check these", json(DEFAULTS))),
                asking(
                        "test_elicitation_sep1330_enums",
                        "answer",
                        arguments -> new Question.Form("Choose", json(ENUMS))),
                asking(
                        "test_url_elicitation",
                        "answer",
                        arguments -> new Question.Url("Open this page", URI.create("https://roost.example/sign-in"))),
                asking("test_missing_capability", "answer", arguments -> sample("anything")),
                asking("test_streaming_elicitation", "answer", arguments -> form("Go on?", "ok")),
                Fixtures.tool("test_input_required_result_elicitation", (arguments, call) -> greeted(call)),
                asking(
                        "test_input_required_result_sampling",
                        "capital_question",
                        arguments -> sample("What is the capital of France?")),
                asking("test_input_required_result_list_roots", "client_roots", arguments -> new Question.Roots()),
                Fixtures.tool(
                        "test_input_required_result_request_state", (arguments, call) -> stateful("confirm", call)),
                Fixtures.tool(
                        "test_input_required_result_tampered_state", (arguments, call) -> stateful("confirm", call)),
                Fixtures.tool("test_input_required_result_multiple_inputs", (arguments, call) -> several(call)),
                Fixtures.tool("test_input_required_result_multi_round", (arguments, call) -> rounds(call)),
                Fixtures.tool("test_input_required_result_capabilities", (arguments, call) -> fitting(call)));
    }

    /** Makes a question from a tool's arguments. */
    @FunctionalInterface
    private interface Asking {
        Question ask(ObjectNode arguments);
    }

    private static Tool asking(String name, String key, Asking question) {
        return Fixtures.tool(
                name,
                (arguments, call) -> call.answer(key)
                        .<ToolOutcome>map(answer -> ToolResult.text("The client answered: " + answer))
                        .orElseGet(() -> new Ask(key, question.ask(arguments), Optional.empty())));
    }

    private static ToolOutcome greeted(Call call) {
        return call.answer("user_name")
                .<ToolOutcome>map(answer -> ToolResult.text(
                        "Hello, " + answer.path("content").path("name").asString("") + "!"))
                .orElseGet(() -> new Ask("user_name", form("What is your name?", "name"), Optional.empty()));
    }

    private static ToolOutcome stateful(String key, Call call) {
        return call.answer(key).isPresent() && call.state().isPresent()
                ? ToolResult.text("state-ok")
                : new Ask(key, form("Is this right?", "ok"), Optional.of(text("a state")));
    }

    private static ToolOutcome several(Call call) {
        Map<String, Question> questions = new LinkedHashMap<>();
        questions.put("user_name", form("What is your name?", "name"));
        questions.put("greeting", sample("Write a greeting"));
        questions.put("client_roots", new Question.Roots());
        questions.keySet().removeIf(key -> call.answer(key).isPresent());
        return questions.isEmpty()
                ? ToolResult.text("all three answered")
                : new Ask(questions, Optional.of(text("a state")));
    }

    private static ToolOutcome rounds(Call call) {
        if (call.answer("step1").isEmpty()) {
            return new Ask("step1", form("What is your name?", "name"), Optional.of(text("one")));
        }
        return call.answer("step2").isEmpty()
                ? new Ask("step2", form("Which colour?", "color"), Optional.of(text("two")))
                : ToolResult.text("both steps done");
    }

    private static ToolOutcome fitting(Call call) {
        if (call.answer("either").isPresent()) {
            return ToolResult.text("answered");
        }
        Question question =
                call.client().canFillForms() ? form("What is your name?", "name") : sample("A name, please");
        return new Ask("either", question, Optional.empty());
    }

    static Question.Form form(String message, String field) {
        return new Question.Form(message, Schema.object(Schema.required(field, Schema.string(field))));
    }

    private static Question.Sample sample(String text) {
        ObjectNode parameters = JsonMapper.shared().createObjectNode();
        ObjectNode message = parameters.putArray("messages").addObject().put("role", "user");
        message.putObject("content").put("type", "text").put("text", text);
        return new Question.Sample(parameters.put("maxTokens", 100));
    }

    private static JsonNode text(String text) {
        return JsonMapper.shared().valueToTree(text);
    }

    private static ObjectNode json(String text) {
        return (ObjectNode) JsonMapper.shared().readTree(text);
    }

    private static final String DEFAULTS = """
            {"type":"object","properties":{
              "name":{"type":"string","default":"John Doe"},
              "age":{"type":"integer","default":30},
              "score":{"type":"number","default":95.5},
              "status":{"type":"string","enum":["active","inactive","pending"],"default":"active"},
              "verified":{"type":"boolean","default":true}}}""";

    private static final String ENUMS = """
            {"type":"object","properties":{
              "untitledSingle":{"type":"string","enum":["option1","option2","option3"]},
              "titledSingle":{"type":"string","oneOf":[{"const":"value1","title":"First Option"},
                {"const":"value2","title":"Second Option"},{"const":"value3","title":"Third Option"}]},
              "legacyEnum":{"type":"string","enum":["opt1","opt2","opt3"],
                "enumNames":["Option One","Option Two","Option Three"]},
              "untitledMulti":{"type":"array","items":{"type":"string","enum":["option1","option2","option3"]}},
              "titledMulti":{"type":"array","items":{"anyOf":[{"const":"value1","title":"First Choice"},
                {"const":"value2","title":"Second Choice"},{"const":"value3","title":"Third Choice"}]}}}}""";
}
