package dev.roost.proof.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.roost.core.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The receiver of docs/webhooks.md, on Node and the public library; a test that cannot have them says why and does not run. */
final class NodeReceiver implements AutoCloseable {
    private static final Path FOLDER = Path.of("target", "webhook-tools").toAbsolutePath();
    private static final int MACHINE_LACKS_A_PROGRAM = 3;
    private static final Duration STARTING = Duration.ofSeconds(60);

    private final Process process;
    private final Path output;

    private NodeReceiver(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** Returns Node, once the library is installed. */
    static String node() throws IOException, InterruptedException {
        Path said = Files.createTempFile("roost-webhooks-", ".out");
        Path errors = Files.createTempFile("roost-webhooks-", ".err");
        Process install = new ProcessBuilder("webhooks/tools")
                .redirectOutput(said.toFile())
                .redirectError(errors.toFile())
                .start();
        assertThat(install.waitFor(5, TimeUnit.MINUTES)).as("npm ended in time").isTrue();
        assumeTrue(install.exitValue() != MACHINE_LACKS_A_PROGRAM, Files.readString(errors));
        assertThat(install.exitValue()).as(Files.readString(errors)).isZero();
        return Files.readString(said).strip();
    }

    /** Starts it with this secret, and waits until it listens. */
    static NodeReceiver start(String node, int port, Secret secret) throws IOException, InterruptedException {
        Path output = Files.createTempFile("roost-receiver-", ".out");
        ProcessBuilder builder = new ProcessBuilder(
                        List.of(node, FOLDER.resolve("receiver.mjs").toString()))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("PORT", Integer.toString(port));
        builder.environment().put("ROOST_WEBHOOK_SECRET", secret.expose());
        NodeReceiver receiver = new NodeReceiver(builder.start(), output);
        long start = System.nanoTime();
        while (!listens(port)) {
            assertThat(receiver.process.isAlive()).as(receiver.said()).isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(STARTING);
            Thread.onSpinWait();
        }
        return receiver;
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** What it has printed. */
    String said() throws IOException {
        return Files.readString(output, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
