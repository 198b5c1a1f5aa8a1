package dev.roost.x;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads and writes JSON without ever throwing what it read. */
final class Json {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final JsonMapper EXACT = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private Json() {}

    /** Reads an object; empty when the text is anything else. Jackson's messages quote the text, so they end here. */
    static Optional<ObjectNode> object(String text) {
        return object(MAPPER, text);
    }

    /** Like {@link #object(String)}, and keeps every digit of numbers with a fraction. */
    static Optional<ObjectNode> exact(String text) {
        return object(EXACT, text);
    }

    private static Optional<ObjectNode> object(JsonMapper mapper, String text) {
        try {
            return mapper.readTree(text) instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    /** Returns a non-blank text member; empty when it is missing, blank or no text. */
    static Optional<String> text(JsonNode object, String name) {
        JsonNode member = object.path(name);
        return member.isString() ? Optional.of(member.stringValue()).filter(t -> !t.isBlank()) : Optional.empty();
    }

    /** Returns an array to be filled. */
    static ArrayNode array() {
        return MAPPER.createArrayNode();
    }

    /** Returns a copy of which all texts are fit to be shown. */
    static JsonNode cleaned(JsonNode node, Censor censor) {
        return switch (node) {
            case ObjectNode object -> {
                ObjectNode copy = object();
                object.properties()
                        .forEach(member -> copy.set(censor.clean(member.getKey()), cleaned(member.getValue(), censor)));
                yield copy;
            }
            case ArrayNode array -> {
                ArrayNode copy = array();
                array.forEach(element -> copy.add(cleaned(element, censor)));
                yield copy;
            }
            default -> node.isString() ? MAPPER.getNodeFactory().stringNode(censor.clean(node.stringValue())) : node;
        };
    }

    /** Returns an object to be filled. */
    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }
}
