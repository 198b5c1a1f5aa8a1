package dev.roost.proof.operations;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** An alert of {@code deploy/prometheus/roost.rules.yml}. */
record AlertRule(String name, String query, Map<String, String> labels, Map<String, String> annotations) {
    static final Path FOLDER = Path.of("../deploy/prometheus");
    static final String FILE = "roost.rules.yml";

    /** Reads all of them. */
    static List<AlertRule> all() {
        return new YAMLMapper()
                .readTree(FOLDER.resolve(FILE).toFile())
                .get("groups")
                .valueStream()
                .flatMap(group -> group.get("rules").valueStream())
                .map(AlertRule::of)
                .toList();
    }

    private static AlertRule of(JsonNode rule) {
        return new AlertRule(
                rule.get("alert").asString(),
                rule.get("expr").asString(),
                words(rule.path("labels")),
                words(rule.path("annotations")));
    }

    private static Map<String, String> words(JsonNode object) {
        return object.propertyStream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().asString()));
    }

    /** Returns the anchor in the runbook; empty if there is none. */
    String anchor() {
        String url = annotations.getOrDefault("runbook_url", "");
        return url.startsWith("docs/runbook.md#") ? url.substring(url.indexOf('#') + 1) : "";
    }
}
