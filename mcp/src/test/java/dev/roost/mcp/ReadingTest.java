package dev.roost.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

final class ReadingTest {
    private final Things things = new Things();

    @ParameterizedTest
    @EnumSource(Era.class)
    void readsAResource(Era era) {
        JsonNode result = peer(era).ask("resources/read", "{'uri':'test://r2'}").get("result");

        assertThat(result.at("/contents/0/text").asString()).isEqualTo("content 2");
        assertThat(result.at("/contents/0/mimeType").asString()).isEqualTo("text/plain");
        assertThat(result.path("cacheScope").asString("")).isEqualTo(era == Era.MODERN ? "private" : "");
        assertThat(result.path("ttlMs").asLong(-1)).isEqualTo(era == Era.MODERN ? 0 : -1);
    }

    @ParameterizedTest
    @CsvSource({
        "test://things/7/data, thing 7",
        "test://things/a%20b/data, thing a b",
        "test://things/a%2Fb/data, thing a/b",
        "test://things/a+b/data, thing a+b",
        "test://things/%E2%82%AC/data, thing €",
        "test://things/€/data, thing €",
        "test://things/%25/data, thing %"
    })
    void decodesTheValuesOfATemplate(String uri, String text) {
        for (Era era : Era.values()) {
            JsonNode result = peer(era).ask("resources/read", Wire.object("{}").put("uri", uri));

            assertThat(result.at("/result/contents/0/text").asString()).isEqualTo(text);
            assertThat(result.at("/result/contents/0/uri").asString()).isEqualTo(uri);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "test://r4",
                "test://things/none/data",
                "test://things//data",
                "test://things/a/b/data",
                "test://things/%zz/data",
                "test://things/%/data",
                "test://things/7/data/",
                "TEST://r1",
                ""
            })
    void saysThatThereIsNoSuchResourceByTheCodeOfTheEra(String uri) {
        for (Era era : Era.values()) {
            JsonNode error = peer(era)
                    .ask("resources/read", Wire.object("{}").put("uri", uri))
                    .get("error");

            assertThat(error.path("code").asInt()).isEqualTo(era == Era.MODERN ? -32602 : -32002);
            assertThat(error.path("message").asString()).startsWith("there is no such");
            assertThat(error.at("/data/uri").asString()).isEqualTo(uri);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'uri':5}", "{'uri':null}", "{'uri':['canary-7f3a9c']}"})
    void refusesToReadNothing(String params) {
        for (Era era : Era.values()) {
            JsonNode answer = peer(era).ask("resources/read", params);

            assertThat(answer.at("/error/code").asInt()).isEqualTo(-32602);
            assertThat(answer.at("/error/message").asString()).contains("the parameter uri must be there");
            assertThat(answer.toString()).doesNotContain(Wire.CANARY);
        }
    }

    @ParameterizedTest
    @EnumSource(Era.class)
    void writesAPrompt(Era era) {
        JsonNode result = peer(era)
                .ask("prompts/get", "{'name':'greet','arguments':{'name':'Zoe'}}")
                .get("result");

        assertThat(result.at("/messages/0/role").asString()).isEqualTo("user");
        assertThat(result.at("/messages/0/content/text").asString()).isEqualTo("hello Zoe");
        assertThat(result.has("resultType")).isEqualTo(era == Era.MODERN);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{}|parameter name must be there",
                "{'name':'canary-7f3a9c'}|no prompt of this name",
                "{'name':'greet'}|argument name of this prompt is missing",
                "{'name':'greet','arguments':{'canary-7f3a9c':'x'}}|argument name of this prompt is missing",
                "{'name':'greet','arguments':{'name':5}}|all arguments must be texts",
                "{'name':'greet','arguments':['canary-7f3a9c']}|arguments must be an object"
            })
    void refusesAPromptThatCannotBeWritten(String params, String reason) {
        for (Era era : Era.values()) {
            JsonNode answer = peer(era).ask("prompts/get", params);

            assertThat(answer.at("/error/code").asInt()).isEqualTo(-32602);
            assertThat(answer.at("/error/message").asString()).contains(reason);
            assertThat(answer.toString()).doesNotContain(Wire.CANARY);
        }
    }

    @ParameterizedTest
    @EnumSource(Era.class)
    void proposesValues(Era era) {
        JsonNode prompt = peer(era)
                .ask(
                        "completion/complete",
                        "{'ref':{'type':'ref/prompt','name':'greet'},'argument':{'name':'mood','value':'glad'},"
                                + "'context':{'arguments':{'name':'Zoe'}}}")
                .at("/result/completion");
        assertThat(prompt.get("values").toString()).isEqualTo("[\"glad!\",\"Zoe\"]");
        assertThat(prompt.get("hasMore").asBoolean()).isFalse();

        JsonNode many = peer(era)
                .ask(
                        "completion/complete",
                        "{'ref':{'type':'ref/resource','uri':'test://things/{id}/data'},'argument':{'name':'id','value':'1'}}")
                .at("/result/completion");
        assertThat(many.get("values").size()).isEqualTo(100);
        assertThat(many.get("total").asInt()).isEqualTo(150);
        assertThat(many.get("hasMore").asBoolean()).isTrue();
    }

    @Test
    void proposesNothingForWhatHasNoProposals() {
        JsonNode answer = peer(Era.MODERN)
                .ask(
                        "completion/complete",
                        "{'ref':{'type':'ref/prompt','name':'greet'},'argument':{'name':'canary-7f3a9c','value':''}}");

        assertThat(answer.at("/result/completion/values").size()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'ref':{'type':'ref/prompt','name':'greet'}}",
                "{'ref':{'type':'ref/prompt','name':'greet'},'argument':{'name':'mood'}}",
                "{'ref':{'type':'ref/prompt','name':'canary-7f3a9c'},'argument':{'name':'mood','value':''}}",
                "{'ref':{'type':'ref/resource','uri':'canary-7f3a9c'},'argument':{'name':'id','value':''}}",
                "{'ref':{'type':'canary-7f3a9c'},'argument':{'name':'id','value':''}}",
                "{'ref':'canary-7f3a9c','argument':{'name':'id','value':''}}",
                "{'ref':{'type':'ref/prompt','name':'greet'},'argument':{'name':'mood','value':''},'context':{'arguments':{'a':5}}}",
                "{'ref':{'type':'ref/prompt','name':'greet'},'argument':{'name':'mood','value':''},'context':{'arguments':[]}}"
            })
    void refusesACompletionOfNothing(String params) {
        for (Era era : Era.values()) {
            JsonNode answer = peer(era).ask("completion/complete", params);

            assertThat(answer.at("/error/code").asInt()).isEqualTo(-32602);
            assertThat(answer.toString()).doesNotContain(Wire.CANARY);
        }
    }

    private Peer peer(Era era) {
        return new Peer(things.server(), era, Peer.NOTHING);
    }
}
