package dev.roost.server.openapi;

import dev.roost.server.http.Endpoint;
import dev.roost.server.http.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Puts the description of the whole API together from one file per door. */
public final class OpenApi {
    /** The parts, in the order in which they are shown. A new door adds its file here. */
    private static final List<String> PARTS =
            List.of("base.json", "agents.json", "accounts.json", "webhooks.json", "operations.json", "guide.json");

    private OpenApi() {}

    /**
     * Returns an endpoint that shows the document, which is put together once.
     *
     * @param version of Roost
     * @throws IllegalStateException if a part is missing, or two say different things of the same
     */
    public static Endpoint endpoint(String version) {
        Reply reply = Reply.json(200, document(version));
        return call -> reply;
    }

    /** Returns the document. */
    public static ObjectNode document(String version) {
        ObjectNode whole = JsonMapper.shared().createObjectNode();
        PARTS.forEach(name -> merge(whole, read(name), name));
        ((ObjectNode) whole.path("info")).put("version", version);
        return whole;
    }

    private static ObjectNode read(String name) {
        try (InputStream in = OpenApi.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the part " + name + " of the API's description is missing");
            }
            return (ObjectNode) JsonMapper.shared().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Objects are joined member by member and lists one after the other; anything else may be said once. */
    private static void merge(ObjectNode into, ObjectNode part, String name) {
        for (Map.Entry<String, JsonNode> member : part.properties()) {
            JsonNode there = into.get(member.getKey());
            if (there == null) {
                into.set(member.getKey(), member.getValue());
            } else if (there instanceof ObjectNode known && member.getValue() instanceof ObjectNode more) {
                merge(known, more, name);
            } else if (there instanceof ArrayNode known && member.getValue() instanceof ArrayNode more) {
                known.addAll(more);
            } else {
                throw new IllegalStateException("the part " + name + " of the API's description says again what \""
                        + member.getKey() + "\" is");
            }
        }
    }
}
