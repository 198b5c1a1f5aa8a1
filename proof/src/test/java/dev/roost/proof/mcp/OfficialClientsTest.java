package dev.roost.proof.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.proof.mcp.NpmTools.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The official JavaScript clients of both eras list, call, read, cancel and elicit, over HTTP and over stdio. */
final class OfficialClientsTest {
    @BeforeAll
    static void needsTheTools() {
        NpmTools.node();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"client-legacy.mjs, 31", "client-modern.mjs, 32"})
    void worksOverHttp(String client, int steps) throws IOException {
        try (McpUnderTest server = McpUnderTest.overHttp()) {
            judge(client, steps, List.of("--url", server.url().toString()));
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"client-legacy.mjs, 30", "client-modern.mjs, 32"})
    void worksOverStdio(String client, int steps) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("--command"));
        arguments.addAll(McpUnderTest.overStdio());
        judge(client, steps, arguments);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"client-legacy.mjs", "client-modern.mjs"})
    void failsWhereNothingAnswers(String client) throws IOException {
        Outcome outcome = NpmTools.run(client, List.of("--url", "http://localhost:9/mcp"));
        assertThat(outcome.exit()).as(outcome.everything()).isEqualTo(1);
        assertThat(outcome.output()).contains("\"ok\":false");
    }

    private static void judge(String client, int steps, List<String> arguments) throws IOException {
        Outcome outcome = NpmTools.run(client, arguments);
        List<String> lines = outcome.output().lines().toList();
        assertThat(lines)
                .as(outcome.everything())
                .hasSize(steps)
                .allSatisfy(line -> assertThat(line).contains("\"ok\":true"));
        assertThat(outcome.exit()).as(outcome.everything()).isZero();
    }
}
