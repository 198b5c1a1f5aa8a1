package dev.roost.proof.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The official MCP tools from npm, exactly as {@code mcp/package-lock.json} pins them. The first use in a build installs them
 * by {@code mcp/tools}; a test that cannot have them says why and does not run.
 */
final class NpmTools {
    private static final Path FOLDER = Path.of("target", "mcp-tools").toAbsolutePath();
    private static final int MACHINE_LACKS_A_PROGRAM = 3;
    private static final Duration INSTALLING = Duration.ofMinutes(10);
    private static final Duration RUNNING = Duration.ofMinutes(4);

    private NpmTools() {}

    /** How a program ended, and what it wrote. */
    record Outcome(int exit, String output, String errors) {
        /** Everything a failed test has to show. */
        String everything() {
            return "exit " + exit + "\n" + output + "\n" + errors;
        }
    }

    private static final class Installed {
        static final Outcome OUTCOME = install();

        private static Outcome install() {
            try {
                return run(List.of("mcp/tools"), INSTALLING, System.getenv("HOME"));
            } catch (IOException e) {
                return new Outcome(MACHINE_LACKS_A_PROGRAM, "", "mcp/tools did not start: " + e.getMessage());
            }
        }
    }

    /** Runs a script of the tools' folder on their Node, with a home folder of its own. */
    static Outcome run(String script, List<String> arguments) throws IOException {
        String node = node();
        Path home = Files.createDirectories(FOLDER.resolveSibling("mcp-home"));
        List<String> command = Stream.concat(
                        Stream.of(node, FOLDER.resolve(script).toString()), arguments.stream())
                .toList();
        return run(command, RUNNING, home.toString());
    }

    /** The Node that runs the tools, or the end of the test if this machine cannot have them. */
    static String node() {
        Outcome installed = Installed.OUTCOME;
        assumeTrue(
                installed.exit() != MACHINE_LACKS_A_PROGRAM, installed.errors().strip());
        assertThat(installed.exit()).as(installed.everything()).isZero();
        return installed.output().strip();
    }

    /** A file of an installed package. */
    static Path file(String path) {
        return FOLDER.resolve("node_modules").resolve(path);
    }

    private static Outcome run(List<String> command, Duration limit, String home) throws IOException {
        Path output = Files.createTempFile("roost-npm-", ".out");
        Path errors = Files.createTempFile("roost-npm-", ".err");
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(output.toFile())
                    .redirectError(errors.toFile());
            builder.environment().put("HOME", home);
            Process process = builder.start();
            boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (!ended) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor();
            }
            String late = ended ? "" : "\nnot finished within " + limit.toSeconds() + " s, and killed";
            return new Outcome(process.exitValue(), Files.readString(output), Files.readString(errors) + late);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(command.getFirst() + " was waited for in vain", e);
        } finally {
            Files.delete(output);
            Files.delete(errors);
        }
    }
}
