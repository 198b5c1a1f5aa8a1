package dev.roost.proof.mcp;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * The MCP server that the npm tools judge: Roost's, with the fixtures of the conformance suite and those that
 * {@code mcp/both-eras.mjs} names. It runs as a process of its own, so that what it prints is seen as a client sees it.
 */
final class McpUnderTest implements AutoCloseable {
    private static final Path LOG = Path.of("target", "mcp-fixtures.log");

    private final Process process;
    private final URI url;

    private McpUnderTest(Process process, URI url) {
        this.process = process;
        this.url = url;
    }

    /** Starts it over HTTP, on a free port. */
    static McpUnderTest overHttp() throws IOException {
        Process process = new ProcessBuilder(command("http"))
                .redirectError(ProcessBuilder.Redirect.appendTo(LOG.toFile()))
                .start();
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        String address = lines.readLine();
        if (address == null) {
            throw new IOException("the fixtures ended before they said where they listen; see proof/" + LOG);
        }
        return new McpUnderTest(process, URI.create(address));
    }

    /** The command that starts it over stdio. */
    static List<String> overStdio() {
        return command("stdio");
    }

    /** Where it listens, as {@code http://localhost:PORT/mcp}. */
    URI url() {
        return url;
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }

    private static List<String> command(String transport) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                FixtureServer.class.getName(),
                transport);
    }
}
