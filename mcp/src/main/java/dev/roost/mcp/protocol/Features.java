package dev.roost.mcp.protocol;

import dev.roost.mcp.catalog.Ask;
import dev.roost.mcp.catalog.Catalog;
import dev.roost.mcp.catalog.McpException;
import dev.roost.mcp.catalog.Prompt;
import dev.roost.mcp.catalog.PromptOutcome;
import dev.roost.mcp.catalog.Resource;
import dev.roost.mcp.catalog.ResourceNotFoundException;
import dev.roost.mcp.catalog.ResourceOutcome;
import dev.roost.mcp.catalog.ResourceTemplate;
import dev.roost.mcp.catalog.Tool;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The methods that answer from the catalog, the same in both eras. Safe for many threads. */
final class Features {
    private final Catalog catalog;
    private final Pages pages;
    private final ToolCalls calls;
    private final Completions completions;
    private final Map<String, Tool> tools = new LinkedHashMap<>();
    private final Map<String, Resource> resources = new LinkedHashMap<>();
    private final Map<UriPattern, ResourceTemplate> templates = new LinkedHashMap<>();
    private final Map<String, Prompt> prompts = new LinkedHashMap<>();

    Features(Catalog catalog, int pageSize) {
        this.catalog = catalog;
        this.pages = new Pages(pageSize);
        this.calls = new ToolCalls();
        this.completions = new Completions(catalog);
        catalog.tools().forEach(tool -> tools.put(tool.name(), tool));
        catalog.resources().forEach(resource -> resources.put(resource.uri(), resource));
        catalog.templates().forEach(template -> templates.put(new UriPattern(template.uriTemplate()), template));
        catalog.prompts().forEach(prompt -> prompts.put(prompt.name(), prompt));
    }

    /** Returns the list that the method asks for; empty if it asks for none that there is. */
    Optional<ObjectNode> list(String method, ObjectNode params, Revision revision) {
        if (!offers(method)) {
            return Optional.empty();
        }
        return Optional.of(
                switch (method) {
                    case "tools/list" ->
                        pages.page("tools", catalog.tools(), params, tool -> Render.tool(tool, revision));
                    case "resources/list" -> pages.page("resources", catalog.resources(), params, Render::resource);
                    case "resources/templates/list" ->
                        pages.page("resourceTemplates", catalog.templates(), params, Render::template);
                    default -> pages.page("prompts", catalog.prompts(), params, Render::prompt);
                });
    }

    private boolean offers(String list) {
        return switch (list) {
            case "tools/list" -> !tools.isEmpty();
            case "resources/list", "resources/templates/list" -> offersResources();
            case "prompts/list" -> !prompts.isEmpty();
            default -> false;
        };
    }

    boolean offersResources() {
        return !resources.isEmpty() || !templates.isEmpty();
    }

    ObjectNode complete(ObjectNode params, LiveCall call) {
        return completions.answer(params, call.principal());
    }

    /** Tells whether {@link #run} knows the method. */
    boolean runs(String method) {
        return switch (method) {
            case "tools/call" -> !tools.isEmpty();
            case "resources/read" -> offersResources();
            case "prompts/get" -> !prompts.isEmpty();
            default -> false;
        };
    }

    /** Runs the body of a tool, resource or prompt. */
    Answered run(String method, ObjectNode params, LiveCall call) throws InterruptedException {
        return switch (method) {
            case "tools/call" -> calls.call(tool(params), params, call);
            case "resources/read" -> read(text(params, "uri"), call);
            default -> prompt(params, call);
        };
    }

    Optional<Tool> findTool(String name) {
        return Optional.ofNullable(tools.get(name));
    }

    private Tool tool(ObjectNode params) {
        return findTool(text(params, "name"))
                .orElseThrow(() -> McpException.invalidParams("there is no tool of this name; tools/list names them"));
    }

    private Answered read(String uri, LiveCall call) throws InterruptedException {
        ResourceOutcome outcome;
        try {
            outcome = outcome(uri, call);
        } catch (ResourceNotFoundException e) {
            throw notFound(e.getMessage(), uri, call.revision());
        }
        return switch (outcome) {
            case Ask ask -> new Answered.Asking(ask);
            case ResourceOutcome.Contents contents -> {
                ObjectNode json = JsonRpc.object();
                ArrayNode all = json.putArray("contents");
                contents.all().forEach(one -> all.add(Render.content(one)));
                yield new Answered.Result(json);
            }
        };
    }

    private ResourceOutcome outcome(String uri, LiveCall call) throws InterruptedException {
        Resource resource = resources.get(uri);
        if (resource != null) {
            return resource.body().read(call);
        }
        for (Map.Entry<UriPattern, ResourceTemplate> entry : templates.entrySet()) {
            Optional<Map<String, String>> values = entry.getKey().match(uri);
            if (values.isPresent()) {
                return entry.getValue().body().read(uri, values.get(), call);
            }
        }
        throw new ResourceNotFoundException("there is no such resource; resources/list names them");
    }

    /** The client gets back the address that it sent, as the protocol wants it, unless that looks like a secret. */
    private static McpException notFound(String message, String uri, Revision revision) {
        int code = revision.isModern() ? Codes.INVALID_PARAMS : Codes.RESOURCE_NOT_FOUND;
        return new McpException(
                code,
                message,
                Optional.of(uri)
                        .filter(Echo::isPlain)
                        .<JsonNode>map(plain -> JsonRpc.object().put("uri", plain)));
    }

    private Answered prompt(ObjectNode params, LiveCall call) throws InterruptedException {
        Prompt prompt = Optional.ofNullable(prompts.get(text(params, "name")))
                .orElseThrow(
                        () -> McpException.invalidParams("there is no prompt of this name; prompts/list names them"));
        Map<String, String> arguments = texts(params.path("arguments"));
        for (Prompt.Argument argument : prompt.arguments()) {
            if (argument.required() && !arguments.containsKey(argument.name())) {
                throw McpException.invalidParams("the argument " + argument.name() + " of this prompt is missing");
            }
        }
        return switch (prompt.body().write(arguments, call)) {
            case Ask ask -> new Answered.Asking(ask);
            case PromptOutcome.Messages messages -> new Answered.Result(Render.messages(messages, call.revision()));
        };
    }

    static String text(JsonNode params, String name) {
        JsonNode value = params.path(name);
        if (!value.isString()) {
            throw McpException.invalidParams("the parameter " + name + " must be there, and a text");
        }
        return value.stringValue();
    }

    static Map<String, String> texts(JsonNode node) {
        if (!node.isMissingNode() && !node.isNull() && !node.isObject()) {
            throw McpException.invalidParams("the parameter arguments must be an object");
        }
        Map<String, String> texts = new LinkedHashMap<>();
        node.properties().forEach(member -> {
            if (!member.getValue().isString()) {
                throw McpException.invalidParams("all arguments must be texts");
            }
            texts.put(member.getKey(), member.getValue().stringValue());
        });
        return texts;
    }
}
