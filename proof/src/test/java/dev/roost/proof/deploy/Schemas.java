package dev.roost.proof.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The checker in {@code proof/deploy}, which judges by the schemas of Compose and of Kubernetes. */
final class Schemas {
    private static final String HINT = "Node and npm are needed; .ci/run installs them";

    private Schemas() {}

    /** What it found, and the files as it read them. */
    record Judgement(List<String> problems, List<JsonNode> documents) {}

    static Judgement judge(String kind, Path... files) throws IOException, InterruptedException {
        Tool.Outcome node = Tool.results(Tool.ROOST, HINT, List.of("proof/deploy/tools"));
        assertThat(node.exit()).as(HINT).isZero();
        List<String> command = Stream.concat(
                        Stream.of(node.output().strip(), "check.mjs", kind),
                        Stream.of(files).map(file -> file.toAbsolutePath().toString()))
                .toList();
        Tool.Outcome outcome = Tool.results(Tool.ROOST.resolve("proof/target/deploy-tools"), HINT, command);
        assertThat(outcome.exit()).as(outcome.output()).isZero();
        JsonNode result = JsonMapper.shared().readTree(outcome.output());
        List<String> problems = new ArrayList<>();
        result.path("problems").forEach(problem -> problems.add(problem.asString()));
        List<JsonNode> documents = new ArrayList<>();
        result.path("documents").forEach(documents::add);
        return new Judgement(problems, documents);
    }
}
