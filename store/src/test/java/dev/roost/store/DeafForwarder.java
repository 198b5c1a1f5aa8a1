package dev.roost.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A way to a PostgreSQL server on which connections that listen can go half open: nothing comes back, and nothing ends. */
final class DeafForwarder implements AutoCloseable {
    private final ServerSocket door;
    private final int target;
    private final Queue<Pair> pairs = new ConcurrentLinkedQueue<>();

    DeafForwarder(int target) throws IOException {
        this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.target = target;
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    /** Makes those that listen now half open; later ones are not. */
    void deafen() {
        pairs.forEach(pair -> pair.deaf = pair.listens);
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Pair pair = new Pair(door.accept(), new Socket(InetAddress.getLoopbackAddress(), target));
                pairs.add(pair);
                Thread.ofVirtual().start(() -> pair.pump(pair.client, pair.server, true));
                Thread.ofVirtual().start(() -> pair.pump(pair.server, pair.client, false));
            } catch (IOException e) {
                return;
            }
        }
    }

    private static final class Pair {
        private final Socket client;
        private final Socket server;
        private volatile boolean listens;
        private volatile boolean deaf;

        Pair(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void pump(Socket from, Socket to, boolean upwards) {
            byte[] bytes = new byte[16 * 1024];
            try (from;
                    to) {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
                    if (upwards && new String(bytes, 0, n, StandardCharsets.ISO_8859_1).contains("LISTEN ")) {
                        listens = true;
                    }
                    if (!deaf) {
                        out.write(bytes, 0, n);
                        out.flush();
                    }
                }
            } catch (IOException e) {
                // The other side is gone, and the try closes this one.
            }
        }
    }

    @Override
    public void close() {
        try {
            door.close();
            for (Pair pair : pairs) {
                pair.client.close();
                pair.server.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
