package dev.roost.bench.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process of a measurement. What it says on standard error goes to a file. For one thread. */
final class Child implements AutoCloseable {
    private static final Duration LONGEST_START = Duration.ofSeconds(90);
    private static final Duration LONGEST_END = Duration.ofSeconds(60);

    private final Process process;
    private final Path log;
    private final BufferedReader out;
    private final PrintWriter in;

    private Child(Process process, Path log) {
        this.process = process;
        this.log = log;
        this.out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        this.in = new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8);
    }

    static Child start(List<String> command, Map<String, String> environment, Path log) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(log.toFile());
        builder.environment().putAll(environment);
        return new Child(builder.start(), log);
    }

    /** Starts a class of this module on the Java of this process. */
    static Child java(List<String> options, Class<?> main, List<String> arguments, Path log) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // As the launcher runs a server.
        command.addAll(List.of(
                "-XX:+UseSerialGC",
                "-XX:+UseCompactObjectHeaders",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        return start(command, Map.of(), log);
    }

    /** Returns a port that is free now. */
    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Waits until it answers here with 200, looking every other millisecond. */
    Child awaitAnswer(URI address) throws Exception {
        long end = System.nanoTime() + LONGEST_START.toNanos();
        while (!answers(address)) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new IOException("nothing answers at " + address + "; it said: " + Files.readString(log));
            }
            Thread.sleep(2);
        }
        return this;
    }

    private static boolean answers(URI address) {
        try {
            HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
            connection.setReadTimeout(2000);
            try (InputStream body = connection.getInputStream()) {
                var _ = body.readAllBytes();
            }
            return connection.getResponseCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** Says a line to it, and returns the line that it answers. */
    String ask(String line) throws IOException {
        in.println(line);
        return line();
    }

    /** Returns the next line that it says. */
    String line() throws IOException {
        String line = out.readLine();
        if (line == null) {
            throw new IOException("the process ended; it said: " + Files.readString(log));
        }
        return line;
    }

    /** Waits for its end, and returns all that it said. */
    String all() throws IOException, InterruptedException {
        String text = String.join("\n", out.lines().toList());
        if (process.waitFor() != 0) {
            throw new IOException("the process failed; it said: " + text + Files.readString(log));
        }
        return text;
    }

    long pid() {
        return process.pid();
    }

    /** Returns its whole command line. */
    List<String> commandLine() throws IOException {
        String line = Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"));
        return List.of(line.substring(0, line.length() - 1).split("\0", -1));
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Returns the processor time that it has used. */
    Duration spent() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(LONGEST_END.toSeconds(), TimeUnit.SECONDS)) {
                var _ = process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            var _ = process.destroyForcibly();
        }
    }
}
