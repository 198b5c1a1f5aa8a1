package dev.roost.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

final class ModernAskTest {
    private final Things things = new Things();
    private final Peer peer = new Peer(things.server(), Era.MODERN, Peer.ALL);

    @ParameterizedTest
    @CsvSource({
        "asks_name, name, elicitation/create",
        "asks_page, page, elicitation/create",
        "asks_model, model, sampling/createMessage",
        "asks_roots, roots, roots/list"
    })
    void asksByAResultAndGoesOnWithTheAnswer(String tool, String question, String method) {
        JsonNode asking = peer.call(tool, "{}").get("result");
        assertThat(asking.path("resultType").asString()).isEqualTo("input_required");
        assertThat(asking.at("/inputRequests/" + question + "/method").asString())
                .isEqualTo(method);
        assertThat(asking.has("content")).isFalse();
        JsonNode done = peer.ask("tools/call", again(tool, "{}", asking, question, "Zoe"));

        assertThat(done.at("/result/resultType").asString()).isEqualTo("complete");
        assertThat(done.at("/result/content/0/text").asString()).contains("\"name\":\"Zoe\"");
    }

    @Test
    void sendsAPersonToAPageWithoutAnId() {
        JsonNode question = peer.call("asks_page", "{}").at("/result/inputRequests/page/params");

        assertThat(question.propertyNames()).containsExactlyInAnyOrder("mode", "message", "url");
    }

    @Test
    void asksSeveralTimesAndKeepsAllAnswersAndItsState() {
        JsonNode now = peer.call("asks_thrice", "{}").get("result");
        for (String name : List.of("q1", "q2", "q3")) {
            assertThat(now.at("/inputRequests").propertyNames()).containsExactly(name);
            now = peer.ask("tools/call", again("asks_thrice", "{}", now, name, name + "!"))
                    .get("result");
        }
        assertThat(now.at("/content/0/text").asString()).isEqualTo("q1 q1!, q2 q2!, q3 q3!");
    }

    @Test
    void asksAgainWhatWasNotAnsweredAndKeepsWhatWas() {
        JsonNode asking = peer.call("asks_both", "{}").get("result");
        JsonNode half = peer.ask("tools/call", again("asks_both", "{}", asking, "name", "Zoe"))
                .get("result");
        assertThat(half.path("resultType").asString()).isEqualTo("input_required");
        JsonNode done = peer.ask("tools/call", again("asks_both", "{}", asking, "name", "Zoe", "page", "p"));

        assertThat(done.at("/result/content/0/text").asString()).isEqualTo("both");
    }

    @Test
    void takesTheStateInWhateverOrderTheMembersCome() {
        JsonNode asking =
                peer.call("asks_thrice", "{'b':{'y':1,'x':2},'a':[1,2]}").get("result");
        JsonNode next =
                peer.ask("tools/call", again("asks_thrice", "{'a':[1,2],'b':{'x':2,'y':1}}", asking, "q1", "n"));

        assertThat(next.at("/result/inputRequests").propertyNames()).containsExactly("q2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'a':2,'b':'x'}",
                "{'a':1}",
                "{'a':'1','b':'x'}",
                "{'a':1.0,'b':'x'}",
                "{'a=1, b':'x'}",
                "{'a':1,'b':['x']}"
            })
    void refusesTheStateOfOtherArguments(String arguments) {
        JsonNode asking = peer.call("asks_thrice", "{'a':1,'b':'x'}").get("result");

        refused(peer.ask("tools/call", again("asks_thrice", arguments, asking, "q1", "n")));
    }

    @Test
    void refusesTheStateOfAnotherTool() {
        JsonNode asking = peer.call("asks_thrice", "{}").get("result");

        refused(peer.ask("tools/call", again("asks_name", "{}", asking, "name", "n")));
    }

    @Test
    void refusesTheStateOfAnotherMethod() {
        JsonNode asking = peer.call("asks_thrice", "{}").get("result");
        ObjectNode params = Wire.object("{'name':'greet','arguments':{'name':'x'}}");
        params.set("requestState", asking.get("requestState"));

        refused(peer.ask("prompts/get", params));
    }

    @Test
    void refusesTheStateOfAnotherCaller() {
        JsonNode asking = peer.call("asks_thrice", "{}").get("result");
        Peer bob = new Peer(peer.server, "2026-07-28", Peer.ALL, Caller.BOB);

        refused(bob.ask("tools/call", again("asks_thrice", "{}", asking, "q1", "n")));
    }

    @Test
    void refusesAStateThatWasChanged() {
        JsonNode asking = peer.call("asks_thrice", "{}").get("result");
        String state = asking.get("requestState").stringValue();
        for (int at = 0; at < state.length() - 1; at++) {
            char other = state.charAt(at) == 'A' ? 'B' : 'A';
            refused(withState(Wire.object("{}").stringNode(state.substring(0, at) + other + state.substring(at + 1))));
        }
        for (String no : List.of("", "A", "AAAA", "!!", state.substring(1), state + "AAAA", Wire.CANARY.repeat(50))) {
            refused(withState(Wire.object("{}").stringNode(no)));
        }
        for (String no : List.of("null", "5", "{}", "[]", "true")) {
            refused(withState(Wire.parse(no)));
        }
    }

    @Test
    void takesAStateFor15MinutesAndNoLonger() {
        JsonNode asking = peer.call("asks_thrice", "{}").get("result");
        things.turn(Duration.ofMinutes(15));
        assertThat(peer.ask("tools/call", again("asks_thrice", "{}", asking, "q1", "n"))
                        .has("result"))
                .isTrue();

        things.turn(Duration.ofSeconds(1));
        refused(peer.ask("tools/call", again("asks_thrice", "{}", asking, "q1", "n")));
    }

    @Test
    void showsNothingOfItsState() {
        String first = peer.call("asks_thrice", "{}").at("/result/requestState").stringValue();
        String second =
                peer.call("asks_thrice", "{}").at("/result/requestState").stringValue();

        assertThat(first).isNotEqualTo(second).matches("[A-Za-z0-9_-]+");
    }

    @ParameterizedTest
    @CsvSource({
        "asks_name, '{}', '{\"elicitation\":{\"form\":{}}}'",
        "asks_name, '{''elicitation'':{''url'':{}}}', '{\"elicitation\":{\"form\":{}}}'",
        "asks_page, '{''elicitation'':{}}', '{\"elicitation\":{\"url\":{}}}'",
        "asks_both, '{}', '{\"elicitation\":{\"form\":{},\"url\":{}}}'",
        "asks_model, '{''roots'':{}}', '{\"sampling\":{}}'",
        "asks_roots, '{''sampling'':{}}', '{\"roots\":{}}'"
    })
    void namesTheCapabilityThatIsMissing(String tool, String capabilities, String missing) {
        Peer limited = new Peer(things.server(), Era.MODERN, Wire.object(capabilities));
        Peer.Running call = limited.begin("tools/call", Wire.call(tool, "{}"));
        JsonNode answer = call.answer();

        assertThat(answer.at("/error/code").asInt()).isEqualTo(-32021);
        assertThat(answer.at("/error/data/requiredCapabilities").toString()).isEqualTo(missing);
        assertThat(call.await().orElseThrow().status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "[]", "'x'", "{'name':5}", "{'name':null}", "{'other':{}}"})
    void asksAgainIfTheAnswersAreNone(String responses) {
        JsonNode answer = peer.ask("tools/call", "{'name':'asks_name','inputResponses':" + responses + "}");

        assertThat(answer.at("/result/resultType").asString()).isEqualTo("input_required");
    }

    private JsonNode withState(JsonNode state) {
        ObjectNode params = Wire.call("asks_thrice", "{}");
        params.set("requestState", state);
        return peer.ask("tools/call", params);
    }

    private static ObjectNode again(String tool, String arguments, JsonNode asking, String... answers) {
        ObjectNode params = Wire.call(tool, arguments);
        params.set("requestState", asking.get("requestState"));
        ObjectNode responses = params.putObject("inputResponses");
        for (int i = 0; i < answers.length; i += 2) {
            responses.set(answers[i], Wire.object("{'action':'accept','content':{'name':'" + answers[i + 1] + "'}}"));
        }
        return params;
    }

    private static void refused(JsonNode answer) {
        assertThat(answer.at("/error/code").asInt()).as(answer.toString()).isEqualTo(-32602);
        assertThat(answer.at("/error/message").asString())
                .contains("requestState is not what", "make the request anew");
        assertThat(answer.toString()).doesNotContain(Wire.CANARY);
    }
}
