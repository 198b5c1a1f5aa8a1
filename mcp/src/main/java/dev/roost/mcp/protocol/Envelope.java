package dev.roost.mcp.protocol;

import dev.roost.mcp.catalog.Client;
import dev.roost.mcp.catalog.LogLevel;
import dev.roost.mcp.catalog.McpException;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a modern request says of itself in {@code _meta}.
 *
 * @param requested the revision, as it was named
 * @param client the caller's program
 * @param level of log messages that it wants
 */
public record Envelope(String requested, Client client, Optional<LogLevel> level) {
    private static final String PREFIX = "io.modelcontextprotocol/";

    /** Tells whether a request is a modern one. */
    public static boolean isIn(ObjectNode params) {
        return params.path("_meta").has(PREFIX + "protocolVersion");
    }

    /**
     * Reads it.
     *
     * @throws McpException (-32602) if something is missing
     */
    public static Envelope of(ObjectNode params) {
        JsonNode meta = params.path("_meta");
        JsonNode requested = meta.path(PREFIX + "protocolVersion");
        JsonNode capabilities = meta.path(PREFIX + "clientCapabilities");
        if (!requested.isString()) {
            throw missing("protocolVersion", "a text, such as \"2026-07-28\"");
        }
        if (!capabilities.isObject()) {
            throw missing("clientCapabilities", "an object");
        }
        JsonNode info = meta.path(PREFIX + "clientInfo");
        Client client =
                new Client(info.path("name").asString(""), info.path("version").asString(""), capabilities);
        return new Envelope(
                requested.stringValue(),
                client,
                LogLevel.of(meta.path(PREFIX + "logLevel").asString("")));
    }

    private static McpException missing(String name, String what) {
        return McpException.invalidParams("params._meta must have " + PREFIX + name + ", " + what
                + "; clients older than 2026-07-28 begin with initialize instead");
    }
}
