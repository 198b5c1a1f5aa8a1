package dev.roost.proof.deploy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A program of this machine. */
final class Tool {
    /** Roost's folder. */
    static final Path ROOST = Path.of("..").toAbsolutePath().normalize();

    /** What people deploy with. */
    static final Path DEPLOY = ROOST.resolve("deploy");

    private Tool() {}

    /**
     * How it ended.
     *
     * @param exit 0 if all is well
     * @param output all that it said, or only its results if its complaints were let through
     */
    record Outcome(int exit, String output) {}

    /** Runs it and takes all that it says. Where it is missing the test fails: what nobody checked is worth nothing. */
    static Outcome run(Path folder, String hint, List<String> command) throws IOException, InterruptedException {
        return run(new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true), hint);
    }

    /** Like {@link #run}, and leaves complaints out of the output. */
    static Outcome results(Path folder, String hint, List<String> command) throws IOException, InterruptedException {
        return run(
                new ProcessBuilder(command).directory(folder.toFile()).redirectError(ProcessBuilder.Redirect.INHERIT),
                hint);
    }

    private static Outcome run(ProcessBuilder builder, String hint) throws IOException, InterruptedException {
        Process process = start(builder, hint);
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.waitFor(), output);
    }

    private static Process start(ProcessBuilder builder, String hint) {
        try {
            return builder.start();
        } catch (IOException e) {
            throw new AssertionError(builder.command().getFirst() + " does not start; " + hint, e);
        }
    }
}
