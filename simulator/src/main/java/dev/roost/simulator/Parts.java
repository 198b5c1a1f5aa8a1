package dev.roost.simulator;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/** The named parts of a body that carries media: of a form, RFC 7578, or of JSON with the media in base64. */
final class Parts {

    private static final Pattern BOUNDARY = Pattern.compile("(?i)boundary=\"?([^\";,]+)\"?");
    private static final Pattern NAME = Pattern.compile("(?i)[;\\s]name=\"?([^\";\r\n]+)\"?");

    private final Map<String, byte[]> parts;

    private Parts(Map<String, byte[]> parts) {
        this.parts = parts;
    }

    /** Reads a body; empty when it is neither or is broken. */
    static Optional<Parts> of(Call call) {
        String type = call.header("content-type").orElse("");
        String kind = type.toLowerCase(Locale.ROOT);
        Matcher boundary = BOUNDARY.matcher(type);
        if (kind.startsWith("multipart/form-data") && boundary.find()) {
            return form(call.content().bytes(), "--" + boundary.group(1));
        }
        return kind.startsWith("application/json") ? json(call) : Optional.empty();
    }

    Optional<byte[]> media() {
        return Optional.ofNullable(parts.get("media"));
    }

    /** A part as text; empty when missing. */
    String text(String name) {
        return new String(parts.getOrDefault(name, new byte[0]), StandardCharsets.UTF_8);
    }

    private static Optional<Parts> json(Call call) {
        Map<String, byte[]> parts = new HashMap<>();
        try {
            ObjectNode body = Json.readObject(call.body());
            for (String name : body.propertyNames()) {
                String text = body.path(name).asString("");
                parts.put(
                        name,
                        name.equals("media")
                                ? Base64.getDecoder().decode(text)
                                : text.getBytes(StandardCharsets.UTF_8));
            }
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        return Optional.of(new Parts(parts));
    }

    private static Optional<Parts> form(byte[] body, String delimiter) {
        // One byte is one character here, so that places in the text are places in the bytes.
        String text = new String(body, StandardCharsets.ISO_8859_1);
        Map<String, byte[]> parts = new HashMap<>();
        int start = text.startsWith(delimiter) ? 0 : -1;
        while (start >= 0 && !text.startsWith("--", start + delimiter.length())) {
            int head = start + delimiter.length();
            int content = text.indexOf("\r\n\r\n", head);
            int end = content < 0 ? -1 : text.indexOf("\r\n" + delimiter, content + 2);
            if (end < 0) {
                return Optional.empty();
            }
            Matcher name = NAME.matcher(text.substring(head, content));
            if (name.find()) {
                // Nothing between: then both line ends are one.
                int from = Math.min(content + 4, end);
                parts.put(name.group(1), text.substring(from, end).getBytes(StandardCharsets.ISO_8859_1));
            }
            start = end + 2;
        }
        return start < 0 ? Optional.empty() : Optional.of(new Parts(parts));
    }
}
