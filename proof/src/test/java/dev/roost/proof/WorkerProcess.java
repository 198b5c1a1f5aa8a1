package dev.roost.proof;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A {@link Worker} as seen from the test that starts and kills it. */
final class WorkerProcess {
    private final String node;
    private final Process process;
    private final Thread reader;
    private final CountDownLatch ready = new CountDownLatch(1);

    /** Starts one with so many busy threads; its standard error is added to the log, its measurements to the queue. */
    WorkerProcess(String node, int threads, String store, Path folder, String x, Path log, Queue<Long> windows)
            throws IOException {
        this.node = node;
        this.process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx128m",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Worker.class.getName(),
                        store,
                        folder.toString(),
                        x,
                        node,
                        Integer.toString(threads)))
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        this.reader = Thread.ofVirtual().start(() -> read(windows));
    }

    String node() {
        return node;
    }

    void awaitReady() throws InterruptedException {
        if (!ready.await(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException(
                    "worker " + node + " was not ready within 60 s; alive: " + process.isAlive());
        }
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
        reader.join();
    }

    /** SIGTERM; the worker finishes what it has sent. */
    int stop() throws InterruptedException {
        process.destroy();
        int code = process.waitFor();
        reader.join();
        return code;
    }

    private void read(Queue<Long> windows) {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.equals("ready")) {
                    ready.countDown();
                } else if (line.matches("window \\d+")) {
                    windows.add(Long.parseLong(line.substring("window ".length())));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the output of worker " + node + " broke off", e);
        }
    }
}
