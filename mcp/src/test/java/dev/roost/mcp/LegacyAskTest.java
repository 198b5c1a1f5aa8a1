package dev.roost.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.mcp.protocol.JsonRpc;
import dev.roost.mcp.protocol.Message;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

final class LegacyAskTest {
    private final Things things = new Things();
    private final Peer peer = new Peer(things.server(), Era.LEGACY, Peer.ALL);

    @ParameterizedTest
    @CsvSource({
        "asks_name, elicitation/create",
        "asks_page, elicitation/create",
        "asks_model, sampling/createMessage",
        "asks_roots, roots/list"
    })
    void asksTheClientAndGoesOn(String tool, String method) {
        Peer.Running call = begin(tool);
        JsonNode question = call.next();
        assertThat(question.path("method").asString()).isEqualTo(method);
        peer.answerWith(question, "{'action':'accept','content':{'name':'Zoe'}}");

        assertThat(call.answer().at("/result/content/0/text").asString()).contains("\"name\":\"Zoe\"");
        assertThat(things.runs).hasValue(2);
    }

    @Test
    void asksSeveralTimesAndKeepsAllAnswersAndItsState() {
        Peer.Running call = begin("asks_thrice");
        Set<JsonNode> ids = new HashSet<>();
        for (String name : new String[] {"Ann", "Ben", "Cid"}) {
            JsonNode question = call.next();
            ids.add(question.get("id"));
            peer.answerWith(question, "{'action':'accept','content':{'name':'" + name + "'}}");
        }

        assertThat(call.answer().at("/result/content/0/text").asString()).isEqualTo("q1 Ann, q2 Ben, q3 Cid");
        assertThat(ids).hasSize(3);
    }

    @Test
    void givesUpAToolThatAsksForEver() {
        Peer.Running call = begin("asks_ever");
        for (int i = 0; i < 16; i++) {
            peer.answerWith(call.next(), "{'action':'decline'}");
        }
        assertThat(call.answer().at("/error/message").asString()).isEqualTo("the server asked 16 times and gave up");
    }

    @Test
    void tellsThatAPageIsDoneByTheIdOfItsQuestion() {
        Peer.Running call = begin("asks_page");
        JsonNode question = call.next();
        assertThat(question.at("/params/mode").asString()).isEqualTo("url");
        assertThat(question.at("/params/url").asString()).isEqualTo("https://things.test/in");
        peer.answerWith(question, "{'action':'accept'}");
        call.answer();
        JsonNode notice = call.next();

        assertThat(notice.path("method").asString()).isEqualTo("notifications/elicitation/complete");
        assertThat(notice.at("/params/elicitationId")).isEqualTo(question.at("/params/elicitationId"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"decline", "cancel"})
    void tellsNothingOfAPageThatThePersonDidNotOpen(String action) {
        Peer.Running call = begin("asks_page");
        peer.answerWith(call.next(), "{'action':'" + action + "'}");

        assertThat(call.answer().at("/result/content/0/text").asString()).contains(action);
        assertThat(call.told()).isEmpty();
    }

    @Test
    void takesAnErrorForACancelledQuestion() {
        Peer.Running call = begin("asks_name");
        answer(call.next(), "'error':{'code':-1,'message':'" + Wire.CANARY + "'}");

        assertThat(call.answer().at("/result/content/0/text").asString()).isEqualTo("answer {\"action\":\"cancel\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "'x'", "null", "[]", "true"})
    void takesAResultThatIsNoObjectForACancelledQuestion(String result) {
        Peer.Running call = begin("asks_name");
        answer(call.next(), "'result':" + result);

        assertThat(call.answer().at("/result/content/0/text").asString()).isEqualTo("answer {\"action\":\"cancel\"}");
    }

    @Test
    void ignoresAnswersThatNobodyAskedFor() {
        Peer.Running call = begin("asks_name");
        JsonNode question = call.next();
        for (String id : new String[] {"999", "'1'", "'x'", "99999999999999999999999999", "0", "-1"}) {
            answer(Wire.object("{'id':" + id + "}"), "'result':{'action':'decline'}");
        }
        peer.answerWith(question, "{'action':'accept'}");
        peer.answerWith(question, "{'action':'decline'}");

        assertThat(call.answer().at("/result/content/0/text").asString()).isEqualTo("answer {\"action\":\"accept\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "asks_name, '{''sampling'':{}}'",
        "asks_name, '{''elicitation'':{''url'':{}}}'",
        "asks_page, '{''elicitation'':{}}'",
        "asks_page, '{''elicitation'':{''form'':{}}}'",
        "asks_model, '{''elicitation'':{}}'",
        "asks_roots, '{}'",
        "asks_both, '{''elicitation'':{''form'':{}}}'"
    })
    void asksNothingThatTheClientCannotAnswer(String tool, String capabilities) {
        Peer limited = new Peer(things.server(), Era.LEGACY, Wire.object(capabilities));
        Peer.Running call = limited.begin("tools/call", Wire.call(tool, "{}"));

        assertThat(call.answer().at("/error/code").asInt()).isEqualTo(-32600);
        assertThat(call.answer().at("/error/message").asString()).contains("can answer questions");
        assertThat(call.told()).isEmpty();
    }

    @Test
    void takesAnEmptyElicitationForForms() {
        Peer forms = new Peer(things.server(), Era.LEGACY, Wire.object("{'elicitation':{}}"));
        Peer.Running call = forms.begin("tools/call", Wire.call("asks_name", "{}"));
        forms.answerWith(call.next(), "{'action':'accept'}");

        assertThat(call.answer().has("result")).isTrue();
    }

    @Test
    void endsAQuestionWithItsSession() {
        Peer.Running call = begin("asks_name");
        call.next();
        peer.session.orElseThrow().close();

        assertThat(call.await()).isEmpty();
    }

    @Test
    void endsAQuestionThatNobodyCanAnswerAnyMore() {
        Peer.Running call = begin("asks_name");
        call.next();
        peer.session.orElseThrow().nobodyAnswers();

        assertThat(call.answer().at("/error/message").asString()).contains("did not answer the server's question");
        assertThat(begin("asks_name").answer().has("error")).isTrue();
    }

    private Peer.Running begin(String tool) {
        return peer.begin("tools/call", Wire.call(tool, "{}"));
    }

    private void answer(JsonNode question, String what) {
        JsonNode response = Wire.object(
                "{'jsonrpc':'2.0','id':" + question.get("id").toString().replace('"', '\'') + "," + what + "}");
        peer.session.orElseThrow().answered((Message.Response) JsonRpc.message(response));
    }
}
