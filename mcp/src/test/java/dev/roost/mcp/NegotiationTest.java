package dev.roost.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

final class NegotiationTest {
    private final Things things = new Things();

    @ParameterizedTest
    @CsvSource({
        "2024-11-05, 2024-11-05",
        "2025-03-26, 2025-03-26",
        "2025-06-18, 2025-06-18",
        "2025-11-25, 2025-11-25",
        "2026-07-28, 2025-11-25",
        "2099-01-01, 2025-11-25",
        "nonsense, 2025-11-25"
    })
    void agreesOnTheRevisionThatWasAskedForOrTheNewestWithSessions(String asked, String agreed) throws Exception {
        StdioPeer peer = new StdioPeer(things.server());
        JsonNode welcome = peer.ask(1, "initialize", Wire.initialize(asked, Peer.NOTHING));

        assertThat(welcome.at("/result/protocolVersion").asString()).isEqualTo(agreed);
        assertThat(welcome.at("/result/serverInfo/name").asString()).isEqualTo("things");
        assertThat(welcome.at("/result/instructions").asString()).isEqualTo("Try them.");
        assertThat(welcome.at("/result/capabilities").propertyNames())
                .containsExactly("logging", "tools", "resources", "prompts", "completions");
        peer.finish();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'protocolVersion':5}", "{'protocolVersion':null,'capabilities':[],'clientInfo':7}"})
    void takesAnInitializeWithoutItsParametersForTheNewestWithSessions(String params) throws Exception {
        StdioPeer peer = new StdioPeer(things.server());
        JsonNode welcome = peer.ask(1, "initialize", Wire.object(params));

        assertThat(welcome.at("/result/protocolVersion").asString()).isEqualTo("2025-11-25");
        peer.finish();
    }

    @Test
    void refusesToInitializeASessionTwice() {
        JsonNode answer = new Peer(things.server(), Era.LEGACY, Peer.NOTHING)
                .ask("initialize", Wire.initialize("2025-11-25", Peer.NOTHING));

        assertThat(answer.at("/error/code").asInt()).isEqualTo(-32600);
        assertThat(answer.at("/error/message").asString()).contains("initialized already");
    }

    @Test
    void tellsOfItselfWithoutASession() {
        JsonNode answer = new Peer(things.server(), Era.MODERN, Peer.NOTHING).ask("server/discover", "{}");

        assertThat(answer.at("/result/supportedVersions").toString()).isEqualTo("[\"2026-07-28\"]");
        assertThat(answer.at("/result/resultType").asString()).isEqualTo("complete");
        assertThat(answer.at("/result/ttlMs").asLong()).isPositive();
        assertThat(answer.at("/result/cacheScope").asString()).isEqualTo("public");
        assertThat(answer.at("/result/_meta/io.modelcontextprotocol~1serverInfo/name")
                        .asString())
                .isEqualTo("things");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2025-11-25", "2099-01-01", ""})
    void refusesARevisionThatIsNotSpokenStatelessly(String revision) throws Exception {
        ObjectNode params = Wire.modern(Wire.object("{}"), Peer.NOTHING);
        params.withObject("_meta").put("io.modelcontextprotocol/protocolVersion", revision);
        StdioPeer peer = new StdioPeer(things.server());
        JsonNode answer = peer.ask(1, "tools/list", params);

        assertThat(answer.at("/error/code").asInt()).isEqualTo(-32022);
        assertThat(answer.at("/error/data/supported").toString()).isEqualTo("[\"2026-07-28\"]");
        assertThat(answer.at("/error/data/requested").asString()).isEqualTo(revision);
        peer.finish();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'_meta':{'io.modelcontextprotocol/protocolVersion':'2026-07-28'}}",
                "{'_meta':{'io.modelcontextprotocol/protocolVersion':20260728,'io.modelcontextprotocol/clientCapabilities':{}}}",
                "{'_meta':{'io.modelcontextprotocol/protocolVersion':'2026-07-28','io.modelcontextprotocol/clientCapabilities':true}}"
            })
    void refusesAModernRequestThatDoesNotSayWhatItMust(String params) throws Exception {
        StdioPeer peer = new StdioPeer(things.server());
        JsonNode answer = peer.ask(1, "tools/list", Wire.object(params));

        assertThat(answer.at("/error/code").asInt()).isEqualTo(-32602);
        assertThat(answer.at("/error/message").asString()).contains("params._meta must have io.modelcontextprotocol/");
        peer.finish();
    }

    @ParameterizedTest
    @EnumSource(Era.class)
    void knowsEachMethodOnlyInItsEra(Era era) {
        Peer peer = new Peer(things.server(), era, Peer.NOTHING);
        String[] legacy = {"ping", "logging/setLevel", "resources/subscribe", "resources/unsubscribe"};
        for (String method : legacy) {
            JsonNode answer = peer.ask(method, "{'level':'info','uri':'test://r1'}");
            assertThat(answer.has("result")).as(method).isEqualTo(era == Era.LEGACY);
            assertThat(answer.at("/error/code").asInt(0)).isEqualTo(era == Era.LEGACY ? 0 : -32601);
        }
        assertThat(peer.ask("server/discover", "{}").has("result")).isEqualTo(era == Era.MODERN);
        JsonNode unknown = peer.ask("no/" + Wire.CANARY, "{}");
        assertThat(unknown.at("/error/code").asInt()).isEqualTo(-32601);
        assertThat(unknown.toString()).doesNotContain(Wire.CANARY);
    }
}
