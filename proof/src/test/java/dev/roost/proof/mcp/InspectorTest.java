package dev.roost.proof.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.proof.mcp.NpmTools.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The command line of the official inspector, in both eras and over both transports. */
@SuppressWarnings("NullAway.Init")
final class InspectorTest {
    private static final String LAUNCHER =
            "node_modules/@modelcontextprotocol/inspector/clients/launcher/build/index.js";
    private static final int TOOL_FAILED = 5;
    private static final ObjectMapper JSON = new ObjectMapper();

    private static McpUnderTest server;

    @BeforeAll
    static void start() throws IOException {
        NpmTools.node();
        server = McpUnderTest.overHttp();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @ParameterizedTest(name = "{0}, {1}")
    @CsvSource({"legacy, http", "modern, http", "legacy, stdio", "modern, stdio"})
    void findsNoFaultInTheListedSchemas(String era, String transport) throws IOException {
        JsonNode result = result(ask(era, transport, "--method", "tools/list", "--strict"));
        assertThat(result.at("/tools")
                        .valueStream()
                        .map(tool -> tool.at("/name").asString()))
                .contains("test_simple_text", "test_structured");
    }

    @ParameterizedTest(name = "{0}, {1}")
    @CsvSource({"legacy, http", "modern, http", "legacy, stdio", "modern, stdio"})
    void callsATool(String era, String transport) throws IOException {
        JsonNode result = result(ask(
                era,
                transport,
                "--method",
                "tools/call",
                "--tool-name",
                "test_structured",
                "--tool-args-json",
                "{\"left\":2,\"right\":3}"));
        assertThat(result.at("/structuredContent/sum").asInt()).isEqualTo(5);
        assertThat(JSON.readTree(result.at("/content/0/text").asString())).isEqualTo(result.at("/structuredContent"));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @CsvSource({"legacy, http", "modern, http", "legacy, stdio", "modern, stdio"})
    void readsAResource(String era, String transport) throws IOException {
        JsonNode result = result(ask(era, transport, "--method", "resources/read", "--uri", "test://static-text"));
        assertThat(result.at("/contents/0/text").asString())
                .isEqualTo("This is the content of the static text resource.");
    }

    @ParameterizedTest(name = "{0}, {1}")
    @CsvSource({"legacy, http", "modern, http", "legacy, stdio", "modern, stdio"})
    void getsAPrompt(String era, String transport) throws IOException {
        JsonNode result = result(ask(
                era,
                transport,
                "--method",
                "prompts/get",
                "--prompt-name",
                "test_prompt_with_arguments",
                "--prompt-args",
                "arg1=one",
                "arg2=two"));
        assertThat(result.at("/messages/0/content/text").asString()).contains("'one'", "'two'");
    }

    @ParameterizedTest(name = "{0}, {1}")
    @CsvSource({"legacy, http, test_error_handling", "modern, stdio, test_error_handling", "modern, http, no_such_tool"
    })
    void seesThatAToolFailed(String era, String transport, String tool) throws IOException {
        Outcome outcome = ask(era, transport, "--method", "tools/call", "--tool-name", tool);
        assertThat(outcome.exit()).as(outcome.everything()).isEqualTo(TOOL_FAILED);
    }

    private static JsonNode result(Outcome outcome) {
        assertThat(outcome.exit()).as(outcome.everything()).isZero();
        return JSON.readTree(outcome.output()).at("/result");
    }

    private static Outcome ask(String era, String transport, String... method) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("--cli", "--format", "json", "--protocol-era", era));
        arguments.addAll(List.of(method));
        if (transport.equals("http")) {
            arguments.addAll(
                    List.of("--transport", "http", "--server-url", server.url().toString()));
        } else {
            arguments.add("--");
            arguments.addAll(McpUnderTest.overStdio());
        }
        return NpmTools.run(LAUNCHER, arguments);
    }
}
