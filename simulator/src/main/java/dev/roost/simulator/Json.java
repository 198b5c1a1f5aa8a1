package dev.roost.simulator;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reading and writing of JSON text; objects keep the order in which their fields were put. */
final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Json() {}

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static String write(JsonNode node) {
        return MAPPER.writeValueAsString(node);
    }

    /**
     * The object that {@code text} spells.
     *
     * @throws IllegalArgumentException when it spells something else, or is not JSON
     */
    static ObjectNode readObject(String text) {
        try {
            if (MAPPER.readTree(text) instanceof ObjectNode object) {
                return object;
            }
            throw new IllegalArgumentException(notAnObject());
        } catch (JacksonException e) {
            throw new IllegalArgumentException(notAnObject(), e);
        }
    }

    private static String notAnObject() {
        return "the body is not a JSON object; allowed: for example {\"key\":\"value\"}; send one";
    }
}
