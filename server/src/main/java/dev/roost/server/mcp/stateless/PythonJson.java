package dev.roost.server.mcp.stateless;

import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes JSON as Python's {@code json.dumps} does: ASCII only, {@code ", "} and {@code ": "} between things, in their order. */
final class PythonJson {
    private PythonJson() {}

    /** Writes a value. Numbers keep all their digits, which Python's would not. */
    static String text(JsonNode value) {
        return switch (value) {
            case ObjectNode object ->
                object.properties().stream()
                        .map(member -> quoted(member.getKey()) + ": " + text(member.getValue()))
                        .collect(Collectors.joining(", ", "{", "}"));
            case ArrayNode array ->
                array.values().stream().map(PythonJson::text).collect(Collectors.joining(", ", "[", "]"));
            default -> value.isString() ? quoted(value.stringValue()) : value.toString();
        };
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.chars().forEach(unit -> append(quoted, (char) unit));
        return quoted.append('"').toString();
    }

    private static void append(StringBuilder text, char unit) {
        switch (unit) {
            case '"' -> text.append("\\\"");
            case '\\' -> text.append("\\\\");
            case '\n' -> text.append("\\n");
            case '\r' -> text.append("\\r");
            case '\t' -> text.append("\\t");
            case '\f' -> text.append("\\f");
            case '\b' -> text.append("\\b");
            default -> {
                if (unit >= ' ' && unit <= '~') {
                    text.append(unit);
                } else {
                    text.append(String.format("\\u%04x", (int) unit));
                }
            }
        }
    }
}
