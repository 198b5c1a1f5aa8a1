package dev.roost.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.cli.Transcript.Step;
import dev.roost.core.access.KeyScope;
import dev.roost.x.XProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What docs/http-api.md shows is what happens, and it leaves nothing out. */
final class HttpApiDocTest {
    private static final Path DOCUMENT = Path.of("../docs/http-api.md");
    private static final Path SOURCES = Path.of("../server/src/main/java/dev/roost/server");
    private static final Pattern PROBLEM =
            Pattern.compile("Problem\\s*\\.(lasting|passing)\\(\\s*(\\d{3}),\\s*\"([a-z_]+)\"");
    private static final Pattern NOT_REFRESHED = Pattern.compile("case [A-Z_]+ -> \"([a-z_]+)\";");
    private static final Pattern FAILURE = Pattern.compile("\"([a-z]+(?:_[a-z]+)+)\",\\s*(\\d{3})\\)");
    private static final Pattern SIGN_IN_FAILURE = Pattern.compile("new Failed\\(\\s*\"([a-z_]+)\"");
    private static final Pattern CODE = Pattern.compile("`([a-z_]+)`");

    /** Their codes are in the guide to errors that agents read. */
    private static final String FOR_AGENTS = "/mcp/accounts/";

    /** They answer with pages; docs/dashboard.md has what people need to know. */
    private static final Pattern FOR_PEOPLE = Pattern.compile("/dashboard/|/Dashboard\\.java|/http/Browsers\\.java");

    private static final Row MISSING = new Row("missing", "missing");

    @TempDir
    private Path data;

    /** A row of the document's table of errors. */
    private record Row(String status, String retryable) {}

    @Test
    void everyCommandAnswersAsShown() throws IOException {
        List<Step> steps = Transcript.of(DOCUMENT);
        assertThat(steps).hasSizeGreaterThan(40);
        try (TestTerminal terminal = new TestTerminal(data)) {
            terminal.serveAsTold(terminal.simulate());
            steps.forEach(new DocumentPlayer(terminal)::play);
        }
    }

    @Test
    void everyCodeIsInItsTableWithItsStatus() throws IOException {
        Map<String, Row> rows = rows();
        for (Path source : sources(SOURCES)) {
            find(PROBLEM, source).forEach(found -> {
                Row row = rows.getOrDefault(found.group(3), MISSING);
                assertThat(row.status()).as("status of %s", found.group(3)).contains(found.group(2));
                assertThat(row.retryable())
                        .as("whether %s is retryable", found.group(3))
                        .contains(found.group(1).equals("passing") ? "yes" : "no");
            });
        }
        find(NOT_REFRESHED, SOURCES.resolve("v1/Tokens.java"))
                .forEach(found -> assertThat(rows.get(found.group(1)))
                        .as("row of %s", found.group(1))
                        .matches(row -> row != null
                                && row.status().contains("503")
                                && row.retryable().contains("yes")));
        assertThat(rows)
                .containsKeys(Arrays.stream(XProblem.Kind.values())
                        .map(kind -> "x_" + kind.name().toLowerCase(Locale.ROOT))
                        .toArray(String[]::new));
    }

    @Test
    void everyCodeOfTheToolsAndOfSignInsIsExplained() throws IOException {
        String document = Files.readString(DOCUMENT);
        List<String> codes = new ArrayList<>();
        for (Path source : sources(SOURCES.resolve("guide"))) {
            find(FAILURE, source).forEach(found -> codes.add(found.group(1)));
        }
        assertThat(codes).contains("refresh_token_refused", "tool_not_found");
        find(SIGN_IN_FAILURE, Path.of("../core/src/main/java/dev/roost/core/SignInFailures.java"))
                .forEach(found -> codes.add(found.group(1)));
        Arrays.stream(XProblem.Kind.values())
                .map(kind -> kind.name().toLowerCase(Locale.ROOT))
                .filter(code -> !code.equals("unauthorized"))
                .forEach(codes::add);
        assertThat(codes)
                .hasSizeGreaterThan(30)
                .allSatisfy(code -> assertThat(document).contains("`" + code + "`"));
    }

    @Test
    void everyScopeAndToolIsExplained() throws IOException {
        String document = Files.readString(DOCUMENT);
        for (KeyScope scope : KeyScope.values()) {
            assertThat(document).contains("| `" + scope.text() + "` |");
        }
        try (TestTerminal terminal = new TestTerminal(data)) {
            terminal.serve();
            for (String list : List.of("/mcp/tools", "/mcp/resources")) {
                JsonNode tools = JsonMapper.shared()
                        .readTree(TestPerson.get(terminal.address(list)).body());
                assertThat(tools.size()).isPositive();
                tools.forEach(tool ->
                        assertThat(document).contains("| `" + tool.path("name").asString() + "` |"));
            }
        }
    }

    private static Map<String, Row> rows() throws IOException {
        String document = Files.readString(DOCUMENT);
        Map<String, Row> rows = new HashMap<>();
        document.substring(document.indexOf("\n# Errors\n"))
                .lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.split("\\|", -1))
                .filter(cells -> cells.length == 6)
                .forEach(cells -> CODE.matcher(cells[1])
                        .results()
                        .forEach(code -> rows.put(code.group(1), new Row(cells[2], cells[3]))));
        return rows;
    }

    private static List<Path> sources(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.toString().contains(FOR_AGENTS))
                    .filter(file -> !FOR_PEOPLE.matcher(file.toString()).find())
                    .toList();
        }
    }

    private static List<MatchResult> find(Pattern pattern, Path source) throws IOException {
        return pattern.matcher(Files.readString(source)).results().toList();
    }
}
