package dev.roost.mcp.protocol;

import dev.roost.mcp.catalog.Catalog;
import dev.roost.mcp.catalog.Completer;
import dev.roost.mcp.catalog.McpException;
import dev.roost.mcp.catalog.Principal;
import dev.roost.mcp.catalog.Prompt;
import dev.roost.mcp.catalog.ResourceTemplate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Answers {@code completion/complete}. Safe for many threads. */
record Completions(Catalog catalog) {
    private static final int MOST = 100;

    ObjectNode answer(ObjectNode params, Principal principal) {
        JsonNode argument = params.path("argument");
        String name = Features.text(argument, "name");
        String typed = Features.text(argument, "value");
        Map<String, String> others = Features.texts(params.path("context").path("arguments"));
        List<String> all = completer(params.path("ref"), name)
                .map(completer -> completer.propose(typed, others, principal))
                .orElse(List.of());
        ObjectNode json = JsonRpc.object();
        ObjectNode completion = json.putObject("completion");
        ArrayNode values = completion.putArray("values");
        all.stream().limit(MOST).forEach(values::add);
        completion.put("total", all.size()).put("hasMore", all.size() > MOST);
        return json;
    }

    private Optional<Completer> completer(JsonNode reference, String argument) {
        return switch (reference.path("type").asString("")) {
            case "ref/prompt" ->
                prompt(Features.text(reference, "name")).arguments().stream()
                        .filter(one -> one.name().equals(argument))
                        .findFirst()
                        .flatMap(Prompt.Argument::completer);
            case "ref/resource" ->
                Optional.ofNullable(
                        template(Features.text(reference, "uri")).completers().get(argument));
            default -> throw McpException.invalidParams("ref must be of type ref/prompt or ref/resource");
        };
    }

    private Prompt prompt(String name) {
        return catalog.prompts().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> McpException.invalidParams("there is no prompt of this name; prompts/list names them"));
    }

    private ResourceTemplate template(String uri) {
        return catalog.templates().stream()
                .filter(one -> one.uriTemplate().equals(uri))
                .findFirst()
                .orElseThrow(() -> McpException.invalidParams(
                        "there is no such resource template; resources/templates/list names them"));
    }
}
