package dev.roost.server.mcp.guide;

import dev.roost.core.access.KeyScope;
import dev.roost.mcp.catalog.Content;
import dev.roost.mcp.catalog.Principal;
import dev.roost.mcp.catalog.Tool;
import dev.roost.mcp.catalog.Tool.Hints;
import dev.roost.mcp.catalog.ToolResult;
import dev.roost.server.guide.tools.ToolResult.Failure;
import dev.roost.server.guide.tools.Toolbox;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Offers a {@link Toolbox} to agents. A result is structured content; where it is a list, it stands in {@code result}, since
 * revisions of the protocol before 2026-07-28 know no structured content but objects.
 */
public final class GuideTools {
    private static final Hints SPENDS = new Hints(false, true, false, true);
    private static final Hints STAYS_HERE = new Hints(true, false, false, false);

    private GuideTools() {}

    /** Returns the tools, in the toolbox's order. */
    public static List<Tool> of(Toolbox toolbox) {
        return toolbox.tools().stream().map(tool -> adapted(toolbox, tool)).toList();
    }

    private static Tool adapted(Toolbox toolbox, dev.roost.server.guide.tools.Tool tool) {
        return new Tool(
                tool.name(),
                title(tool.name()),
                tool.description(),
                hints(tool.name()),
                JsonMapper.shared().valueToTree(tool.inputSchema()),
                Optional.empty(),
                (arguments, call) -> {
                    mayCall(call.principal());
                    ToolResult result = result(toolbox.call(tool, arguments));
                    if (Thread.interrupted()) {
                        throw new InterruptedException("the client cancelled");
                    }
                    return result;
                });
    }

    /** As at {@code /mcp/execute}: open to a program of this machine that shows nothing; who shows something needs the scope. */
    private static void mayCall(Principal principal) {
        if (!principal.isAnonymous() && !principal.isPresent()) {
            principal.require(KeyScope.X_WRITE.text());
        }
    }

    private static ToolResult result(dev.roost.server.guide.tools.ToolResult result) {
        return switch (result) {
            case dev.roost.server.guide.tools.ToolResult.Success done -> ToolResult.structured(object(done.value()));
            case Failure failure -> {
                ObjectNode told = told(failure);
                yield new ToolResult(List.of(new Content.Text(told.toString())), Optional.of(told), true);
            }
        };
    }

    private static JsonNode object(JsonNode value) {
        if (value.isObject()) {
            return value;
        }
        ObjectNode object = JsonMapper.shared().createObjectNode();
        object.set("result", value);
        return object;
    }

    /** The members that the HTTP API has too. */
    private static ObjectNode told(Failure failure) {
        ObjectNode told = JsonMapper.shared()
                .createObjectNode()
                .put("error", failure.message())
                .put("code", failure.code())
                .put("retryable", failure.retryable());
        failure.retryAfter().ifPresent(wait -> told.put("retryAfter", Math.max(1, (wait.toMillis() + 999) / 1000)));
        told.put("reauthRequired", failure.reauthRequired());
        failure.upstream()
                .ifPresent(said -> told.putObject("upstream")
                        .put("status", said.status())
                        .put("error", said.error())
                        .put("error_description", said.description()));
        return told;
    }

    /** Makes {@code Post to twitter} of {@code postToTwitter}. */
    private static String title(String name) {
        String words =
                name.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT).replace("twitter", "Twitter");
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    /** What is not known is taken for dangerous. */
    private static Hints hints(String name) {
        return switch (name) {
            case "getTwitterAuthUrl" -> STAYS_HERE;
            case "listTwitterTweets", "searchTwitter", "getTweetEngagement", "getUserMentions" -> Hints.READS;
            case "postToTwitter", "replyToTweet" -> Hints.ADDS;
            case "likeTweet", "retweetTweet" -> Hints.SETS;
            case "deleteTweet" -> Hints.REMOVES;
            default -> SPENDS;
        };
    }
}
