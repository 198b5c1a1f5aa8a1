package dev.roost.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server of MCP over HTTP, in a process of its own. */
final class ServedMcp implements AutoCloseable {
    private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:\\d+");

    private final Process process;
    private final URI endpoint;

    private ServedMcp(Process process, URI endpoint) {
        this.process = process;
        this.endpoint = endpoint;
    }

    /** Starts {@code roost serve} on a free port and an empty folder. */
    static ServedMcp roost(URI x) throws IOException {
        Path data = Files.createTempDirectory("roost-bench-");
        return start(
                List.of("./roost", "serve"),
                Map.of(
                        "ROOST_DATA", data.toString(),
                        "PORT", Integer.toString(Stage.freePort()),
                        "TWITTER_CLIENT_ID", "bench-app",
                        "ROOST_X_API_URL", x.toString()));
    }

    /** Starts the baseline. */
    static ServedMcp node(String node, Path script, URI x) throws IOException {
        return start(List.of(node, script.toString(), "--http", "0"), Map.of("X_BASE", x.toString()));
    }

    /** The server says where it listens; what it says later is passed over. */
    private static ServedMcp start(List<String> command, Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            Matcher address = ADDRESS.matcher(line);
            if (address.find()) {
                Thread.ofVirtual().start(() -> drain(process));
                return new ServedMcp(process, URI.create(address.group() + "/mcp"));
            }
        }
        throw new IOException(command + " never said where it listens");
    }

    private static void drain(Process process) {
        try {
            process.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // It has ended.
        }
    }

    URI endpoint() {
        return endpoint;
    }

    /** Returns how much processor time it has used, with that of the system for it. */
    double cpuSeconds() {
        return process.info().totalCpuDuration().map(Duration::toNanos).orElseThrow() / 1e9;
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().completeOnTimeout(process, 20, TimeUnit.SECONDS).join();
        process.destroyForcibly();
    }
}
