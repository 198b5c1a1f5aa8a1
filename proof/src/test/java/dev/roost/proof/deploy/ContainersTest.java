package dev.roost.proof.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.cli.settings.Setting;
import dev.roost.proof.serving.ServedRoost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Container image, Compose and Kubernetes: by their schemas, and by what Roost really knows. */
final class ContainersTest {
    private static final Path COMPOSE = Tool.DEPLOY.resolve("compose.yaml");
    private static final Path MANIFESTS = Tool.DEPLOY.resolve("kubernetes/roost.yaml");
    private static final Path SECRETS = Tool.DEPLOY.resolve("kubernetes/secrets.example.yaml");
    private static final Pattern SETTING = Pattern.compile("\\b(?:ROOST|TWITTER)_[A-Z_]+\\b");
    private static final Pattern PATH = Pattern.compile("/health/[a-z]+");
    private static final Pattern PORT =
            Pattern.compile("(?:roost-\\d:|/tcp/127\\.0\\.0\\.1/|containerPort: |EXPOSE |PORT=)(\\d+)");
    private static final int LONGEST_STOP = 91;

    @TempDir
    Path folder;

    @Test
    void composeFollowsItsSpecification() throws Exception {
        assertThat(Schemas.judge("compose", COMPOSE).problems()).isEmpty();
    }

    @Test
    void composeWithAFaultIsRefused() throws Exception {
        Path bad = changed(COMPOSE, "stop_grace_period", "stop_grace");
        assertThat(Schemas.judge("compose", bad).problems()).isNotEmpty().allMatch(text -> text.contains("stop_grace"));
    }

    @Test
    void manifestsFollowTheApiOfKubernetes() throws Exception {
        Schemas.Judgement judgement = Schemas.judge("kubernetes", MANIFESTS, SECRETS);
        assertThat(judgement.problems()).isEmpty();
        assertThat(judgement.documents())
                .extracting(document -> document.path("kind").asString())
                .containsExactly(
                        "ServiceAccount",
                        "Service",
                        "Service",
                        "PodDisruptionBudget",
                        "StatefulSet",
                        "Secret",
                        "Secret");
    }

    @Test
    void manifestsWithAFaultAreRefused() throws Exception {
        Path unknown = changed(MANIFESTS, "failureThreshold", "failureThreshhold");
        assertThat(Schemas.judge("kubernetes", unknown).problems())
                .isNotEmpty()
                .allMatch(text -> text.contains("failureThreshhold: V1Probe has no such field"));
        Path text = changed(MANIFESTS, "containerPort: 3001", "containerPort: many");
        assertThat(Schemas.judge("kubernetes", text).problems())
                .anyMatch(problem -> problem.contains("containerPort must be integer"));
    }

    @Test
    void podsMeetTheRestrictedStandard() throws Exception {
        JsonNode pod = Schemas.judge("kubernetes", MANIFESTS).documents().stream()
                .filter(document -> document.path("kind").asString().equals("StatefulSet"))
                .findFirst()
                .orElseThrow()
                .at("/spec/template/spec");
        assertThat(pod.at("/securityContext/runAsNonRoot").booleanValue()).isTrue();
        assertThat(pod.at("/securityContext/seccompProfile/type").asString()).isEqualTo("RuntimeDefault");
        assertThat(pod.path("terminationGracePeriodSeconds").intValue()).isGreaterThan(LONGEST_STOP);
        Stream.of("initContainers", "containers")
                .flatMap(kind -> pod.path(kind).valueStream())
                .forEach(container -> {
                    JsonNode context = container.path("securityContext");
                    assertThat(context.path("allowPrivilegeEscalation").asBoolean(true))
                            .isFalse();
                    assertThat(context.path("readOnlyRootFilesystem").asBoolean(false))
                            .isTrue();
                    assertThat(context.at("/capabilities/drop/0").asString()).isEqualTo("ALL");
                    assertThat(container.at("/resources/limits/memory").isString())
                            .isTrue();
                });
    }

    @Test
    void examplesOfSecretsHoldNone() throws IOException {
        assertThat(Files.readAllLines(SECRETS))
                .filteredOn(
                        line -> SETTING.matcher(line).find() && !line.strip().startsWith("#"))
                .hasSize(4)
                .allMatch(line -> line.endsWith("="));
        assertThat(Files.readString(Tool.DEPLOY.resolve("Containerfile"))).doesNotContain("ARG ", "SECRET", "TWITTER_");
    }

    @Test
    void everySettingIsOneThatRoostHas() throws IOException {
        Set<String> known = Arrays.stream(Setting.values()).map(Setting::name).collect(Collectors.toSet());
        assertThat(found(SETTING, 0)).isNotEmpty().isSubsetOf(known);
    }

    @Test
    void everyPortAndPathIsRoostsOwn() throws IOException {
        assertThat(found(PORT, 1)).containsExactly("3001");
        assertThat(found(PATH, 0)).containsExactly("/health/live", "/health/ready");
        try (ServedRoost served = ServedRoost.start(folder, Map.of())) {
            for (String path : found(PATH, 0)) {
                assertThat(served.get(path).statusCode()).as(path).isEqualTo(200);
            }
        }
    }

    @Test
    void nginxFindsNoFaultInTheProxy() throws Exception {
        String hint = "it comes with Debian's package nginx-light, and openssl with openssl; .ci/run installs them";
        Tool.Outcome certificate = Tool.run(
                folder,
                hint,
                List.of(
                        "openssl",
                        "req",
                        "-x509",
                        "-newkey",
                        "ec",
                        "-pkeyopt",
                        "ec_paramgen_curve:P-256",
                        "-nodes",
                        "-subj",
                        "/CN=localhost",
                        "-keyout",
                        "tls.key",
                        "-out",
                        "tls.crt"));
        assertThat(certificate.exit()).as(certificate.output()).isZero();
        String text = Files.readString(Tool.DEPLOY.resolve("proxy/nginx.conf"))
                .replace("/run/secrets/", folder + "/")
                .replace("/tmp/nginx.pid", folder + "/nginx.pid")
                .replaceAll("server roost-[12]:", "server 127.0.0.1:");
        Path file = Files.writeString(folder.resolve("nginx.conf"), text);
        Tool.Outcome outcome =
                Tool.run(folder, hint, List.of("nginx", "-t", "-p", folder.toString(), "-c", file.toString()));
        assertThat(outcome.exit()).as(outcome.output()).isZero();
        assertThat(outcome.output()).doesNotContain("[warn]");
    }

    private Path changed(Path file, String before, String after) throws IOException {
        String text = Files.readString(file);
        assertThat(text).contains(before);
        return Files.writeString(folder.resolve(file.getFileName()), text.replace(before, after));
    }

    private static Set<String> found(Pattern pattern, int group) throws IOException {
        Set<String> found = new TreeSet<>();
        for (String name : List.of(
                "compose.yaml",
                "Containerfile",
                "kubernetes/roost.yaml",
                "kubernetes/secrets.example.yaml",
                "proxy/nginx.conf",
                "systemd/roost.service")) {
            pattern.matcher(Files.readString(Tool.DEPLOY.resolve(name)))
                    .results()
                    .map((MatchResult match) -> match.group(group))
                    .forEach(found::add);
        }
        return found;
    }
}
