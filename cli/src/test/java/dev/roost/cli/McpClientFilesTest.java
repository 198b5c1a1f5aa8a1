package dev.roost.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.cli.TestTerminal.Run;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The configuration of MCP clients that the documents offer for copying works as it stands. */
final class McpClientFilesTest {
    private static final Path DOCUMENT = Path.of("../docs/mcp.md");
    private static final String PLACEHOLDER = "\\$\\{[A-Za-z_:-]+}";
    private static final int BOTH_FAMILIES = 10;

    @TempDir
    private Path data;

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("../docs/mcp"))) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void isQuotedAsItIs(Path file) throws IOException {
        String document = Files.readString(DOCUMENT);
        assertThat(document).contains("```json\n" + Files.readString(file) + "```\n");
        assertThat(document).contains("(mcp/" + file.getFileName() + ")");
    }

    @ParameterizedTest
    @MethodSource("files")
    void asksForItsSecretsAndHoldsNone(Path file) throws IOException {
        JsonNode json = read(file);
        List<String> asked = new ArrayList<>();
        for (JsonNode input : json.path("inputs")) {
            String id = input.path("id").asString();
            asked.add("${input:" + id + "}");
            assertThat(input.path("type").asString()).isEqualTo("promptString");
            assertThat(input.path("password").asBoolean(false)).isEqualTo(id.matches(".*(secret|key)"));
        }
        for (JsonNode server : servers(json)) {
            Stream.concat(
                            server.path("env").valueStream(),
                            server.path("headers").valueStream())
                    .map(value -> value.asString().replaceFirst("^Bearer ", ""))
                    .forEach(value -> {
                        assertThat(value).matches(PLACEHOLDER);
                        assertThat(asked.contains(value)).isEqualTo(value.startsWith("${input:"));
                    });
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void startsOrReachesRoost(Path file) throws IOException {
        int tried = 0;
        for (JsonNode server : servers(read(file))) {
            if (server.has("command")) {
                starts(server);
            } else {
                reaches(server);
            }
            tried++;
        }
        assertThat(tried).isPositive();
    }

    private void starts(JsonNode server) throws IOException {
        assertThat(server.path("type").asString("stdio")).isEqualTo("stdio");
        assertThat(Path.of("..", server.path("command").asString())).isExecutable();
        Map<String, String> environment = new HashMap<>();
        String settings = Files.readString(Path.of("../docs/settings.md"));
        server.path("env").propertyNames().forEach(name -> {
            assertThat(settings).contains("| `" + name + "` |");
            environment.put(name, "from-the-client");
        });
        List<String> arguments =
                server.path("args").valueStream().map(JsonNode::asString).toList();
        JsonNode results = new StdioClient(data).ask(environment, arguments, "tools/list");
        assertThat(results.path(StdioClient.WELCOME).at("/serverInfo/name").asString())
                .isEqualTo("roost");
        assertThat(results.path("tools/list").path("tools").size())
                .isEqualTo(environment.isEmpty() ? 6 : BOTH_FAMILIES);
        assertThat(data.resolve("roost.db")).doesNotExist();
    }

    private void reaches(JsonNode server) {
        assertThat(server.path("type").asString("http")).isIn("http", "streamable-http");
        assertThat(server.path("url").asString()).isEqualTo("http://127.0.0.1:3001/mcp");
        try (TestTerminal terminal = new TestTerminal(data)) {
            terminal.serve();
            Run key = terminal.run("api-key", "create", "--name", "agent", "--scope", "accounts:read");
            HttpRequest.Builder request = HttpRequest.newBuilder(terminal.address("/mcp"))
                    .header("Content-Type", "application/json")
                    .header("Accept", "application/json, text/event-stream");
            server.path("headers")
                    .propertyStream()
                    .forEach(header -> request.header(
                            header.getKey(),
                            header.getValue()
                                    .asString()
                                    .replaceFirst(PLACEHOLDER, key.out().strip())));
            HttpResponse<String> welcome =
                    TestPerson.send(request.copy().POST(BodyPublishers.ofString(StdioClient.INITIALIZE)));
            assertThat(welcome.statusCode()).as(welcome.body()).isEqualTo(200);
            request.header(
                    "Mcp-Session-Id",
                    welcome.headers().firstValue("Mcp-Session-Id").orElse(""));
            HttpResponse<String> list = TestPerson.send(
                    request.POST(BodyPublishers.ofString("{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/list\"}")));
            assertThat(JsonMapper.shared()
                            .readTree(list.body())
                            .at("/result/tools")
                            .size())
                    .as(list.body())
                    .isEqualTo(BOTH_FAMILIES);
        }
    }

    private static JsonNode read(Path file) throws IOException {
        return JsonMapper.shared().readTree(Files.readString(file));
    }

    private static JsonNode servers(JsonNode json) {
        return json.has("servers") ? json.path("servers") : json.path("mcpServers");
    }
}
