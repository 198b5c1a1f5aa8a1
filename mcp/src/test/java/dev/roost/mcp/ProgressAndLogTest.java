package dev.roost.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

final class ProgressAndLogTest {
    private final Things things = new Things();

    @ParameterizedTest
    @EnumSource(Era.class)
    void tellsProgressThatGrowsAndNothingElse(Era era) {
        Peer.Running call = begin(era, "counts", "{'progressToken':'t1'}");
        call.answer();

        assertThat(call.told()).extracting(one -> one.path("method").asString()).containsOnly("notifications/progress");
        assertThat(call.told())
                .extracting(one -> one.at("/params/progress").asDouble())
                .containsExactly(1.0, 2.0, 3.0);
        assertThat(call.told()).allSatisfy(one -> {
            assertThat(one.at("/params/progressToken").asString()).isEqualTo("t1");
            assertThat(one.at("/params/total").asDouble()).isEqualTo(3.0);
            assertThat(one.at("/params/message").asString()).startsWith("at ");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'progressToken':null}",
                "{'progressToken':1.5}",
                "{'progressToken':{}}",
                "{'progressToken':true}"
            })
    void tellsNoProgressWithoutAToken(String meta) {
        for (Era era : Era.values()) {
            Peer.Running call = begin(era, "counts", meta);
            call.answer();

            assertThat(call.told()).isEmpty();
        }
    }

    @Test
    void givesANumberAsTokenBackAsANumber() {
        Peer.Running call = begin(Era.MODERN, "counts", "{'progressToken':12345678901234567890}");
        call.answer();

        assertThat(call.next().at("/params/progressToken").toString()).isEqualTo("12345678901234567890");
    }

    @Test
    void logsToASessionFromInfoUntilItSaysOtherwise() {
        Peer peer = new Peer(things.server(), Era.LEGACY, Peer.NOTHING);
        assertThat(levels(peer)).startsWith("info").hasSize(7);

        peer.ask("logging/setLevel", "{'level':'error'}");
        assertThat(levels(peer)).containsExactly("error", "critical", "alert", "emergency");

        peer.ask("logging/setLevel", "{'level':'debug'}");
        assertThat(levels(peer)).startsWith("debug").hasSize(8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'level':5}", "{'level':'INFO'}", "{'level':'canary-7f3a9c'}"})
    void refusesALevelThatIsNone(String params) {
        JsonNode answer = new Peer(things.server(), Era.LEGACY, Peer.NOTHING).ask("logging/setLevel", params);

        assertThat(answer.at("/error/code").asInt()).isEqualTo(-32602);
        assertThat(answer.at("/error/message").asString()).contains("level").doesNotContain(Wire.CANARY);
    }

    @Test
    void logsToAModernRequestOnlyWhatItAskedFor() {
        Peer peer = new Peer(things.server(), Era.MODERN, Peer.NOTHING);
        assertThat(levels(peer)).isEmpty();
        ObjectNode params = Wire.call("logs", "{}");
        params.withObject("_meta").put("io.modelcontextprotocol/logLevel", "alert");
        Peer.Running call = peer.begin("tools/call", params);
        call.answer();

        assertThat(levels(call)).containsExactly("alert", "emergency");
        assertThat(call.next().at("/params/data/said").asBoolean()).isTrue();
    }

    private static List<String> levels(Peer peer) {
        Peer.Running call = peer.begin("tools/call", Wire.call("logs", "{}"));
        call.answer();
        return levels(call);
    }

    private static List<String> levels(Peer.Running call) {
        return call.told().stream()
                .map(one -> one.at("/params/level").asString())
                .toList();
    }

    private Peer.Running begin(Era era, String tool, String meta) {
        ObjectNode params = Wire.call(tool, "{}");
        params.set("_meta", Wire.object(meta));
        return new Peer(things.server(), era, Peer.NOTHING).begin("tools/call", params);
    }
}
