package dev.roost.mcp.protocol;

import dev.roost.mcp.catalog.McpException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads and writes JSON-RPC 2.0. What was sent is never repeated in an error: it may hold secrets. */
public final class JsonRpc {
    private static final int DEEPEST = 128;
    private static final int LONGEST_NUMBER = 64;

    /** A tree of small objects takes many times the memory of its text. */
    private static final int MOST_TOKENS = 100_000;

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxNumberLength(LONGEST_NUMBER)
                            .maxTokenCount(MOST_TOKENS)
                            .build())
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private JsonRpc() {}

    /**
     * Reads UTF-8 JSON.
     *
     * @throws McpException (-32700) if it is none; the message names the place
     */
    public static JsonNode parse(byte[] json) {
        try {
            JsonNode node = MAPPER.readTree(text(json));
            if (node.isMissingNode()) {
                throw new McpException(Codes.PARSE_ERROR, "there is no JSON here", Optional.empty());
            }
            return node;
        } catch (StreamConstraintsException e) {
            throw new McpException(
                    Codes.PARSE_ERROR,
                    "this JSON is too large to be read here; allowed: " + MOST_TOKENS
                            + " names, values and brackets, nested " + DEEPEST + " deep, numbers of "
                            + LONGEST_NUMBER + " digits",
                    Optional.empty());
        } catch (JacksonException e) {
            String where = e.getLocation() == null
                    ? ""
                    : " (line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr() + ")";
            throw new McpException(Codes.PARSE_ERROR, "this is not valid JSON" + where, Optional.empty());
        }
    }

    /** The parser alone would also take UTF-16, and bytes that only look like UTF-8. */
    private static String text(byte[] utf8) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new McpException(Codes.PARSE_ERROR, "this is not UTF-8", Optional.empty());
        }
    }

    /** Tells what kind of message a JSON value is. */
    public static Message message(JsonNode node) {
        if (!(node instanceof ObjectNode object)) {
            return broken(Optional.empty(), "a message is a JSON object");
        }
        Optional<JsonNode> id = Optional.ofNullable(object.get("id")).filter(JsonRpc::canBeId);
        if (!object.path("jsonrpc").isString()
                || !object.path("jsonrpc").stringValue().equals("2.0")) {
            return broken(id, "the member jsonrpc must be \"2.0\"");
        }
        if (object.has("id") && id.isEmpty()) {
            return broken(id, "the member id must be a text or a whole number");
        }
        return object.has("method") ? asked(object, id) : answered(object, id);
    }

    private static Message asked(ObjectNode object, Optional<JsonNode> id) {
        JsonNode method = object.path("method");
        if (!method.isString()) {
            return broken(id, "the member method must be a text");
        }
        ObjectNode params = MAPPER.createObjectNode();
        if (object.has("params")) {
            if (!(object.get("params") instanceof ObjectNode given)) {
                return new Message.Broken(id, Codes.INVALID_PARAMS, "the member params must be an object");
            }
            params = given;
        }
        String name = method.stringValue();
        ObjectNode all = params;
        return id.<Message>map(known -> new Message.Request(known, name, all))
                .orElseGet(() -> new Message.Notification(name, all));
    }

    private static Message answered(ObjectNode object, Optional<JsonNode> id) {
        Optional<JsonNode> result = Optional.ofNullable(object.get("result"));
        Optional<JsonNode> error = Optional.ofNullable(object.get("error"));
        if (id.isEmpty() || result.isPresent() == error.isPresent()) {
            return broken(Optional.empty(), "a message has a method; or an id, and either a result or an error");
        }
        return new Message.Response(id.get(), result, error);
    }

    private static boolean canBeId(JsonNode id) {
        return id.isString() || id.isIntegralNumber();
    }

    private static Message.Broken broken(Optional<JsonNode> id, String reason) {
        return new Message.Broken(id, Codes.INVALID_REQUEST, reason);
    }

    /** A result. */
    public static ObjectNode result(JsonNode id, ObjectNode result) {
        ObjectNode message = message();
        message.set("id", id);
        message.set("result", result);
        return message;
    }

    /** An error; the id is left out where it is not known. */
    public static ObjectNode error(Optional<JsonNode> id, McpException problem) {
        ObjectNode message = message();
        id.ifPresent(known -> message.set("id", known));
        ObjectNode error = message.putObject("error");
        error.put("code", problem.code());
        error.put("message", problem.getMessage());
        problem.data().ifPresent(data -> error.set("data", data));
        return message;
    }

    /** An error without details. */
    public static ObjectNode error(Optional<JsonNode> id, int code, String reason) {
        return error(id, new McpException(code, reason, Optional.empty()));
    }

    /** Writes a message as UTF-8, on one line. */
    public static byte[] bytes(JsonNode message) {
        return MAPPER.writeValueAsBytes(message);
    }

    static ObjectNode notification(String method, ObjectNode params) {
        ObjectNode message = message().put("method", method);
        message.set("params", params);
        return message;
    }

    static ObjectNode request(long id, String method, ObjectNode params) {
        ObjectNode message = message().put("id", id).put("method", method);
        message.set("params", params);
        return message;
    }

    /** An empty object. */
    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    private static ObjectNode message() {
        return object().put("jsonrpc", "2.0");
    }
}
