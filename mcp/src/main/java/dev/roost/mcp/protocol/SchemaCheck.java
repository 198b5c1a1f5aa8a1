package dev.roost.mcp.protocol;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.NodePath;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Holds values against JSON Schemas (2020-12), by a library. What it says of a violation is made from the schema only, never
 * from the value: a secret may stand in the wrong place. Network references are not followed. Safe for many threads.
 */
final class SchemaCheck {
    private static final int MOST_REASONS = 5;

    private final Map<String, Schema> compiled = new ConcurrentHashMap<>();

    /** Takes as long to load as a whole {@code roost mcp} to start, so it is loaded by the first value that comes. */
    private static final class Library {
        static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12,
                builder -> builder.schemaLoader(loader -> loader.fetchRemoteResources(false)));
    }

    /**
     * Tells why a value does not match; empty if it does.
     *
     * @param name under which the compiled schema is kept
     */
    Optional<String> violation(String name, ObjectNode schema, JsonNode value) {
        List<Error> errors = compiled.computeIfAbsent(name, key -> Library.REGISTRY.getSchema(schema))
                .validate(value);
        if (errors.isEmpty()) {
            return Optional.empty();
        }
        Set<String> all = errors.stream()
                .filter(error -> !isAlternative(error))
                .map(error -> reason(error, schema))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        String alternatives = errors.stream()
                .filter(SchemaCheck::isAlternative)
                .map(error -> reason(error, schema))
                .distinct()
                .collect(Collectors.joining(", or "));
        if (!alternatives.isEmpty()) {
            all.add(alternatives);
        }
        return Optional.of(all.stream().limit(MOST_REASONS).collect(Collectors.joining("; ")));
    }

    private static boolean isAlternative(Error error) {
        NodePath path = error.getEvaluationPath();
        for (int i = 0; i < path.getNameCount(); i++) {
            Object step = path.getElement(i);
            if ("anyOf".equals(step) || "oneOf".equals(step)) {
                return true;
            }
        }
        return false;
    }

    private static String reason(Error error, ObjectNode schema) {
        String what = place(error.getInstanceLocation(), schema);
        JsonNode allowed = error.getSchemaNode();
        return switch (error.getKeyword()) {
            case "required" -> "\"" + error.getProperty() + "\" is missing";
            case "type" -> what + " must be of type " + words(allowed);
            case "enum" -> what + " must be one of " + words(allowed);
            case "const" -> what + " must be " + words(allowed);
            case "minimum" -> what + " must be at least " + words(allowed);
            case "maximum" -> what + " must be at most " + words(allowed);
            case "minLength" -> what + " must have at least " + words(allowed) + " characters";
            case "maxLength" -> what + " must have at most " + words(allowed) + " characters";
            case "minItems" -> what + " must have at least " + words(allowed) + " items";
            case "maxItems" -> what + " must have at most " + words(allowed) + " items";
            case "pattern" -> what + " must match " + words(allowed);
            case "additionalProperties", "unevaluatedProperties" ->
                what + " has a member that is not known; allowed: "
                        + String.join(", ", schema.path("properties").propertyNames());
            default -> what + " breaks the rule \"" + error.getKeyword() + "\" of its schema";
        };
    }

    /** Names of the value are repeated only if the schema has them too. */
    private static String place(NodePath location, ObjectNode schema) {
        if (location.getNameCount() == 0) {
            return "the whole";
        }
        String name = String.valueOf(location.getElement(0));
        String known = schema.path("properties").has(name) ? "\"" + name + "\"" : "a member";
        return location.getNameCount() == 1 ? known : "a value inside " + known;
    }

    private static String words(JsonNode allowed) {
        if (allowed == null) {
            return "as its schema says";
        }
        if (allowed.isArray()) {
            return allowed.valueStream().map(SchemaCheck::words).collect(Collectors.joining(", "));
        }
        return allowed.isValueNode() ? allowed.asString() : "as its schema says";
    }
}
