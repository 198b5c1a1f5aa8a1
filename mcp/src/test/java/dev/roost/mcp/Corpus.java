package dev.roost.mcp;

import dev.roost.mcp.catalog.McpException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What is thrown at the entry: good messages, messages that were good, JSON and bytes. */
final class Corpus {
    private static final List<ObjectNode> GOOD = Stream.of(
                    "tools/call {'name':'echo','arguments':{'text':'CANARY','times':2,'mood':'loud'}}",
                    "tools/call {'name':'region','arguments':{'region':'CANARY','count':5,'dry':true,'deep':{'er':'x'}}}",
                    "tools/call {'name':'counts','arguments':{},'_meta':{'progressToken':'t'}}",
                    "tools/call {'name':'logs','_meta':{'io.modelcontextprotocol/logLevel':'debug'}}",
                    "tools/call {'name':'throws'}",
                    "tools/call {'name':'lies'}",
                    "tools/call {'name':'asks_thrice','arguments':{'a':'CANARY'},'requestState':'CANARY','inputResponses':{'q1':{}}}",
                    "tools/call {'name':'asks_both','inputResponses':{'name':{'action':'accept'},'page':{'action':'accept'}}}",
                    "tools/list {'cursor':'ZnJvbToy'}",
                    "prompts/get {'name':'greet','arguments':{'name':'CANARY','mood':'x'}}",
                    "prompts/list {}",
                    "resources/read {'uri':'test://things/7/data'}",
                    "resources/templates/list {}",
                    "resources/subscribe {'uri':'test://r1'}",
                    "completion/complete {'ref':{'type':'ref/prompt','name':'greet'},'argument':{'name':'mood','value':'CANARY'},'context':{'arguments':{'a':'b'}}}",
                    "subscriptions/listen {'notifications':{'toolsListChanged':true,'resourceSubscriptions':['test://r1','CANARY']}}",
                    "server/discover {}",
                    "logging/setLevel {'level':'debug'}",
                    "notifications/cancelled {'requestId':7,'reason':'CANARY'}",
                    "initialize {'protocolVersion':'2025-03-26','capabilities':{'elicitation':{}},'clientInfo':{'name':'CANARY','version':'1'}}")
            .map(line -> line.replace("CANARY", Wire.CANARY).split(" ", 2))
            .map(parts -> Wire.request(7, parts[0], Wire.object(parts[1])))
            .toList();

    private Corpus() {}

    static Arbitrary<ObjectNode> good(Era era) {
        return Arbitraries.of(GOOD).map(message -> {
            ObjectNode own = message.deepCopy();
            if (era == Era.MODERN) {
                own.set("params", Wire.modern((ObjectNode) own.get("params"), Peer.ALL));
            }
            return own;
        });
    }

    /** Any JSON up to a few levels deep, as text; with numbers and texts that are hard to read. */
    static Arbitrary<String> json() {
        return json(3);
    }

    private static Arbitrary<String> json(int depth) {
        Arbitrary<String> leaf = Arbitraries.oneOf(
                Arbitraries.of(
                        "null",
                        "true",
                        "false",
                        "0",
                        "-1",
                        "1.5",
                        "1e400",
                        "-0.0",
                        "12345678901234567890123",
                        "\"\"",
                        "\"" + Wire.CANARY + "\"",
                        "\"\\ud800\"",
                        "\"\\u0000\"",
                        "\"2026-07-28\"",
                        "{}",
                        "[]"),
                Arbitraries.strings().ofMaxLength(12).map(Corpus::quoted));
        if (depth == 0) {
            return leaf;
        }
        Arbitrary<String> inner = json(depth - 1);
        Arbitrary<String> member = Combinators.combine(name(), inner).as((name, value) -> quoted(name) + ":" + value);
        return Arbitraries.oneOf(
                leaf,
                inner.list().ofMaxSize(3).map(all -> "[" + String.join(",", all) + "]"),
                member.list().ofMaxSize(3).map(all -> "{" + String.join(",", all) + "}"));
    }

    private static Arbitrary<String> name() {
        return Arbitraries.of(
                "jsonrpc",
                "id",
                "method",
                "params",
                "result",
                "error",
                "_meta",
                "name",
                "arguments",
                "uri",
                "cursor",
                "progressToken",
                "inputResponses",
                "requestState",
                Wire.CANARY);
    }

    private static String quoted(String text) {
        return Wire.object("{}").stringNode(text).toString();
    }

    /** A good message with up to three things replaced, taken away, or put in. */
    static Arbitrary<ObjectNode> mutated(Era era) {
        Arbitrary<Mutation> mutation = Combinators.combine(
                        Arbitraries.integers().between(0, 1000), Arbitraries.of(How.values()), json())
                .as(Mutation::new);
        return Combinators.combine(good(era), mutation.list().ofMinSize(1).ofMaxSize(3))
                .as((message, mutations) -> {
                    mutations.forEach(one -> one.apply(message));
                    return message;
                });
    }

    enum How {
        REPLACE,
        REMOVE,
        ADD
    }

    record Mutation(int at, How how, String json) {
        void apply(ObjectNode message) {
            List<ObjectNode> objects = new ArrayList<>();
            collect(message, objects);
            ObjectNode object = objects.get(at % objects.size());
            List<String> names = List.copyOf(object.propertyNames());
            if (how == How.ADD || names.isEmpty()) {
                object.set(Wire.CANARY + names.size(), value());
            } else if (how == How.REMOVE) {
                object.remove(names.get(at % names.size()));
            } else {
                object.set(names.get(at % names.size()), value());
            }
        }

        private JsonNode value() {
            try {
                return Wire.parse(json);
            } catch (McpException twiceTheSameName) {
                return Wire.object("{}").stringNode(json);
            }
        }

        private static void collect(JsonNode node, List<ObjectNode> into) {
            if (node instanceof ObjectNode object) {
                into.add(object);
            }
            if (node instanceof ObjectNode || node instanceof ArrayNode) {
                node.valueStream().forEach(child -> collect(child, into));
            }
        }
    }
}
