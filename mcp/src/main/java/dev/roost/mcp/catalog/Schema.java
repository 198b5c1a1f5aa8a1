package dev.roost.mcp.catalog;

import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes JSON Schemas (2020-12) of flat objects. */
public final class Schema {
    private Schema() {}

    /**
     * A member of an object.
     *
     * @param name of the member
     * @param required whether it must be there
     * @param schema of its value
     */
    public record Member(String name, boolean required, ObjectNode schema) {}

    /** A member that must be there. */
    public static Member required(String name, ObjectNode schema) {
        return new Member(name, true, schema);
    }

    /** A member that may be left out. */
    public static Member optional(String name, ObjectNode schema) {
        return new Member(name, false, schema);
    }

    /** An object with these members, and others if it has them. */
    public static ObjectNode object(Member... members) {
        ObjectNode object = JsonMapper.shared().createObjectNode().put("type", "object");
        ObjectNode properties = object.putObject("properties");
        List<Member> all = List.of(members);
        all.forEach(member -> properties.set(member.name(), member.schema()));
        List<String> wanted =
                all.stream().filter(Member::required).map(Member::name).toList();
        if (!wanted.isEmpty()) {
            ArrayNode names = object.putArray("required");
            wanted.forEach(names::add);
        }
        return object;
    }

    /** An object with these members and no others. */
    public static ObjectNode closed(Member... members) {
        return object(members).put("additionalProperties", false);
    }

    /** A text. */
    public static ObjectNode string(String description) {
        return typed("string", description);
    }

    /** A whole number. */
    public static ObjectNode integer(String description) {
        return typed("integer", description);
    }

    /** A whole number between two, both allowed. */
    public static ObjectNode integer(String description, long least, long most) {
        return integer(description).put("minimum", least).put("maximum", most);
    }

    /** True or false. */
    public static ObjectNode bool(String description) {
        return typed("boolean", description);
    }

    /** One of these texts. */
    public static ObjectNode oneOf(String description, List<String> values) {
        ObjectNode schema = string(description);
        ArrayNode allowed = schema.putArray("enum");
        values.forEach(allowed::add);
        return schema;
    }

    /** A list of such values. */
    public static ObjectNode list(String description, ObjectNode of) {
        ObjectNode schema = typed("array", description);
        schema.set("items", of);
        return schema;
    }

    private static ObjectNode typed(String type, String description) {
        return JsonMapper.shared().createObjectNode().put("type", type).put("description", description);
    }
}
