package dev.roost.mcp.protocol;

import dev.roost.mcp.catalog.Ask;
import dev.roost.mcp.catalog.McpException;
import dev.roost.mcp.catalog.ScopeMissingException;
import dev.roost.mcp.catalog.Tool;
import dev.roost.mcp.catalog.ToolOutcome;
import dev.roost.mcp.catalog.ToolResult;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Runs tools between the checks of their schemas. Safe for many threads. */
final class ToolCalls {
    private final SchemaCheck schemas = new SchemaCheck();

    Answered call(Tool tool, ObjectNode params, LiveCall call) throws InterruptedException {
        ObjectNode arguments = arguments(params.path("arguments"));
        Optional<String> violation = schemas.violation("in " + tool.name(), tool.input(), arguments);
        ToolOutcome outcome = violation.isPresent()
                ? ToolResult.error("Input validation error: " + violation.get())
                : run(tool, arguments, call);
        return switch (outcome) {
            case Ask ask -> new Answered.Asking(ask);
            case ToolResult result -> new Answered.Result(Render.result(checked(tool, result), call.revision()));
        };
    }

    private static ObjectNode arguments(JsonNode given) {
        if (given.isMissingNode() || given.isNull()) {
            return JsonRpc.object();
        }
        if (given instanceof ObjectNode object) {
            return object;
        }
        throw McpException.invalidParams("the parameter arguments must be an object");
    }

    private static ToolOutcome run(Tool tool, ObjectNode arguments, LiveCall call) throws InterruptedException {
        try {
            return tool.body().call(arguments, call);
        } catch (McpException | ScopeMissingException e) {
            throw e;
        } catch (RuntimeException | Error e) {
            Failures.log(ToolCalls.class, "the tool " + tool.name(), e);
            return ToolResult.error(
                    "This tool failed by a fault of the server's own; its log says more. Whether it did its"
                            + " work is not known.");
        }
    }

    /** A result that breaks the tool's own promise is a fault of the server, and no client should build on it. */
    private ToolResult checked(Tool tool, ToolResult result) {
        if (tool.output().isEmpty() || result.isError()) {
            return result;
        }
        Optional<String> broken = result.structured().isEmpty()
                ? Optional.of("there is none")
                : schemas.violation(
                        "out " + tool.name(),
                        tool.output().get(),
                        result.structured().get());
        if (broken.isEmpty()) {
            return result;
        }
        System.getLogger(ToolCalls.class.getName())
                .log(
                        System.Logger.Level.ERROR,
                        "the structured result of {0} does not match its schema: {1}",
                        tool.name(),
                        broken.get());
        return ToolResult.error("The tool did its work, but its result is not as its output schema says ("
                + broken.get() + "). This is a fault of the server's own.");
    }
}
