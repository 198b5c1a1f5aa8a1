package dev.roost.proof.operations;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The real {@code promtool} of Prometheus. */
final class Promtool {
    private Promtool() {}

    /**
     * How it ended.
     *
     * @param exit 0 if all is well
     * @param output all that it said
     */
    record Outcome(int exit, String output) {}

    /** Runs it in a folder. Where it is missing the test fails, for alerts that nobody checked are worth nothing. */
    static Outcome run(Path folder, String... arguments) throws IOException, InterruptedException {
        List<String> command =
                Stream.concat(Stream.of("promtool"), Stream.of(arguments)).toList();
        Process process = start(new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile())));
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.waitFor(), output);
    }

    private static Process start(ProcessBuilder builder) {
        try {
            return builder.start();
        } catch (IOException e) {
            throw new AssertionError(
                    "promtool does not start; it comes with Prometheus: apt-get install prometheus", e);
        }
    }
}
