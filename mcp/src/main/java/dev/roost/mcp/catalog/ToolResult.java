package dev.roost.mcp.catalog;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The result of a tool.
 *
 * @param content for models, in order
 * @param structured for programs; must match the tool's output schema if it has one and this is no error
 * @param isError whether the tool could not do its work; the content says why, and what to do
 */
public record ToolResult(List<Content> content, Optional<JsonNode> structured, boolean isError) implements ToolOutcome {
    /** Copies the list. */
    public ToolResult {
        content = List.copyOf(content);
    }

    /** Without the content: it may hold secrets. */
    @Override
    public String toString() {
        return "ToolResult[" + content.size() + " pieces, isError=" + isError + "]";
    }

    /** A text. */
    public static ToolResult text(String text) {
        return new ToolResult(List.of(new Content.Text(text)), Optional.empty(), false);
    }

    /** A JSON value, and the same as text for clients that know no other. */
    public static ToolResult structured(JsonNode value) {
        return new ToolResult(List.of(new Content.Text(value.toString())), Optional.of(value), false);
    }

    /** A failure that the model can do something about. */
    public static ToolResult error(String text) {
        return new ToolResult(List.of(new Content.Text(text)), Optional.empty(), true);
    }
}
