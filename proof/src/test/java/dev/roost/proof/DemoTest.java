package dev.roost.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The demo as a newcomer runs it, at the most talkative log level: it holds, and no secret is anywhere. */
class DemoTest {
    @TempDir
    Path folder;

    @Test
    void holdsAndEndsWithZero() throws Exception {
        Process demo = roost("plain", "demo");
        assertThat(demo.waitFor(90, TimeUnit.SECONDS))
                .as("the demo ends within 90 s")
                .isTrue();
        String story = Files.readString(folder.resolve("plain.out"));
        assertThat(demo.exitValue()).as(story).isZero();
        assertThat(story)
                .contains("Grants lost: 0")
                .contains("needs_reauthorization")
                .contains("generation 3");
        assertThat(story.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(110));
    }

    @Test
    void keepsBothRunningAndTellsNoSecret() throws Exception {
        Process demo = roost("kept", "demo", "--keep", "--json");
        try {
            JsonNode summary = summary(demo);
            JsonNode ledger = get(summary.get("simulator").asString() + "/_sim/ledger");
            long rotated = ledger.get("requests")
                    .valueStream()
                    .filter(request -> request.get("outcome").asString().equals("ROTATED"))
                    .count();
            assertThat(summary.get("rotations").asLong()).isEqualTo(rotated);
            assertThat(summary.get("grantsLost").asInt()).isZero();
            assertThat(get(summary.get("roost").asString() + "/").get("name").asString())
                    .isEqualTo("roost");

            Canary canary = Canary.of(secrets(ledger));
            canary.assertAbsentFrom("standard output", Files.readString(folder.resolve("kept.out")));
            canary.assertAbsentFrom("standard error", Files.readString(folder.resolve("kept.err")));
            canary.assertAbsentFrom(Path.of(summary.get("data").asString()));
        } finally {
            demo.destroy();
        }
        assertThat(demo.waitFor(60, TimeUnit.SECONDS))
                .as("the demo ends by SIGTERM")
                .isTrue();
    }

    private static List<String> secrets(JsonNode ledger) {
        List<String> secrets = new ArrayList<>(List.of("worthless-secret-of-the-demo-app"));
        ledger.get("tokens").forEach(token -> secrets.add(token.get("value").asString()));
        ledger.get("requests")
                .forEach(request -> secrets.add(request.get("presented").asString()));
        assertThat(secrets).hasSizeGreaterThan(8);
        return secrets;
    }

    private JsonNode summary(Process demo) {
        Path out = folder.resolve("kept.out");
        Waiting.until("the demo prints its summary", () -> {
            assertThat(demo.isAlive()).as("the demo runs on").isTrue();
            return read(out).endsWith("}\n");
        });
        return JsonMapper.shared().readTree(read(out));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private static JsonNode get(String url) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
            return JsonMapper.shared()
                    .readTree(client.send(request, HttpResponse.BodyHandlers.ofString())
                            .body());
        }
    }

    private Process roost(String name, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Djava.io.tmpdir=" + folder,
                "-cp",
                System.getProperty("java.class.path"),
                "dev.roost.cli.Main"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(folder.resolve(name + ".out").toFile())
                .redirectError(folder.resolve(name + ".err").toFile());
        builder.environment().put("LOG_LEVEL", "DEBUG");
        return builder.start();
    }
}
