package dev.roost.server.guide;

import dev.roost.server.guide.tools.Tool;
import dev.roost.server.guide.tools.ToolResult;
import dev.roost.server.guide.tools.ToolResult.Failure;
import dev.roost.server.guide.tools.Toolbox;
import dev.roost.server.http.Call;
import dev.roost.server.http.Endpoint;
import dev.roost.server.http.Reply;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code POST /mcp/execute}: calls one tool. */
final class ExecuteEndpoint implements Endpoint {
    /** What may be repeated in a message; no secret of X's or Roost's is so short. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,30}");

    private final Toolbox toolbox;
    private final GuideErrors errors;

    ExecuteEndpoint(Toolbox toolbox, GuideErrors errors) {
        this.toolbox = toolbox;
        this.errors = errors;
    }

    @Override
    public Reply answer(Call call) {
        ObjectNode body = call.json();
        JsonNode name = body.path("toolName");
        Optional<Tool> tool = name.isString() ? toolbox.find(name.stringValue()) : Optional.empty();
        if (tool.isEmpty()) {
            return errors.failed(unknown(name), call);
        }
        return switch (toolbox.call(tool.get(), body.get("params"))) {
            case ToolResult.Success done -> {
                Map<String, Object> envelope = new LinkedHashMap<>();
                envelope.put("success", true);
                envelope.put("result", done.value());
                yield Reply.json(200, envelope);
            }
            case Failure failure -> errors.failed(failure, call);
        };
    }

    private static Failure unknown(JsonNode name) {
        if (!name.isMissingNode() && !name.isString()) {
            return Failure.lasting(
                    "toolName must be a string, one of those that GET /mcp/tools lists", "invalid_request", 400);
        }
        String shown = name.isMissingNode() ? "undefined" : name.stringValue();
        return Failure.lasting(
                "Tool \"" + (NAME.matcher(shown).matches() ? shown : "***") + "\" not found.", "tool_not_found", 404);
    }
}
