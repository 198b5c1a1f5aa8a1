package dev.roost.server.mcp.stateless;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.mcp.catalog.Tool;
import dev.roost.mcp.catalog.ToolResult;
import dev.roost.server.mcp.stateless.Recorded.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Plays the recorded session of mcp-twitter-noauth against the tools and a simulated X. */
@Timeout(60)
final class RecordedSessionTest {
    @ParameterizedTest
    @MethodSource("dev.roost.server.mcp.stateless.Recorded#rows")
    void answersAsRecorded(Row row) {
        try (Stage stage = new Stage()) {
            Map<String, String> names = Recorded.prepare(stage, row);
            ToolResult result = stage.call(row.tool(), Recorded.arguments(row, names));
            assertThat(Stage.text(result)).matches(Recorded.expected(row, names));
            assertThat(result.isError()).as("isError").isEqualTo(row.isError());
            assertThat(result.content()).hasSize(1);
            assertThat(result.structured()).isEmpty();
        }
    }

    /** A program that reads the original's JSON finds the same members in the same order; failures of X have details too. */
    @ParameterizedTest
    @MethodSource("dev.roost.server.mcp.stateless.Recorded#rows")
    void keepsTheMembersOfTheOriginal(Row row) {
        if (row.original().isEmpty()) {
            return;
        }
        List<String> expected = new ArrayList<>(names(row.original()));
        if (expected.getFirst().equals("error") && !expected.contains("details")) {
            expected.add(1, "details");
        }
        assertThat(names(row.text())).isEqualTo(expected);
    }

    @Test
    void listsTheToolsOfTheOriginal() {
        try (Stage stage = new Stage()) {
            JsonNode recorded = Recorded.tools();
            assertThat(stage.tools()).hasSize(recorded.size());
            for (int i = 0; i < recorded.size(); i++) {
                Tool tool = stage.tools().get(i);
                assertThat(tool.name()).isEqualTo(recorded.path(i).path("name").stringValue());
                assertThat(tool.description())
                        .startsWith(recorded.path(i).path("description").stringValue() + ".");
                assertThat(tool.input().toString())
                        .isEqualTo(recorded.path(i).path("inputSchema").toString());
                assertThat(tool.output()).isEmpty();
            }
        }
    }

    private static List<String> names(String json) {
        return List.copyOf(JsonMapper.shared()
                .readTree(json.replaceAll("\\{[a-z-]+}", "0"))
                .propertyNames());
    }
}
