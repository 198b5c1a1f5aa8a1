package dev.roost.mcp.protocol;

import dev.roost.mcp.catalog.Ask;
import dev.roost.mcp.catalog.McpException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * The rounds of a request that asks back (2026-07-28): what was answered so far is kept by the client, sealed, together with the
 * state of the body. Safe for many threads.
 */
record Rounds(StateSeal seal) {
    private static final Set<String> NOT_BOUND = Set.of("_meta", "inputResponses", "requestState");

    /** What the client brought back. */
    record Brought(Map<String, JsonNode> answers, Optional<JsonNode> state) {}

    /** @throws McpException if the state is not what this server gave to this caller for this request, or is too old */
    Brought brought(String method, ObjectNode params, String binding) {
        Map<String, JsonNode> answers = new LinkedHashMap<>();
        Optional<JsonNode> state = Optional.empty();
        JsonNode sealed = params.path("requestState");
        if (!sealed.isMissingNode()) {
            JsonNode opened = seal.open(sealed.asString(""), bound(method, params, binding))
                    .map(JsonRpc::parse)
                    .orElseThrow(() -> McpException.invalidParams("requestState is not what this server gave for this"
                            + " request, or is older than 15 minutes; make the request anew, without it"));
            opened.path("answers").properties().forEach(one -> answers.put(one.getKey(), one.getValue()));
            state = Optional.ofNullable(opened.get("state"));
        }
        params.path("inputResponses").properties().stream()
                .filter(one -> one.getValue().isObject())
                .forEach(one -> answers.put(one.getKey(), one.getValue()));
        return new Brought(answers, state);
    }

    ObjectNode asking(Ask ask, Brought brought, String method, ObjectNode params, String binding) {
        ObjectNode json = JsonRpc.object().put("resultType", "input_required");
        if (!ask.questions().isEmpty()) {
            ObjectNode requests = json.putObject("inputRequests");
            ask.questions().forEach((name, question) -> {
                ObjectNode one = requests.putObject(name).put("method", Render.method(question));
                one.set("params", Render.parameters(question));
            });
        }
        ObjectNode kept = JsonRpc.object();
        ObjectNode answers = kept.putObject("answers");
        brought.answers().forEach((name, answer) -> {
            if (!ask.questions().containsKey(name)) {
                answers.set(name, answer);
            }
        });
        ask.state().ifPresent(state -> kept.set("state", state));
        byte[] content = kept.toString().getBytes(StandardCharsets.UTF_8);
        return json.put("requestState", seal.seal(content, bound(method, params, binding)));
    }

    private static byte[] bound(String method, ObjectNode params, String binding) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : new String[] {binding, method, sorted(params, NOT_BOUND)}) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
                digest.update(bytes);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JVM has no SHA-256", e);
        }
    }

    /** The same text for the same JSON, in whatever order its members came. */
    private static String sorted(JsonNode node, Set<String> without) {
        if (node.isObject()) {
            Map<String, String> members = new TreeMap<>();
            node.properties().stream()
                    .filter(one -> !without.contains(one.getKey()))
                    .forEach(one -> members.put(quoted(one.getKey()), sorted(one.getValue(), Set.of())));
            return members.toString();
        }
        if (node.isArray()) {
            return node.valueStream().map(one -> sorted(one, Set.of())).toList().toString();
        }
        return node.toString();
    }

    /** A name can look like names and values in a row; as JSON it cannot. */
    private static String quoted(String name) {
        return StringNode.valueOf(name).toString();
    }
}
