package dev.roost.proof.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.proof.mcp.Conformance.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The official conformance suite passes every scenario that a revision scores. Those it only runs are written, with their
 * results, to {@code target/mcp-conformance/REVISION.txt}; {@code docs/mcp.md} repeats them.
 */
final class ConformanceTest {
    @BeforeAll
    static void needsTheTools() {
        NpmTools.node();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2025-11-25", "2026-07-28"})
    void everyScoredScenarioPasses(String revision) throws IOException {
        try (McpUnderTest server = McpUnderTest.overHttp()) {
            Conformance run = Conformance.run(server.url(), revision);
            run.writeReport();
            List<String> scored = Conformance.scored(revision);
            assertThat(run.results().stream().filter(Result::scored).map(Result::scenario))
                    .as(run.output())
                    .containsExactlyInAnyOrderElementsOf(scored);
            assertThat(run.results())
                    .as(run.output())
                    .filteredOn(Result::scored)
                    .allSatisfy(result -> assertThat(result.complaints()).isEmpty())
                    .allSatisfy(result -> assertThat(result.passed()).isPositive());
            assertThat(run.exit()).as(run.output()).isZero();
            assertThat(documented(revision)).containsExactlyElementsOf(run.unscored());
        }
    }

    /** The rows of the document's table of scenarios that are not scored. */
    private static List<String> documented(String revision) throws IOException {
        return Files.readAllLines(Path.of("../docs/mcp.md")).stream()
                .filter(line -> line.startsWith("| " + revision + " | `"))
                .toList();
    }
}
