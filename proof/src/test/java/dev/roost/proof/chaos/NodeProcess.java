package dev.roost.proof.chaos;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One process of a node, from its start to its end. */
final class NodeProcess {
    private final Process process;
    private final Writer orders;
    private final CountDownLatch ready = new CountDownLatch(1);

    /**
     * Starts one.
     *
     * @param classPath of the build that it runs
     * @param log where its standard error is added
     */
    NodeProcess(String mainClass, String classPath, Map<String, String> environment, Path log) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx192m",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        classPath,
                        mainClass))
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("ROOST_") || name.startsWith("TWITTER_"));
        builder.environment().putAll(environment);
        process = builder.start();
        orders = process.outputWriter(StandardCharsets.UTF_8);
        Thread.ofVirtual().start(this::listen);
    }

    private void listen() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.equals(Leash.READY)) {
                    ready.countDown();
                }
            }
        } catch (IOException e) {
            // It was killed, and its output was closed with it.
        }
    }

    boolean isReady() {
        return ready.getCount() == 0 && process.isAlive();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    void turnClock(Duration offset) {
        try {
            orders.write(Leash.CLOCK + offset + "\n");
            orders.flush();
        } catch (IOException e) {
            // It has just been killed; its successor is told at its start.
        }
    }

    /** SIGKILL; returns when it is gone. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** SIGTERM; returns how it ended, or -1 when it did not within a minute and was killed. */
    int stop() throws InterruptedException {
        // Destroying it by the library would also let go of its leash.
        ChaosDatabase.signal("TERM", process.pid());
        if (process.waitFor(60, TimeUnit.SECONDS)) {
            return process.exitValue();
        }
        kill();
        return -1;
    }

    /** SIGSTOP, and SIGCONT after the time; another process sees to that, so that nobody stays paused for ever. */
    void pause(Duration length) throws IOException, InterruptedException {
        String seconds = String.valueOf(length.toMillis() / 1000.0);
        new ProcessBuilder(
                        "sh",
                        "-c",
                        "kill -STOP \"$0\" && sleep \"$1\"; kill -CONT \"$0\"",
                        String.valueOf(process.pid()),
                        seconds)
                .start()
                .waitFor();
    }
}
