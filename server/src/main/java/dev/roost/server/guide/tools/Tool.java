package dev.roost.server.guide.tools;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * Something that callers can have done.
 *
 * @param name as callers write it
 * @param description for people and for models
 * @param params in the order in which they are checked
 * @param work does it; blocks until X has answered, and throws nothing for anything X does
 */
public record Tool(String name, String description, List<Param> params, Function<Arguments, ToolResult> work) {
    /** Copies the list. */
    public Tool {
        params = List.copyOf(params);
    }

    /** Returns the names of the parameters that no call may leave out. */
    public List<String> required() {
        return params.stream().filter(Param::required).map(Param::name).toList();
    }

    /** Returns the JSON schema of the parameters, as members of a JSON object. */
    public Map<String, Object> inputSchema() {
        Map<String, Object> properties = new LinkedHashMap<>();
        for (Param param : params) {
            Map<String, String> property = new LinkedHashMap<>();
            property.put("type", param.type().name().toLowerCase(Locale.ROOT));
            property.put("description", param.description());
            properties.put(param.name(), property);
        }
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("properties", properties);
        schema.put("required", required());
        return schema;
    }
}
