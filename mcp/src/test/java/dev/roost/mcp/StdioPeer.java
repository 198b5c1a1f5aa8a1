package dev.roost.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.mcp.protocol.McpServer;
import dev.roost.mcp.stdio.StdioServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A client at the other end of a server's standard input and output. */
final class StdioPeer {
    /** No line is empty before its end. */
    private static final byte[] END = new byte[0];

    private final BlockingQueue<byte[]> input = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> output = new LinkedBlockingQueue<>();
    private final CompletableFuture<Boolean> served = new CompletableFuture<>();
    private final AtomicReference<CountDownLatch> reads = new AtomicReference<>(new CountDownLatch(0));

    private final StdioServer stdio;

    StdioPeer(McpServer server) {
        stdio = new StdioServer(server, Caller.ANN, new In(), new Out(), Wire.THREADS, () -> {});
        Thread.ofVirtual().start(() -> {
            try {
                stdio.serve();
                served.complete(true);
            } catch (IOException | InterruptedException | RuntimeException | Error e) {
                served.completeExceptionally(e);
            }
        });
    }

    /** What the server reads. */
    private final class In extends InputStream {
        private byte[] now = new byte[0];
        private int at;

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] to, int from, int most) throws IOException {
            try {
                while (at == now.length) {
                    now = input.take();
                    at = 0;
                    if (now.length == 0) {
                        input.add(END);
                        return -1;
                    }
                }
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            int length = Math.min(most, now.length - at);
            System.arraycopy(now, at, to, from, length);
            at += length;
            return length;
        }
    }

    /** What the server writes; like a pipe that an interrupt breaks. */
    private final class Out extends OutputStream {
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();

        @Override
        public void write(int one) throws IOException {
            try {
                reads.get().await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            if (one == '\n') {
                output.add(line.toString(StandardCharsets.UTF_8));
                line.reset();
            } else {
                line.write(one);
            }
        }
    }

    void send(byte[] bytes) {
        if (bytes.length > 0) {
            input.add(bytes.clone());
        }
    }

    void send(String line) {
        send((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    void send(JsonNode message) {
        send(message.toString());
    }

    JsonNode ask(Object id, String method, ObjectNode params) {
        send(Wire.request(id, method, params));
        return next();
    }

    void initialize(String revision) {
        assertThat(ask("init", "initialize", Wire.initialize(revision, Peer.ALL))
                        .has("result"))
                .isTrue();
        send(Wire.notification("notifications/initialized", Wire.object("{}")));
    }

    JsonNode next() {
        try {
            String line = output.poll(20, TimeUnit.SECONDS);
            assertThat(line).as("the next line").isNotNull();
            return Wire.parse(line);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** From now on nobody reads what the server writes. */
    void stopReading() {
        reads.set(new CountDownLatch(1));
    }

    void readOn() {
        reads.get().countDown();
    }

    /** Tells the server to end while its input is still open; returns what is true once it has. */
    CompletableFuture<Boolean> stop() {
        return CompletableFuture.supplyAsync(
                () -> {
                    stdio.close();
                    return true;
                },
                work -> Thread.ofVirtual().start(work));
    }

    void end() {
        input.add(END);
    }

    void awaitServed() throws Exception {
        assertThat(served.get(20, TimeUnit.SECONDS)).isTrue();
    }

    /** Ends the input, and returns all lines that were not read yet. */
    List<String> finish() throws Exception {
        end();
        awaitServed();
        return output.stream().toList();
    }

    Stream<JsonNode> rest() throws Exception {
        return finish().stream().map(Wire::parse);
    }
}
