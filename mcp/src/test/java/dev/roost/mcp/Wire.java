package dev.roost.mcp;

import dev.roost.mcp.protocol.JsonRpc;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** JSON for tests. */
final class Wire {
    /** Stands where a secret could stand; must never come back. */
    static final String CANARY = "canary-7f3a9c";

    static final ThreadFactory THREADS = Thread.ofVirtual().name("mcp-test-", 0).factory();

    private static final String META = "io.modelcontextprotocol/";

    private Wire() {}

    /** Reads an object that is written with single quotes. */
    static ObjectNode object(String json) {
        return (ObjectNode) parse(json.replace('\'', '"'));
    }

    static JsonNode parse(String json) {
        return JsonRpc.parse(json.getBytes(StandardCharsets.UTF_8));
    }

    static ObjectNode request(Object id, String method, ObjectNode params) {
        ObjectNode message = object("{'jsonrpc':'2.0'}").put("method", method);
        message.set(
                "id",
                id instanceof Integer number
                        ? object("{}").numberNode(number)
                        : object("{}").stringNode(id + ""));
        message.set("params", params);
        return message;
    }

    static ObjectNode notification(String method, ObjectNode params) {
        ObjectNode message = object("{'jsonrpc':'2.0'}").put("method", method);
        message.set("params", params);
        return message;
    }

    /** Adds what a modern request says of itself. */
    static ObjectNode modern(ObjectNode params, ObjectNode capabilities) {
        ObjectNode all = params.deepCopy();
        ObjectNode meta = all.withObject("_meta");
        meta.put(META + "protocolVersion", "2026-07-28");
        meta.set(META + "clientCapabilities", capabilities.deepCopy());
        meta.set(META + "clientInfo", object("{'name':'test','version':'1'}"));
        return all;
    }

    static ObjectNode call(String tool, String arguments) {
        ObjectNode params = object("{}").put("name", tool);
        params.set("arguments", object(arguments));
        return params;
    }

    static ObjectNode initialize(String revision, ObjectNode capabilities) {
        ObjectNode params =
                object("{'clientInfo':{'name':'test','version':'1'}}").put("protocolVersion", revision);
        params.set("capabilities", capabilities.deepCopy());
        return params;
    }
}
