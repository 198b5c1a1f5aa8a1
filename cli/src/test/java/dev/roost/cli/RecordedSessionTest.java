package dev.roost.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.cli.RecordedCalls.Row;
import dev.roost.simulator.Simulator;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * Plays the recorded session of mcp-twitter-noauth through {@code roost mcp}, as its clients speak (2024-11-05) and as newer ones
 * do. What its newer SDK answers before the tool is called, ours answers too: see {@link Violations}.
 */
@Timeout(60)
final class RecordedSessionTest {
    private static final List<String> REVISIONS = List.of("2024-11-05", "2025-11-25");

    @TempDir
    private Path data;

    static Stream<Arguments> rows() {
        return RecordedCalls.rows().stream()
                .flatMap(row -> REVISIONS.stream().map(revision -> Arguments.of(revision, row)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("rows")
    void answersAsRecorded(String revision, Row row) {
        try (Simulator x = Simulator.start()) {
            Map<String, String> names = RecordedCalls.prepare(x, row);
            try (StdioAgent agent = StdioAgent.inside(environment(x))) {
                agent.initialize(revision, "{}");
                int id = agent.ask("tools/call", StdioAgent.tool(row.tool(), RecordedCalls.arguments(row, names)));
                JsonNode result = agent.answer(id).path("result");
                String text = Violations.of(row).orElse(row.text());
                assertThat(result.path("content")).as(result.toString()).hasSize(1);
                assertThat(result.at("/content/0/type").asString()).isEqualTo("text");
                assertThat(result.at("/content/0/text").asString()).matches(RecordedCalls.expected(text, names));
                assertThat(result.path("isError").asBoolean(false))
                        .isEqualTo(row.isError() || Violations.of(row).isPresent());
                assertThat(result.propertyNames()).containsExactly("content", "isError");
                assertThat(agent.end()).isZero();
                assertThat(data).isEmptyDirectory();
            }
        }
    }

    @Test
    void breaksTheSchemaWhereItIsSaid() {
        assertThat(RecordedCalls.rows().stream()
                        .filter(row -> Violations.of(row).isPresent()))
                .hasSize(Violations.count());
    }

    private Map<String, String> environment(Simulator x) {
        return Map.of("ROOST_X_API_URL", x.uri().toString(), "ROOST_DATA", data.toString());
    }

    @Test
    void greetsAndListsTheToolsAsTheOriginalDid() {
        try (Simulator x = Simulator.start();
                StdioAgent agent = StdioAgent.inside(environment(x))) {
            JsonNode welcome = agent.initialize("2024-11-05", "{}");
            assertThat(welcome.path("protocolVersion").asString()).isEqualTo("2024-11-05");
            JsonNode tools =
                    agent.answer(agent.ask("tools/list", StdioAgent.json("{}"))).at("/result/tools");
            JsonNode recorded = RecordedCalls.tools();
            assertThat(tools).hasSize(recorded.size());
            for (int i = 0; i < recorded.size(); i++) {
                JsonNode original = recorded.path(i);
                assertThat(tools.path(i).path("name")).isEqualTo(original.path("name"));
                assertThat(tools.path(i).path("inputSchema").toString())
                        .isEqualTo(original.path("inputSchema").toString());
                assertThat(tools.path(i).path("description").asString())
                        .startsWith(original.path("description").asString() + ".");
            }
        }
    }

    /** The original answered "Unknown tool: …" as a text; the protocol has an error for that now. */
    @Test
    void aToolThatIsNotThereIsAnErrorOfTheProtocol() {
        try (Simulator x = Simulator.start();
                StdioAgent agent = StdioAgent.inside(environment(x))) {
            agent.initialize("2024-11-05", "{}");
            JsonNode answer = agent.answer(agent.askTool("no_such_tool", "{'twitter_access_token':'t'}"));
            assertThat(answer.at("/error/code").asInt()).isEqualTo(-32602);
            assertThat(answer.at("/error/message").asString()).startsWith("there is no tool of this name");
        }
    }

    /** The original had an empty list, and knew the method; so do clients that ask without looking at the capabilities. */
    @Test
    void otherMethodsAnswerAsTheOriginalDid() {
        try (Simulator x = Simulator.start();
                StdioAgent agent = StdioAgent.inside(environment(x))) {
            agent.initialize("2024-11-05", "{}");
            assertThat(agent.answer(agent.ask("ping", StdioAgent.json("{}"))).path("result"))
                    .isEmpty();
            assertThat(agent.answer(agent.ask("resources/list", StdioAgent.json("{}")))
                            .at("/result/resources")
                            .isArray())
                    .isTrue();
            assertThat(agent.answer(agent.ask("no/such", StdioAgent.json("{}")))
                            .at("/error/code")
                            .asInt())
                    .isEqualTo(-32601);
        }
    }
}
