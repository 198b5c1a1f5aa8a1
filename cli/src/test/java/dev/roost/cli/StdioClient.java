package dev.roost.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Starts {@code roost mcp} as a process of its own, as clients do, asks it some things, and ends it. */
final class StdioClient {
    static final String WELCOME = "initialize";

    static final String INITIALIZE = "{\"jsonrpc\":\"2.0\",\"id\":\"initialize\",\"method\":\"initialize\",\"params\":"
            + "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},\"clientInfo\":{\"name\":\"doc\",\"version\":\"1\"}}}";
    private static final String INITIALIZED = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}";

    private final Path data;

    /** @param data the folder that Roost works in */
    StdioClient(Path data) {
        this.data = data;
    }

    /** Returns the results by method, the one of {@code initialize} among them. */
    JsonNode ask(Map<String, String> environment, List<String> arguments, String... methods) throws IOException {
        Process process = start(environment, arguments);
        try (OutputStream in = process.getOutputStream()) {
            List<String> lines = new ArrayList<>(List.of(INITIALIZE, INITIALIZED));
            for (String method : methods) {
                lines.add("{\"jsonrpc\":\"2.0\",\"id\":\"" + method + "\",\"method\":\"" + method + "\"}");
            }
            in.write((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
        }
        ObjectNode results = JsonMapper.shared().createObjectNode();
        process.inputReader(StandardCharsets.UTF_8).lines().forEach(line -> {
            JsonNode message = JsonMapper.shared().readTree(line);
            results.set(message.path("id").asString(""), message.path("result"));
        });
        int exit = process.onExit().join().exitValue();
        if (exit != 0) {
            throw new IOException("roost " + arguments + " ended with " + exit);
        }
        return results;
    }

    private Process start(Map<String, String> environment, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment()
                .keySet()
                .removeIf(name -> Stream.of("ROOST_", "TWITTER_", "PORT").anyMatch(name::startsWith));
        builder.environment().put("ROOST_DATA", data.toString());
        builder.environment().putAll(environment);
        return builder.start();
    }
}
