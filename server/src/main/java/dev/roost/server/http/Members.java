package dev.roost.server.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the members of a JSON object that somebody sent. What is wrong is named, and never repeated: it may be a token. */
public final class Members {
    private final ObjectNode node;

    private Members(ObjectNode node) {
        this.node = node;
    }

    /**
     * Reads an object.
     *
     * @throws ProblemException if there is any other member than these
     */
    public static Members of(ObjectNode node, String... known) {
        Set<String> names = new TreeSet<>(Set.of(known));
        for (String name : node.propertyNames()) {
            if (!names.contains(name)) {
                String shown = name.matches("[A-Za-z_]{1,40}") ? "a member \"" + name + "\"" : "an unknown member";
                throw ProblemException.invalid(
                        "the body has " + shown + "; allowed members: " + String.join(", ", names));
            }
        }
        return new Members(node);
    }

    /** A text without control characters, not blank. */
    public Optional<String> text(String name, int longest) {
        return member(name, "a text of 1 to " + longest + " characters").map(value -> checked(name, value, longest));
    }

    /** A text of up to so many characters, line breaks allowed, other control characters not; it may be blank. */
    public Optional<String> prose(String name, int longest) {
        String allowed = "a text of at most " + longest + " characters";
        return member(name, allowed).map(value -> {
            boolean fits = value.isString()
                    && value.asString().length() <= longest
                    && value.asString()
                            .chars()
                            .noneMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\t' && c != '\r');
            if (!fits) {
                throw wrong(name, value.isString() ? "another kind of text" : kind(value), allowed);
            }
            return value.asString();
        });
    }

    /** A text of this form. */
    public Optional<String> text(String name, String form, String allowed) {
        return member(name, allowed).map(value -> {
            if (!value.isString() || !value.asString().matches(form)) {
                throw wrong(name, kind(value), allowed);
            }
            return value.asString();
        });
    }

    /** A list of texts of this form. */
    public Optional<List<String>> texts(String name, String form, String allowed) {
        return member(name, allowed).map(value -> {
            if (!value.isArray()) {
                throw wrong(name, kind(value), allowed);
            }
            List<String> texts = new ArrayList<>();
            for (JsonNode element : value.values()) {
                if (!element.isString() || !element.asString().matches(form)) {
                    throw wrong(name, "an array with something else in it", allowed);
                }
                texts.add(element.asString());
            }
            return texts;
        });
    }

    /** A whole number from 1. */
    public OptionalLong number(String name) {
        String allowed = "a whole number from 1";
        return member(name, allowed)
                .map(value -> {
                    if (!value.isIntegralNumber() || !value.canConvertToLong() || value.asLong() < 1) {
                        throw wrong(name, kind(value), allowed);
                    }
                    return OptionalLong.of(value.asLong());
                })
                .orElseGet(OptionalLong::empty);
    }

    /** An object, to be read member by member. */
    public Optional<ObjectNode> object(String name) {
        return member(name, "an object").map(value -> {
            if (value instanceof ObjectNode object) {
                return object;
            }
            throw wrong(name, kind(value), "an object");
        });
    }

    /** True or false; false when it is not there. */
    public boolean flag(String name) {
        return member(name, "true or false")
                .map(value -> {
                    if (!value.isBoolean()) {
                        throw wrong(name, kind(value), "true or false");
                    }
                    return value.booleanValue();
                })
                .orElse(false);
    }

    private Optional<JsonNode> member(String name, String allowed) {
        Optional<JsonNode> value = Optional.ofNullable(node.get(name));
        if (value.filter(JsonNode::isNull).isPresent()) {
            throw wrong(name, "null", allowed + ", or no such member");
        }
        return value;
    }

    private static String checked(String name, JsonNode value, int longest) {
        String allowed = "a text of 1 to " + longest + " characters, none of them a control character";
        if (!value.isString()) {
            throw wrong(name, kind(value), allowed);
        }
        String text = value.asString();
        if (text.isBlank()) {
            throw wrong(name, "an empty text", allowed);
        }
        if (text.length() > longest || text.chars().anyMatch(Character::isISOControl)) {
            throw wrong(name, "another kind of text", allowed);
        }
        return text;
    }

    private static String kind(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> value.asString().isBlank() ? "an empty text" : "another text";
            case NUMBER -> "another number";
            case BOOLEAN -> "a boolean";
            case ARRAY -> "an array";
            case OBJECT, POJO -> "an object";
            case NULL, MISSING -> "null";
            case BINARY -> "binary";
        };
    }

    private static ProblemException wrong(String name, String found, String allowed) {
        return ProblemException.invalid("\"" + name + "\" is " + found + "; allowed: " + allowed);
    }
}
