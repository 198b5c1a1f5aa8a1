package dev.roost.mcp.catalog;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A request that cannot be answered: a JSON-RPC error. What a model can do something about is a {@link ToolResult#error}. */
public final class McpException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int code;
    private final transient Optional<JsonNode> data;

    /** An error with details. */
    public McpException(int code, String message, Optional<JsonNode> data) {
        super(message);
        this.code = code;
        this.data = data;
    }

    /** Invalid parameters (-32602). */
    public static McpException invalidParams(String message) {
        return new McpException(-32602, message, Optional.empty());
    }

    /** Returns the JSON-RPC code. */
    public int code() {
        return code;
    }

    /** Returns details, if there are any. */
    public Optional<JsonNode> data() {
        return data;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
