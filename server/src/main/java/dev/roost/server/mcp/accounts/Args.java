package dev.roost.server.mcp.accounts;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The arguments of a call, which match the tool's schema. */
record Args(ObjectNode node) {
    static final String ACCOUNT = "account";

    /** A text; one that is blank counts as left out, for models often fill in what they do not need. */
    Optional<String> text(String name) {
        return Optional.ofNullable(node.get(name))
                .filter(JsonNode::isString)
                .map(JsonNode::stringValue)
                .map(String::strip)
                .filter(text -> !text.isEmpty());
    }

    Optional<String> account() {
        return text(ACCOUNT);
    }

    int number(String name, int otherwise) {
        JsonNode value = node.path(name);
        return value.canConvertToInt() ? value.intValue() : otherwise;
    }

    boolean flag(String name) {
        return node.path(name).isBoolean() && node.path(name).booleanValue();
    }

    List<String> texts(String name) {
        return node.path(name).valueStream().map(JsonNode::asString).toList();
    }
}
