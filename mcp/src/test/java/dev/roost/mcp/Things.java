package dev.roost.mcp;

import dev.roost.mcp.catalog.Call;
import dev.roost.mcp.catalog.Catalog;
import dev.roost.mcp.catalog.Changes;
import dev.roost.mcp.catalog.Content;
import dev.roost.mcp.catalog.LogLevel;
import dev.roost.mcp.catalog.McpException;
import dev.roost.mcp.catalog.Principal;
import dev.roost.mcp.catalog.Prompt;
import dev.roost.mcp.catalog.PromptOutcome;
import dev.roost.mcp.catalog.Resource;
import dev.roost.mcp.catalog.ResourceNotFoundException;
import dev.roost.mcp.catalog.ResourceOutcome;
import dev.roost.mcp.catalog.ResourceTemplate;
import dev.roost.mcp.catalog.Schema;
import dev.roost.mcp.catalog.ServerInfo;
import dev.roost.mcp.catalog.Tool;
import dev.roost.mcp.catalog.ToolOutcome;
import dev.roost.mcp.catalog.ToolResult;
import dev.roost.mcp.protocol.McpServer;
import dev.roost.mcp.protocol.StateSeal;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import tools.jackson.databind.node.ObjectNode;

/** A catalog to try everything with, and what its bodies noticed. */
final class Things {
    final Changes changes = new Changes();
    final CountDownLatch waiting = new CountDownLatch(1);
    final CountDownLatch interrupted = new CountDownLatch(1);
    final CountDownLatch go = new CountDownLatch(1);
    final CountDownLatch over = new CountDownLatch(1);
    /** The address of what only some may hear of. */
    final AtomicReference<String> secret = new AtomicReference<>("");

    final AtomicInteger runs = new AtomicInteger();
    final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-22T10:00:00Z"));

    private final StateSeal seal = new StateSeal(new byte[32], new SecureRandom(), now::get);

    McpServer server() {
        return server(100);
    }

    McpServer server(int pageSize) {
        return new McpServer(catalog(), seal, pageSize);
    }

    void turn(Duration time) {
        now.updateAndGet(before -> before.plus(time));
    }

    private Catalog catalog() {
        List<Tool> tools = new ArrayList<>(List.of(
                tool("echo", echoInput(), Optional.of(echoOutput()), Things::echo),
                tool("region", regionInput(), Optional.empty(), (arguments, call) -> ToolResult.text("ok")),
                tool("lies", open(), Optional.of(echoOutput()), (arguments, call) -> ToolResult.structured(wrong())),
                tool("mute", open(), Optional.of(echoOutput()), (arguments, call) -> ToolResult.text("done")),
                tool(
                        "list",
                        open(),
                        Optional.of(Schema.list("all", Schema.string("one"))),
                        (arguments, call) -> ToolResult.structured(Wire.parse("[\"a\",\"b\"]"))),
                tool("throws", open(), Optional.empty(), (arguments, call) -> {
                    throw new IllegalStateException("inside " + Wire.CANARY);
                }),
                tool("errs", open(), Optional.empty(), (arguments, call) -> {
                    throw new AssertionError("inside " + Wire.CANARY);
                }),
                tool("refuses", open(), Optional.empty(), (arguments, call) -> {
                    throw new McpException(-31000, "not today", Optional.of(Wire.object("{'why':'rain'}")));
                }),
                tool("scoped", open(), Optional.empty(), (arguments, call) -> {
                    call.principal().require("posts:write");
                    return ToolResult.text("posted");
                }),
                tool("counts", open(), Optional.empty(), Things::count),
                tool("logs", open(), Optional.empty(), Things::log),
                tool("waits", open(), Optional.empty(), this::await),
                tool("stubborn", open(), Optional.empty(), this::ignoreInterrupts),
                tool(
                        "big",
                        open(),
                        Optional.empty(),
                        (arguments, call) -> ToolResult.text("b".repeat(6 * 1024 * 1024))),
                tool("sounds", open(), Optional.empty(), (arguments, call) -> sounds())));
        tools.addAll(new AskingThings(runs).tools());
        return new Catalog(info(), tools, resources(), templates(), prompts(), changes, this::mayHear);
    }

    private boolean mayHear(String uri, Principal principal) {
        return !uri.equals(secret.get()) || principal.has("secrets");
    }

    static Tool tool(String name, ObjectNode input, Optional<ObjectNode> output, Tool.Body body) {
        return new Tool(name, "Title", "Does " + name, Tool.Hints.READS, input, output, body);
    }

    static ObjectNode open() {
        return Schema.object();
    }

    private static ServerInfo info() {
        return new ServerInfo("things", "Things", "1", "For tests", Optional.empty(), List.of(), "Try them.");
    }

    private static ObjectNode echoInput() {
        return Schema.closed(
                Schema.required("text", Schema.string("what").put("maxLength", 40)),
                Schema.optional("times", Schema.integer("how often", 1, 5)),
                Schema.optional("mood", Schema.oneOf("how", List.of("loud", "quiet"))));
    }

    private static ObjectNode echoOutput() {
        return Schema.closed(Schema.required("text", Schema.string("what")));
    }

    private static ObjectNode regionInput() {
        return Schema.object(
                Schema.optional("region", Schema.string("where").put("x-mcp-header", "Region")),
                Schema.optional("count", Schema.integer("how many").put("x-mcp-header", "Count")),
                Schema.optional("dry", Schema.bool("only try").put("x-mcp-header", "Dry")),
                Schema.optional(
                        "deep",
                        Schema.object(Schema.optional("er", Schema.string("in").put("x-mcp-header", "Deeper")))));
    }

    private static ObjectNode wrong() {
        return Wire.object("{'text':5}").put("other", Wire.CANARY);
    }

    private static ToolOutcome echo(ObjectNode arguments, Call call) {
        ObjectNode result = Wire.object("{}");
        result.put(
                "text",
                arguments
                        .path("text")
                        .stringValue()
                        .repeat(arguments.path("times").asInt(1)));
        return ToolResult.structured(result);
    }

    private static ToolOutcome count(ObjectNode arguments, Call call) {
        for (double now : new double[] {1, 2, 2, 1, Double.NaN, Double.POSITIVE_INFINITY, 3}) {
            call.progress(now, OptionalDouble.of(3), "at " + now);
        }
        return ToolResult.text("counted");
    }

    private static ToolOutcome log(ObjectNode arguments, Call call) {
        for (LogLevel level : LogLevel.values()) {
            call.log(level, "things", Wire.object("{'said':true}"));
        }
        return ToolResult.text("logged");
    }

    /** Goes on after {@link #go}; tells that it was interrupted, and tries to send something then. */
    private ToolOutcome await(ObjectNode arguments, Call call) throws InterruptedException {
        call.progress(1, OptionalDouble.empty(), "begun");
        waiting.countDown();
        try {
            go.await();
            return ToolResult.text("waited");
        } catch (InterruptedException e) {
            call.progress(2, OptionalDouble.empty(), "after the end");
            call.log(LogLevel.EMERGENCY, "things", Wire.object("{}"));
            interrupted.countDown();
            throw e;
        } finally {
            over.countDown();
        }
    }

    private ToolOutcome ignoreInterrupts(ObjectNode arguments, Call call) {
        waiting.countDown();
        boolean done = false;
        while (!done) {
            try {
                go.await();
                done = true;
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
        }
        over.countDown();
        return ToolResult.text("did it all the same");
    }

    private static ToolOutcome sounds() {
        return new ToolResult(
                List.of(
                        new Content.Audio("AAAA", "audio/wav"),
                        new Content.Link("test://a", "a", "the a", "text/plain")),
                Optional.empty(),
                false);
    }

    private List<Resource> resources() {
        return IntStream.of(1, 2, 3)
                .mapToObj(n -> new Resource(
                        "test://r" + n,
                        "r" + n,
                        "R",
                        "a resource",
                        "text/plain",
                        call -> ResourceOutcome.text("test://r" + n, "text/plain", "content " + n)))
                .toList();
    }

    private static List<ResourceTemplate> templates() {
        return List.of(new ResourceTemplate(
                "test://things/{id}/data",
                "thing",
                "Thing",
                "one thing",
                "text/plain",
                Map.of("id", (typed, others, principal) -> numbers(typed)),
                (uri, values, call) -> {
                    if ("none".equals(values.get("id"))) {
                        throw new ResourceNotFoundException("there is no such thing; ids are numbers");
                    }
                    return ResourceOutcome.text(uri, "text/plain", "thing " + values.get("id"));
                }));
    }

    private static List<String> numbers(String typed) {
        return IntStream.rangeClosed(1, 150).mapToObj(n -> typed + n).toList();
    }

    private static List<Prompt> prompts() {
        Prompt.Argument name = new Prompt.Argument("name", "who", true, Optional.empty());
        Prompt.Argument mood = new Prompt.Argument(
                "mood",
                "how",
                false,
                Optional.of((typed, others, principal) -> List.of(typed + "!", others.getOrDefault("name", "?"))));
        return List.of(new Prompt(
                "greet",
                "Greet",
                "greets",
                List.of(name, mood),
                (arguments, call) -> PromptOutcome.user("a greeting", "hello " + arguments.get("name"))));
    }
}
