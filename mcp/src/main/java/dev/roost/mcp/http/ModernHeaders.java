package dev.roost.mcp.http;

import dev.roost.mcp.catalog.McpException;
import dev.roost.mcp.catalog.Tool;
import dev.roost.mcp.protocol.Codes;
import dev.roost.mcp.protocol.Envelope;
import dev.roost.mcp.protocol.Message;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Holds the headers of a modern request against its body: proxies go by the one and we by the other (2026-07-28, Streamable
 * HTTP, server validation). A header's value is never repeated.
 *
 * @param tools finds a tool by its name
 */
record ModernHeaders(Function<String, Optional<Tool>> tools) {
    private static final String PREFIX = "=?base64?";
    private static final String SUFFIX = "?=";

    /** @throws McpException (-32020) if they differ */
    void check(HttpRequest http, Message.Request request, Envelope envelope) {
        same(http, "MCP-Protocol-Version", envelope.requested());
        same(http, "Mcp-Method", request.method());
        switch (request.method()) {
            case "tools/call" -> {
                name(http, request, "name");
                parameters(http, request);
            }
            case "prompts/get" -> name(http, request, "name");
            case "resources/read" -> name(http, request, "uri");
            default -> {}
        }
    }

    private static void same(HttpRequest http, String header, String value) {
        String given = http.header(header).orElseThrow(() -> mismatch(header, "is missing"));
        if (!given.strip().equals(value)) {
            throw mismatch(header, "differs from the body");
        }
    }

    private static void name(HttpRequest http, Message.Request request, String member) {
        JsonNode value = request.params().path(member);
        if (value.isString()) {
            String given = http.header("Mcp-Name").orElseThrow(() -> mismatch("Mcp-Name", "is missing"));
            if (!decoded("Mcp-Name", given.strip()).equals(value.stringValue())) {
                throw mismatch("Mcp-Name", "differs from the body");
            }
        }
    }

    private void parameters(HttpRequest http, Message.Request request) {
        tools.apply(request.params().path("name").asString(""))
                .ifPresent(
                        tool -> parameters(http, tool.input(), request.params().path("arguments")));
    }

    private static void parameters(HttpRequest http, JsonNode schema, JsonNode values) {
        for (var property : schema.path("properties").properties()) {
            JsonNode rule = property.getValue();
            JsonNode value = values.path(property.getKey());
            if (rule.path("x-mcp-header").isString()) {
                parameter(http, "Mcp-Param-" + rule.path("x-mcp-header").stringValue(), value);
            }
            if (rule instanceof ObjectNode && rule.has("properties")) {
                parameters(http, rule, value);
            }
        }
    }

    private static void parameter(HttpRequest http, String header, JsonNode value) {
        Optional<String> given = http.header(header).map(String::strip);
        if (value.isMissingNode() || value.isNull()) {
            if (given.isPresent()) {
                throw mismatch(header, "is there, but the body has no such value");
            }
            return;
        }
        String text = decoded(header, given.orElseThrow(() -> mismatch(header, "is missing")));
        boolean same =
                value.isNumber() ? sameNumber(value, text) : value.asString("").equals(text);
        if (!same) {
            throw mismatch(header, "differs from the body");
        }
    }

    private static boolean sameNumber(JsonNode value, String text) {
        try {
            return text.length() <= 64 && value.decimalValue().compareTo(new BigDecimal(text)) == 0;
        } catch (NumberFormatException | JacksonException e) {
            // The header holds no number, or the body one without end (1e400).
            return false;
        }
    }

    /** Java's decoder takes missing padding; the protocol does not. */
    private static String decoded(String header, String value) {
        if (!value.chars().allMatch(c -> c == '\t' || (c >= ' ' && c < 127))) {
            throw mismatch(header, "has characters that no header may have");
        }
        if (!value.startsWith(PREFIX) || !value.endsWith(SUFFIX) || value.length() < PREFIX.length() + 2) {
            return value;
        }
        String base64 = value.substring(PREFIX.length(), value.length() - SUFFIX.length());
        try {
            if (base64.length() % 4 != 0) {
                throw mismatch(header, "has Base64 without its padding");
            }
            byte[] bytes = Base64.getDecoder().decode(base64);
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (IllegalArgumentException | CharacterCodingException e) {
            throw mismatch(header, "is no Base64 of UTF-8");
        }
    }

    private static McpException mismatch(String header, String how) {
        return new McpException(Codes.HEADER_MISMATCH, "the header " + header + " " + how, Optional.empty());
    }
}
