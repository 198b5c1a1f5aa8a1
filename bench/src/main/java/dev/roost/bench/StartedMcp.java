package dev.roost.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Starts programs and waits for what they say on standard output. */
final class StartedMcp {
    private static final String MESSAGES = """
            {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},\
            "clientInfo":{"name":"bench","version":"1"}}}
            {"jsonrpc":"2.0","method":"notifications/initialized"}
            {"jsonrpc":"2.0","id":"list","method":"tools/list"}
            """;

    private StartedMcp() {}

    /** Returns how long a program took to its first line, in milliseconds. */
    static double firstLine(List<String> command) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        Process process = start(command, Map.of());
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            String line = out.readLine();
            return done(process, begin, line != null, command);
        }
    }

    /** Returns how long a server took to the answer of {@code tools/list}, in milliseconds. */
    static double toolsListed(List<String> command, Map<String, String> environment)
            throws IOException, InterruptedException {
        long begin = System.nanoTime();
        Process process = start(command, environment);
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            boolean listed = list(process, out);
            return done(process, begin, listed, command);
        }
    }

    /** Returns the command that a launcher became. */
    static List<String> commandBehind(List<String> launcher, Map<String, String> environment)
            throws IOException, InterruptedException {
        Process process = start(launcher, environment);
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            if (!list(process, out)) {
                throw new IOException(launcher + " listed no tools");
            }
            ProcessHandle.Info info = process.info();
            return Stream.concat(
                            info.command().stream(), Stream.of(info.arguments().orElseThrow()))
                    .toList();
        } finally {
            end(process);
        }
    }

    private static Process start(List<String> command, Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static boolean list(Process process, BufferedReader out) throws IOException {
        OutputStream in = process.getOutputStream();
        in.write(MESSAGES.getBytes(StandardCharsets.UTF_8));
        in.flush();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.contains("\"id\":\"list\"")) {
                return line.contains("\"twitter_search_tweets\"");
            }
        }
        return false;
    }

    private static double done(Process process, long begin, boolean isWell, List<String> command)
            throws IOException, InterruptedException {
        double took = (System.nanoTime() - begin) / 1e6;
        end(process);
        if (!isWell) {
            throw new IOException(command + " did not say what was wanted");
        }
        return took;
    }

    private static void end(Process process) throws IOException, InterruptedException {
        process.getOutputStream().close();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroy();
            process.waitFor();
        }
    }
}
