package dev.roost.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Requests that carry a secret where none belongs. A progress token, the topic of a thread and the text of a post are not
 * among them: the protocol, or X, repeats these to who sent them.
 *
 * @param secret the secret
 */
record CanaryRequests(String secret) {
    private static final List<String> METHODS = List.of(
            "tools/call",
            "prompts/get",
            "resources/read",
            "tools/list",
            "resources/list",
            "prompts/list",
            "completion/complete",
            "logging/setLevel",
            "resources/subscribe",
            "server/discover");

    /** A request of any era, without its id. */
    record Request(String method, ObjectNode params) {
        boolean isOf(String tool) {
            return method.equals("tools/call")
                    && params.path("name").asString("").equals(tool);
        }
    }

    private static Request request(String method, String params) {
        return new Request(method, StdioAgent.json(params));
    }

    /** Names, addresses, cursors and the like. */
    List<Request> misplaced() {
        List<Request> all = new ArrayList<>();
        for (String params : List.of(
                "{'name':'" + secret + "'}",
                "{'name':'" + secret + "','arguments':{'twitter_access_token':'" + secret + "'}}",
                "{'name':'diagnose_account','arguments':{'account':'" + secret + "'}}",
                "{'name':'diagnose_account','arguments':{'" + secret + "':'" + secret + "'}}",
                "{'name':'plan_thread','arguments':{'topic':'birds','posts':'" + secret + "'}}",
                "{'name':['" + secret + "'],'arguments':'" + secret + "'}",
                "{'uri':'" + secret + "'}",
                "{'uri':'roost://accounts/" + secret + "'}",
                "{'uri':'roost://accounts/" + secret + "/profile'}",
                "{'uri':'roost://accounts/@ada?" + secret + "'}",
                "{'cursor':'" + secret + "'}",
                "{'level':'" + secret + "'}",
                "{'ref':{'type':'ref/prompt','name':'" + secret + "'},'argument':{'name':'a','value':'b'}}",
                "{'ref':{'type':'ref/resource','uri':'" + secret + "'},'argument':{'name':'a','value':'b'}}",
                "{'ref':{'type':'ref/resource','uri':'roost://accounts/{account}'},'argument':{'name':'account',"
                        + "'value':'" + secret + "'},'context':{'arguments':{'x':'" + secret + "'}}}",
                "{'name':'twitter_get_profile','arguments':{},'requestState':'" + secret + "'}",
                "{'name':'twitter_get_profile','arguments':{},'inputResponses':{'" + secret + "':'" + secret + "'}}",
                "{'name':'twitter_list_accounts','_meta':{'" + secret + "':'" + secret + "'}}",
                "{'" + secret + "':'" + secret + "'}")) {
            METHODS.forEach(method -> all.add(request(method, params)));
        }
        all.add(request(secret, "{}"));
        all.add(request("tools/" + secret, "{}"));
        return all;
    }

    /** Each tool without arguments, with the secret for every argument, in wrong types, and as the name of one. */
    List<Request> calls(JsonNode tools) {
        List<Request> all = new ArrayList<>();
        for (JsonNode tool : tools) {
            String name = tool.path("name").asString();
            ObjectNode texts = JsonMapper.shared().createObjectNode();
            ObjectNode lists = JsonMapper.shared().createObjectNode();
            ObjectNode objects = JsonMapper.shared().createObjectNode();
            for (String property : tool.at("/inputSchema/properties").propertyNames()) {
                texts.put(property, secret);
                lists.putArray(property).add(secret);
                objects.putObject(property).put(secret, secret);
            }
            all.add(call(name, JsonMapper.shared().createObjectNode()));
            all.add(call(name, texts));
            all.add(call(name, lists));
            all.add(call(name, objects));
            all.add(call(name, texts.deepCopy().put(secret, secret)));
            all.add(call(name, JsonMapper.shared().createObjectNode().put(secret, secret)));
            all.add(call(name, StdioAgent.json("{'account':'@ada','tweet_id':'" + secret + "','text':'Hello'}")));
            all.add(call(name, StdioAgent.json("{'account':'@ada'}").put("cursor", secret)));
        }
        return all;
    }

    /** Each tool as one calls it that works, with an account or with this token. */
    static List<Request> right(JsonNode tools, String accessToken) {
        List<Request> all = new ArrayList<>();
        Map<String, String> values = Map.ofEntries(
                Map.entry("tweet_id", "1"),
                Map.entry("tweetId", "1"),
                Map.entry("text", "Hello"),
                Map.entry("message", "Hello there"),
                Map.entry("query", "birds"),
                Map.entry("username", "ada"),
                Map.entry("data", "AAAA"),
                Map.entry("media_type", "image/png"),
                Map.entry("twitter_access_token", accessToken),
                Map.entry("accessToken", accessToken));
        for (JsonNode tool : tools) {
            ObjectNode byToken = JsonMapper.shared().createObjectNode();
            for (String property : tool.at("/inputSchema/properties").propertyNames()) {
                if (values.containsKey(property)) {
                    byToken.put(property, values.get(property));
                }
            }
            String name = tool.path("name").asString();
            ObjectNode byAccount = byToken.deepCopy().put("account", "@ada");
            byAccount.remove("twitter_access_token");
            all.add(call(name, byToken));
            all.add(call(name, byAccount));
        }
        all.removeIf(request -> request.isOf("twitter_disconnect_account"));
        return all;
    }

    static Request call(String tool, ObjectNode arguments) {
        return new Request("tools/call", StdioAgent.tool(tool, arguments));
    }

    /** Messages that are broken around the secret. */
    List<String> broken() {
        return List.of(
                secret,
                "{\"" + secret + "\"",
                "\"" + secret + "\"",
                "[\"" + secret + "\"]",
                "{\"jsonrpc\":\"" + secret + "\",\"id\":1,\"method\":\"ping\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":[\"" + secret + "\"],\"method\":\"ping\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":{\"" + secret + "\":1}}",
                "{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"tools/call\",\"params\":\"" + secret + "\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":4,\"" + secret + "\":\"" + secret + "\"}",
                "{\"jsonrpc\":\"2.0\",\"method\":\"" + secret + "\",\"params\":{\"requestId\":\"" + secret + "\"}}",
                "{\"jsonrpc\":\"2.0\",\"id\":\"" + secret + "\",\"result\":{\"action\":\"" + secret + "\"}}",
                "{\"jsonrpc\":\"2.0\",\"id\":\"" + secret + "\",\"method\":\"tools/list\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":\"" + secret + "\",\"method\":\"no/such\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":\"" + secret + "\",\"method\":\"tools/call\",\"params\":{\"name\":"
                        + "\"twitter_get_profile\",\"arguments\":{}}}",
                "{\"jsonrpc\":\"2.0\",\"id\":5,\"method\":\"ping\",\"method\":\"" + secret + "\"}");
    }
}
