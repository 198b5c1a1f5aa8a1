package dev.roost.mcp.protocol;

import dev.roost.mcp.catalog.McpException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes lists a page at a time.
 *
 * @param size of a page
 */
record Pages(int size) {
    private static final Pattern CURSOR = Pattern.compile("from:([0-9]{1,6})");

    <T> ObjectNode page(String member, List<T> all, ObjectNode params, Function<T, ObjectNode> render) {
        int from = from(params.path("cursor"), all.size());
        int to = Math.min(all.size(), from + size);
        ObjectNode json = JsonRpc.object();
        ArrayNode page = json.putArray(member);
        all.subList(from, to).forEach(one -> page.add(render.apply(one)));
        if (to < all.size()) {
            json.put("nextCursor", encode("from:" + to));
        }
        return json;
    }

    private static int from(JsonNode cursor, int most) {
        if (cursor.isMissingNode() || cursor.isNull()) {
            return 0;
        }
        var match = CURSOR.matcher(decode(cursor.asString("")));
        if (match.matches() && Integer.parseInt(match.group(1)) <= most) {
            return Integer.parseInt(match.group(1));
        }
        throw McpException.invalidParams("this is no cursor of this list; leave it out to begin at the first page");
    }

    private static String encode(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String decode(String text) {
        try {
            return new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
