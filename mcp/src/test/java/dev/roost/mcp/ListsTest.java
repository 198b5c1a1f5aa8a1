package dev.roost.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.mcp.catalog.Catalog;
import dev.roost.mcp.catalog.Changes;
import dev.roost.mcp.catalog.ServerInfo;
import dev.roost.mcp.protocol.McpServer;
import dev.roost.mcp.protocol.StateSeal;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

final class ListsTest {
    private final Things things = new Things();

    @ParameterizedTest
    @EnumSource(Era.class)
    void listsEverythingInTheOrderOfTheCatalog(Era era) {
        Peer peer = new Peer(things.server(), era, Peer.NOTHING);

        assertThat(names(peer.ask("tools/list", "{}"), "tools"))
                .startsWith("echo", "region", "lies", "mute")
                .hasSize(22);
        assertThat(names(peer.ask("resources/list", "{}"), "resources")).containsExactly("r1", "r2", "r3");
        assertThat(names(peer.ask("resources/templates/list", "{}"), "resourceTemplates"))
                .containsExactly("thing");
        assertThat(names(peer.ask("prompts/list", "{}"), "prompts")).containsExactly("greet");
    }

    @ParameterizedTest
    @EnumSource(Era.class)
    void saysHowLongAListHoldsOnlyInTheModernEra(Era era) {
        Peer peer = new Peer(things.server(), era, Peer.NOTHING);
        for (String method : List.of("tools/list", "resources/list", "resources/templates/list", "prompts/list")) {
            JsonNode result = peer.ask(method, "{}").get("result");
            assertThat(result.has("ttlMs")).isEqualTo(era == Era.MODERN);
            assertThat(result.has("cacheScope")).isEqualTo(era == Era.MODERN);
            assertThat(result.path("resultType").asString("")).isEqualTo(era == Era.MODERN ? "complete" : "");
        }
    }

    @ParameterizedTest
    @EnumSource(Era.class)
    void goesThroughAllPages(Era era) {
        Peer peer = new Peer(things.server(2), era, Peer.NOTHING);
        List<String> all = new ArrayList<>();
        Optional<String> cursor = Optional.of("");
        while (cursor.isPresent()) {
            ObjectNode params = Wire.object("{}");
            cursor.filter(text -> !text.isEmpty()).ifPresent(text -> params.put("cursor", text));
            JsonNode answer = peer.ask("tools/list", params);
            List<String> page = names(answer, "tools");
            assertThat(page).hasSizeBetween(1, 2);
            all.addAll(page);
            cursor = Optional.ofNullable(answer.at("/result").get("nextCursor")).map(JsonNode::stringValue);
        }
        assertThat(all).hasSize(22).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource(Era.class)
    void refusesACursorThatIsNone(Era era) {
        Peer peer = new Peer(things.server(2), era, Peer.NOTHING);
        for (String cursor : List.of(
                "'" + Wire.CANARY + "'",
                "5",
                "{}",
                "[]",
                "true",
                "''",
                "'" + coded("from:999999") + "'",
                "'" + coded("from:-1") + "'",
                "'" + coded("from:9999999") + "'",
                "'" + coded("from:") + "'")) {
            JsonNode answer = peer.ask("tools/list", "{'cursor':" + cursor + "}");
            assertThat(answer.at("/error/code").asInt()).as(cursor).isEqualTo(-32602);
            assertThat(answer.toString()).contains("leave it out to begin").doesNotContain(Wire.CANARY);
        }
        assertThat(peer.ask("tools/list", "{'cursor':null}").has("result")).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Era.class)
    void offersNothingThatItDoesNotHave(Era era) {
        ServerInfo info = new ServerInfo("none", "None", "1", "", Optional.empty(), List.of(), "");
        Catalog empty = new Catalog(info, List.of(), List.of(), List.of(), List.of(), new Changes());
        try (McpServer server =
                new McpServer(empty, StateSeal.ofThisProcess(SecureRandom::new, InstantSource.system()))) {
            Peer peer = new Peer(server, era, Peer.NOTHING);
            for (String method : List.of(
                    "tools/list",
                    "tools/call",
                    "prompts/list",
                    "prompts/get",
                    "resources/list",
                    "resources/read",
                    "resources/templates/list")) {
                assertThat(peer.ask(method, "{}").at("/error/code").asInt())
                        .as(method)
                        .isEqualTo(-32601);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Era.class)
    void promisesOlderClientsOnlyObjectsAsStructuredResults(Era era) {
        JsonNode all = new Peer(things.server(), era, Peer.NOTHING)
                .ask("tools/list", "{}")
                .at("/result/tools");
        boolean promised = all.valueStream()
                .filter(tool -> tool.path("name").asString().equals("list"))
                .anyMatch(tool -> tool.has("outputSchema"));

        assertThat(promised).isEqualTo(era == Era.MODERN);
    }

    private static String coded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> names(JsonNode answer, String member) {
        return answer.at("/result/" + member)
                .valueStream()
                .map(one -> one.path("name").asString())
                .toList();
    }
}
