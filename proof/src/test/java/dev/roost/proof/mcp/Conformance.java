package dev.roost.proof.mcp;

import dev.roost.proof.mcp.NpmTools.Outcome;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** One run of the official conformance suite against a server, at the requirements of one revision. */
record Conformance(String revision, int exit, String output, List<Result> results) {
    private static final Path REPORTS = Path.of("target", "mcp-conformance");
    private static final String PACKAGE = "@modelcontextprotocol/conformance";
    private static final Pattern FOLDER = Pattern.compile("server-(.+)-\\d{4}-\\d\\d-\\d\\dT[\\d-]+Z");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What one scenario found: the checks that passed, and each that failed or warned, in the suite's words. */
    record Result(String scenario, boolean scored, int passed, List<String> complaints) {
        String verdict() {
            if (!complaints.isEmpty()) {
                return "fails";
            }
            return passed == 0 ? "says nothing" : "passes";
        }

        String row(String revision) {
            String figures =
                    passed == 0 && complaints.isEmpty() ? "" : ": " + passed + " passed, " + complaints.size() + " not";
            return "| " + revision + " | `" + scenario + "` | " + verdict() + figures + " |";
        }
    }

    /** Runs all scenarios of the revision. */
    static Conformance run(URI server, String revision) throws IOException {
        Path folder = REPORTS.resolve(revision);
        delete(folder);
        Files.createDirectories(folder);
        Outcome outcome = NpmTools.run(
                "node_modules/" + PACKAGE + "/dist/index.js",
                List.of("server", "--url", server.toString(), "--requirements", revision, "-o", folder.toString()));
        return new Conformance(revision, outcome.exit(), outcome.everything(), results(folder, scored(revision)));
    }

    /** The scenarios that count at a revision, as the suite's own frozen list names them. */
    static List<String> scored(String revision) throws IOException {
        Path requirements = NpmTools.file(PACKAGE + "/requirements/" + revision + ".yaml");
        return Files.readAllLines(requirements).stream()
                .dropWhile(line -> !line.equals("server:"))
                .skip(1)
                .takeWhile(line -> line.startsWith("  - "))
                .map(line -> line.substring("  - ".length()).strip())
                .toList();
    }

    /** Writes a line for each scenario, the scored ones first, with the complaints below it. */
    void writeReport() throws IOException {
        List<String> lines = new ArrayList<>();
        results.stream().filter(Result::scored).forEach(result -> describe("scored", result, lines));
        results.stream().filter(result -> !result.scored()).forEach(result -> describe("unscored", result, lines));
        Files.write(REPORTS.resolve(revision + ".txt"), lines);
    }

    /** The scenarios that do not count, as rows of a table. */
    List<String> unscored() {
        return results.stream()
                .filter(result -> !result.scored())
                .map(result -> result.row(revision))
                .toList();
    }

    private static void describe(String kind, Result result, List<String> lines) {
        lines.add("%s %s %s: %d checks passed".formatted(kind, result.scenario(), result.verdict(), result.passed()));
        result.complaints().forEach(complaint -> lines.add("    " + complaint));
    }

    private static List<Result> results(Path folder, List<String> scored) throws IOException {
        try (Stream<Path> scenarios = Files.list(folder)) {
            List<Result> results = new ArrayList<>();
            for (Path scenario : scenarios.sorted().toList()) {
                Matcher name = FOLDER.matcher(scenario.getFileName().toString());
                Path checked = scenario.resolve("checks.json");
                if (name.matches() && Files.exists(checked)) {
                    JsonNode checks = JSON.readTree(Files.readString(checked));
                    results.add(result(name.group(1), scored.contains(name.group(1)), checks));
                }
            }
            return List.copyOf(results);
        }
    }

    private static Result result(String scenario, boolean scored, JsonNode checks) {
        int passed = 0;
        List<String> complaints = new ArrayList<>();
        for (JsonNode check : checks) {
            switch (check.at("/status").asString()) {
                case "SUCCESS" -> passed++;
                case "FAILURE", "WARNING" ->
                    complaints.add(check.at("/id").asString() + ": "
                            + check.at("/errorMessage").asString(""));
                default -> {
                    // INFO and SKIPPED say nothing about the server.
                }
            }
        }
        return new Result(scenario, scored, passed, List.copyOf(complaints));
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> paths = Files.walk(folder)) {
                for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
