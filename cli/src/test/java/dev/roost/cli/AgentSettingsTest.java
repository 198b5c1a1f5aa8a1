package dev.roost.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code roost serve} makes of an authorization server in its settings. It is not asked until a token comes. */
final class AgentSettingsTest {
    @TempDir
    private Path data;

    @Test
    void serverShowsItsMetadataAndIsNoLongerLocal() {
        try (TestTerminal terminal = new TestTerminal(data)) {
            terminal.set("ROOST_MCP_ISSUER", "https://login.example.com");
            terminal.set("ROOST_MCP_RESOURCE", "https://roost.example.com/mcp");
            terminal.serve();
            HttpResponse<String> metadata =
                    TestPerson.get(terminal.address("/.well-known/oauth-protected-resource/mcp"));
            assertThat(metadata.statusCode()).isEqualTo(200);
            assertThat(metadata.body())
                    .contains("\"resource\":\"https://roost.example.com/mcp\"")
                    .contains("\"authorization_servers\":[\"https://login.example.com\"]");
            assertThat(TestPerson.get(terminal.address("/mcp/tools")).statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void serverStaysLocalWithAResourceOfThisMachine() {
        try (TestTerminal terminal = new TestTerminal(data)) {
            terminal.set("ROOST_MCP_ISSUER", "http://localhost:9000");
            terminal.set("ROOST_MCP_RESOURCE", "http://localhost:3001/mcp");
            terminal.serve();
            assertThat(TestPerson.get(terminal.address("/mcp/tools")).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void serverDoesNotStartWithHalfOfIt() {
        try (TestTerminal terminal = new TestTerminal(data)) {
            terminal.set("ROOST_MCP_ISSUER", "https://login.example.com");
            TestTerminal.Run run = terminal.run("serve");
            assertThat(run.exit()).isEqualTo(2);
            assertThat(run.err()).contains("ROOST_MCP_RESOURCE is not set").contains("set both, or neither");
        }
    }
}
