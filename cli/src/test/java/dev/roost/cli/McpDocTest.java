package dev.roost.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.server.mcp.accounts.Family;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What docs/mcp.md shows is what happens, and its tables leave nothing out. */
final class McpDocTest {
    private static final Path DOCUMENT = Path.of("../docs/mcp.md");
    private static final Pattern TOOL = Pattern.compile("`(twitter_[a-z_]+|[a-z]+[A-Z][A-Za-z]+)`");
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `(twitter_[a-z_]+)` \\|[^|]+\\| `([a-z]+:[a-z]+)` \\|[^|]+\\|$");
    private static final Map<String, String> APP = Map.of("TWITTER_CLIENT_ID", "shop");
    private static final Map<String, String> SAMPLES = Map.of(
            "account", "@ada",
            "username", "ada",
            "text", "hello",
            "query", "hello",
            "tweet_id", "1900000000000000001",
            "data", "AAAA",
            "media_type", "image/png");

    @TempDir
    private Path data;

    @Test
    void everyCommandAnswersAsShown() throws IOException {
        try (TestTerminal terminal = new TestTerminal(data)) {
            terminal.serveAsTold(terminal.simulate());
            terminal.connect("1001");
            Transcript.of(DOCUMENT).forEach(new DocumentPlayer(terminal)::play);
        }
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void theToolsOfAFamilyAreThoseOfItsSection(Family family) throws IOException {
        String document = Files.readString(DOCUMENT);
        String heading = "### Family `" + family.text() + "`\n";
        assertThat(document).contains(heading);
        String section =
                document.substring(document.indexOf(heading) + heading.length()).replaceFirst("(?s)\n##.*", "");
        JsonNode list = new StdioClient(data)
                .ask(APP, List.of("mcp", "--tools", family.text()), "tools/list")
                .path("tools/list");
        assertThat(new TreeSet<>(TOOL.matcher(section)
                        .results()
                        .map(found -> found.group(1))
                        .toList()))
                .isEqualTo(new TreeSet<>(list.path("tools")
                        .valueStream()
                        .map(tool -> tool.path("name").asString())
                        .toList()));
    }

    @Test
    void resourcesAndPromptsAreDocumented() throws IOException {
        String document = Files.readString(DOCUMENT);
        JsonNode lists = new StdioClient(data)
                .ask(APP, List.of("mcp"), "resources/list", "resources/templates/list", "prompts/list");
        assertThat(names(lists, "resources/list", "resources", "uri"))
                .hasSize(2)
                .allSatisfy(uri -> assertThat(document).contains("| `" + uri + "` |"));
        assertThat(names(lists, "resources/templates/list", "resourceTemplates", "uriTemplate"))
                .hasSize(2)
                .allSatisfy(uri -> assertThat(document).contains("| `" + uri + "` |"));
        assertThat(names(lists, "prompts/list", "prompts", "name"))
                .hasSize(2)
                .allSatisfy(name -> assertThat(document).contains("| `" + name + "` |"));
    }

    @Test
    void aCallByAccountNeedsTheScopeOfItsRow() throws IOException {
        List<MatchResult> rows =
                ROW.matcher(Files.readString(DOCUMENT)).results().toList();
        assertThat(rows).hasSize(18);
        try (TestTerminal terminal = new TestTerminal(data)) {
            terminal.set("ROOST_MCP_TOOLS", "all");
            terminal.serve();
            String key = terminal.run("api-key", "create", "--name", "none", "--scope", "token:read")
                    .out()
                    .strip();
            JsonNode tools = JsonMapper.shared()
                    .readTree(send(terminal, key, "tools/list", "", request("tools/list"))
                            .body())
                    .at("/result/tools");
            for (MatchResult row : rows) {
                HttpResponse<String> refused =
                        send(terminal, key, "tools/call", row.group(1), call(row.group(1), tools));
                assertThat(refused.statusCode()).as(refused.body()).isEqualTo(403);
                assertThat(refused.headers().firstValue("WWW-Authenticate").orElse(""))
                        .as(row.group(1))
                        .isEqualTo("Bearer error=\"insufficient_scope\", scope=\"" + row.group(2) + "\"");
            }
        }
    }

    private static List<String> names(JsonNode lists, String method, String member, String name) {
        return lists.path(method)
                .path(member)
                .valueStream()
                .map(one -> one.path(name).asString())
                .toList();
    }

    private static ObjectNode request(String method) {
        ObjectNode request = JsonMapper.shared()
                .createObjectNode()
                .put("jsonrpc", "2.0")
                .put("id", 1)
                .put("method", method);
        ObjectNode meta = request.putObject("params").putObject("_meta");
        meta.put("io.modelcontextprotocol/protocolVersion", "2026-07-28");
        meta.putObject("io.modelcontextprotocol/clientCapabilities");
        return request;
    }

    private static ObjectNode call(String name, JsonNode tools) {
        JsonNode schema = tools.valueStream()
                .filter(tool -> tool.path("name").asString().equals(name))
                .findFirst()
                .orElseThrow()
                .path("inputSchema");
        ObjectNode request = request("tools/call");
        ObjectNode arguments =
                ((ObjectNode) request.path("params")).put("name", name).putObject("arguments");
        schema.path("properties").propertyNames().stream()
                .filter(SAMPLES::containsKey)
                .forEach(property -> arguments.put(property, SAMPLES.get(property)));
        return request;
    }

    private static HttpResponse<String> send(
            TestTerminal terminal, String key, String method, String name, ObjectNode body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(terminal.address("/mcp"))
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .header("MCP-Protocol-Version", "2026-07-28")
                .header("Mcp-Method", method);
        if (!name.isEmpty()) {
            request.header("Mcp-Name", name);
        }
        return TestPerson.send(request.POST(BodyPublishers.ofString(body.toString())));
    }
}
