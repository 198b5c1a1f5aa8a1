package dev.roost.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.mcp.protocol.Answer;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

final class ToolCallTest {
    private final Things things = new Things();

    @ParameterizedTest
    @EnumSource(Era.class)
    void givesAStructuredResultAndTheSameAsText(Era era) {
        JsonNode result = call(era, "echo", "{'text':'ab','times':2}").get("result");

        assertThat(result.at("/structuredContent").toString()).isEqualTo("{\"text\":\"abab\"}");
        assertThat(result.at("/content/0/text").asString()).isEqualTo("{\"text\":\"abab\"}");
        assertThat(result.at("/isError").asBoolean()).isFalse();
        assertThat(result.has("resultType")).isEqualTo(era == Era.MODERN);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{}|\"text\" is missing",
                "{'text':7}|\"text\" must be of type string",
                "{'text':{'in':'CANARY'}}|\"text\" must be of type string",
                "{'text':'CANARY CANARY CANARY CANARY CANARY'}|\"text\" must have at most 40 characters",
                "{'text':'a','times':0}|\"times\" must be at least 1",
                "{'text':'a','times':6}|\"times\" must be at most 5",
                "{'text':'a','times':1.5}|\"times\" must be of type integer",
                "{'text':'a','times':1e400}|\"times\" must be",
                "{'text':'a','mood':'CANARY'}|\"mood\" must be one of loud, quiet",
                "{'text':'a','CANARY':1}|a member that is not known; allowed: text, times, mood",
                "{'CANARY':'CANARY'}|\"text\" is missing"
            })
    void saysWhichArgumentBreaksWhichRuleAndNeverItsValue(String arguments, String reason) {
        for (Era era : Era.values()) {
            JsonNode answer = call(era, "echo", arguments.replace("CANARY", Wire.CANARY));

            assertThat(answer.at("/result/isError").asBoolean())
                    .as(answer.toString())
                    .isTrue();
            assertThat(answer.at("/result/content/0/text").asString())
                    .startsWith("Input validation error: ")
                    .contains(reason);
            assertThat(answer.toString()).doesNotContain(Wire.CANARY);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'name':5}",
                "{'name':null}",
                "{'name':'CANARY'}",
                "{'name':'echo','arguments':'CANARY'}",
                "{'name':'echo','arguments':['CANARY']}"
            })
    void refusesACallThatNamesNoToolOrHasNoArguments(String params) {
        for (Era era : Era.values()) {
            JsonNode answer = new Peer(things.server(), era, Peer.NOTHING)
                    .ask("tools/call", params.replace("CANARY", Wire.CANARY));

            assertThat(answer.at("/error/code").asInt()).isEqualTo(-32602);
            assertThat(answer.toString()).doesNotContain(Wire.CANARY);
        }
    }

    @ParameterizedTest
    @CsvSource({"lies, must be of type string", "mute, there is none"})
    void passesNoResultOnThatBreaksItsPromise(String tool, String reason) {
        for (Era era : Era.values()) {
            JsonNode answer = call(era, tool, "{}");

            assertThat(answer.at("/result/isError").asBoolean()).isTrue();
            assertThat(answer.at("/result/content/0/text").asString()).contains("The tool did its work", reason);
            assertThat(answer.at("/result").has("structuredContent")).isFalse();
            assertThat(answer.toString()).doesNotContain(Wire.CANARY);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"throws", "errs"})
    void tellsNothingOfTheInsideWhenAToolFails(String tool) {
        for (Era era : Era.values()) {
            JsonNode answer = call(era, tool, "{}");

            assertThat(answer.at("/result/isError").asBoolean()).isTrue();
            assertThat(answer.at("/result/content/0/text").asString()).contains("fault of the server's own");
            assertThat(answer.toString()).doesNotContain(Wire.CANARY, "Exception", "Error:", "dev.roost", "java.");
        }
    }

    @ParameterizedTest
    @EnumSource(Era.class)
    void passesAProtocolErrorOfAToolOn(Era era) {
        JsonNode answer = call(era, "refuses", "{}");

        assertThat(answer.at("/error/code").asInt()).isEqualTo(-31000);
        assertThat(answer.at("/error/message").asString()).isEqualTo("not today");
        assertThat(answer.at("/error/data/why").asString()).isEqualTo("rain");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2025-11-25", "2026-07-28"})
    void namesTheScopeThatIsMissing(String revision) {
        Peer without = new Peer(things.server(), revision, Peer.NOTHING, Caller.ANN);
        Answer answer =
                without.begin("tools/call", Wire.call("scoped", "{}")).await().orElseThrow();
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.missingScope()).contains("posts:write");
        assertThat(answer.message().at("/error/message").asString()).contains("needs the scope posts:write");

        Caller writer = new Caller("eve", Set.of("posts:write"));
        assertThat(new Peer(things.server(), revision, Peer.NOTHING, writer)
                        .call("scoped", "{}")
                        .has("result"))
                .isTrue();
    }

    @Test
    void givesOlderClientsOnlyTheContentThatTheyKnow() {
        assertThat(types("2024-11-05")).isEqualTo("text text");
        assertThat(types("2025-03-26")).isEqualTo("audio text");
        assertThat(types("2025-06-18")).isEqualTo("audio resource_link");
        assertThat(types("2026-07-28")).isEqualTo("audio resource_link");
    }

    @ParameterizedTest
    @EnumSource(Era.class)
    void givesOlderClientsOnlyObjectsAsStructuredResults(Era era) {
        JsonNode answer = call(era, "list", "{}");

        assertThat(answer.at("/result").has("structuredContent")).isEqualTo(era == Era.MODERN);
        assertThat(answer.at("/result/content/0/text").asString()).isEqualTo("[\"a\",\"b\"]");
        assertThat(answer.at("/result/isError").asBoolean()).isFalse();
    }

    private String types(String revision) {
        JsonNode content = new Peer(things.server(), revision, Peer.NOTHING, Caller.ANN)
                .call("sounds", "{}")
                .at("/result/content");
        return content.at("/0/type").asString() + " " + content.at("/1/type").asString();
    }

    private JsonNode call(Era era, String tool, String arguments) {
        return new Peer(things.server(), era, Peer.NOTHING).call(tool, arguments);
    }
}
