package dev.roost.server.mcp.stateless;

import dev.roost.mcp.catalog.ToolResult;
import tools.jackson.databind.json.JsonMapper;

/** Why a tool could not do its work, in the two forms of the original. Nothing in it holds a secret. */
sealed interface Trouble {
    /** Returns what the tool answers. */
    ToolResult result();

    /** Something that the call lacks, or that cannot be read. */
    record Plain(String message) implements Trouble {
        @Override
        public ToolResult result() {
            return ToolResult.error("Error: " + message);
        }
    }

    /**
     * Something that X refused, or that did not get there.
     *
     * @param error what happened, in the original's words where they are true
     * @param details X's own reason, how long to wait, and what to do next
     */
    record Failed(String error, String details) implements Trouble {
        @Override
        public ToolResult result() {
            return ToolResult.error(PythonJson.text(JsonMapper.shared()
                    .createObjectNode()
                    .put("error", error)
                    .put("details", details)
                    .put("status", "error")));
        }
    }
}
