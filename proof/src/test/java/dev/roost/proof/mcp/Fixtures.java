package dev.roost.proof.mcp;

import dev.roost.mcp.catalog.Call;
import dev.roost.mcp.catalog.Catalog;
import dev.roost.mcp.catalog.Changes;
import dev.roost.mcp.catalog.Changes.Change;
import dev.roost.mcp.catalog.Content;
import dev.roost.mcp.catalog.LogLevel;
import dev.roost.mcp.catalog.McpException;
import dev.roost.mcp.catalog.Resource;
import dev.roost.mcp.catalog.ResourceContent;
import dev.roost.mcp.catalog.ResourceOutcome;
import dev.roost.mcp.catalog.ResourceTemplate;
import dev.roost.mcp.catalog.Schema;
import dev.roost.mcp.catalog.Tool;
import dev.roost.mcp.catalog.ToolOutcome;
import dev.roost.mcp.catalog.ToolResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What the official suite wants to find on a server, beside what Roost offers. */
final class Fixtures implements UnaryOperator<Catalog> {
    static final String PNG =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==";
    private static final String WAV = "UklGRiYAAABXQVZFZm10IBAAAAABAAEAQB8AAAB9AAACABAAZGF0YQIAAAA=";
    private static final String SCHEMA_2020_12 = """
            {"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object",\
            "$defs":{"address":{"$anchor":"addressDef","type":"object",\
            "properties":{"street":{"type":"string"},"city":{"type":"string"}}}},\
            "properties":{"name":{"type":"string"},"address":{"$ref":"#/$defs/address"},\
            "contactMethod":{"type":"string","enum":["phone","email"]},"phone":{"type":"string"},"email":{"type":"string"}},\
            "allOf":[{"anyOf":[{"required":["phone"]},{"required":["email"]}]}],\
            "if":{"properties":{"contactMethod":{"const":"phone"}},"required":["contactMethod"]},\
            "then":{"required":["phone"]},"else":{"required":["email"]},"additionalProperties":false}""";

    private static final String ABOUT = "A fixture of the conformance suite";

    private static final Duration PAUSE = Duration.ofMillis(50);

    private final AtomicInteger stopped = new AtomicInteger();

    @Override
    public Catalog apply(Catalog catalog) {
        List<Tool> tools = new ArrayList<>(catalog.tools());
        tools.addAll(plain());
        tools.addAll(busy(catalog.changes()));
        tools.addAll(AskingFixtures.tools());
        List<Resource> resources = new ArrayList<>(catalog.resources());
        resources.addAll(resources());
        List<ResourceTemplate> templates = new ArrayList<>(catalog.templates());
        templates.add(template());
        var prompts = new ArrayList<>(catalog.prompts());
        prompts.addAll(PromptFixtures.prompts());
        return new Catalog(catalog.info(), tools, resources, templates, prompts, catalog.changes());
    }

    static Tool tool(String name, ObjectNode input, Tool.Body body) {
        return new Tool(name, name, ABOUT, Tool.Hints.READS, input, Optional.empty(), body);
    }

    static Tool tool(String name, Tool.Body body) {
        return tool(name, Schema.object(), body);
    }

    private static List<Tool> plain() {
        return List.of(
                tool(
                        "test_simple_text",
                        (arguments, call) -> ToolResult.text("This is a simple text response for testing.")),
                tool("test_image_content", (arguments, call) -> result(new Content.Image(PNG, "image/png"))),
                tool("test_audio_content", (arguments, call) -> result(new Content.Audio(WAV, "audio/wav"))),
                tool(
                        "test_embedded_resource",
                        (arguments, call) -> result(embedded(
                                "test://embedded-resource", "text/plain", "This is an embedded resource content."))),
                tool(
                        "test_multiple_content_types",
                        (arguments, call) -> result(
                                new Content.Text("Multiple content types test:"),
                                new Content.Image(PNG, "image/png"),
                                embedded(
                                        "test://mixed-content-resource",
                                        "application/json",
                                        "{\"test\":\"data\",\"value\":123}"))),
                tool(
                        "test_error_handling",
                        (arguments, call) -> ToolResult.error("This tool intentionally returns an error for testing")),
                tool(
                        "json_schema_2020_12_tool",
                        (ObjectNode) JsonMapper.shared().readTree(SCHEMA_2020_12),
                        (arguments, call) -> ToolResult.text("valid")),
                tool(
                        "test_x_mcp_header",
                        Schema.object(Schema.required(
                                "region", Schema.string("mirrored in a header").put("x-mcp-header", "Region"))),
                        (arguments, call) -> ToolResult.text(
                                "region=" + arguments.path("region").asString())),
                new Tool(
                        "test_structured",
                        "test_structured",
                        ABOUT,
                        Tool.Hints.READS,
                        Schema.object(
                                Schema.required("left", Schema.integer("one")),
                                Schema.required("right", Schema.integer("other"))),
                        Optional.of(Schema.object(Schema.required("sum", Schema.integer("both")))),
                        (arguments, call) -> ToolResult.structured(JsonMapper.shared()
                                .createObjectNode()
                                .put(
                                        "sum",
                                        arguments.path("left").asInt()
                                                + arguments.path("right").asInt()))),
                tool("test_url_elicitation_required", (arguments, call) -> {
                    throw new McpException(-32042, "open the page first", Optional.of(urlRequired()));
                }));
    }

    private static ObjectNode urlRequired() {
        ObjectNode data = JsonMapper.shared().createObjectNode();
        data.putArray("elicitations")
                .addObject()
                .put("mode", "url")
                .put("elicitationId", "11111111-2222-3333-4444-555555555555")
                .put("url", "https://roost.example/sign-in")
                .put("message", "Open this page");
        return data;
    }

    private List<Tool> busy(Changes changes) {
        return List.of(
                tool("test_tool_with_logging", Fixtures::logging),
                tool("test_logging_tool", Fixtures::logging),
                tool("test_tool_with_progress", Fixtures::progress),
                tool("test_reconnection", (arguments, call) -> {
                    Thread.sleep(Duration.ofSeconds(2));
                    return ToolResult.text("Reconnection test completed successfully.");
                }),
                tool("test_slow", Schema.object(Schema.required("seconds", Schema.integer("how long"))), this::slow),
                tool("test_trigger_tool_change", (arguments, call) -> {
                    changes.announce(new Change.Tools());
                    return ToolResult.text("told");
                }),
                tool("test_trigger_prompt_change", (arguments, call) -> {
                    changes.announce(new Change.Prompts());
                    return ToolResult.text("told");
                }));
    }

    /** Time passes for real here: the official clients have no clock to turn. */
    private ToolOutcome slow(ObjectNode arguments, Call call) throws InterruptedException {
        call.progress(0, OptionalDouble.empty(), "working");
        try {
            Thread.sleep(Duration.ofSeconds(arguments.path("seconds").asInt()));
            return ToolResult.text("done after all");
        } catch (InterruptedException e) {
            stopped.incrementAndGet();
            throw e;
        }
    }

    private static ToolOutcome logging(ObjectNode arguments, Call call) {
        for (String step : List.of("Tool execution started", "Tool processing data", "Tool execution completed")) {
            call.log(LogLevel.INFO, "fixtures", JsonMapper.shared().valueToTree(step));
        }
        return ToolResult.text("logged");
    }

    /** The official clients forget who listens as soon as the answer is there, even if the reports before it wait to be told. */
    private static ToolOutcome progress(ObjectNode arguments, Call call) throws InterruptedException {
        for (int step = 0; step <= 100; step += 50) {
            call.progress(step, OptionalDouble.of(100), "step " + step);
            Thread.sleep(PAUSE);
        }
        return ToolResult.text("all steps done");
    }

    private List<Resource> resources() {
        return List.of(
                resource(
                        "test://static-text",
                        "text/plain",
                        call -> ResourceOutcome.text(
                                "test://static-text",
                                "text/plain",
                                "This is the content of the static text resource.")),
                resource(
                        "test://static-binary",
                        "image/png",
                        call -> new ResourceOutcome.Contents(
                                List.of(new ResourceContent.Blob("test://static-binary", "image/png", PNG)))),
                resource(
                        "test://watched-resource",
                        "text/plain",
                        call -> ResourceOutcome.text("test://watched-resource", "text/plain", "watched")),
                resource(
                        "test://slow-cancelled",
                        "text/plain",
                        call -> ResourceOutcome.text(
                                "test://slow-cancelled", "text/plain", Integer.toString(stopped.get()))));
    }

    private static Resource resource(String uri, String mimeType, Resource.Body body) {
        return new Resource(uri, uri.substring(7), uri.substring(7), ABOUT, mimeType, body);
    }

    private static ResourceTemplate template() {
        return new ResourceTemplate(
                "test://template/{id}/data",
                "template",
                "Template",
                ABOUT,
                "application/json",
                Map.of(),
                (uri, values, call) -> ResourceOutcome.text(
                        uri,
                        "application/json",
                        JsonMapper.shared()
                                .createObjectNode()
                                .put("id", values.get("id"))
                                .put("templateTest", true)
                                .put("data", "Data for ID: " + values.get("id"))
                                .toString()));
    }

    private static ToolResult result(Content... content) {
        return new ToolResult(List.of(content), Optional.empty(), false);
    }

    static Content.Embedded embedded(String uri, String mimeType, String text) {
        return new Content.Embedded(new ResourceContent.Text(uri, mimeType, text));
    }
}
