package dev.roost.cli.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A network that swallows: it takes a request for a refresh, passes it on to nobody, and never answers. */
final class DeafServer implements AutoCloseable {
    private static final String REFRESH = "grant_type=refresh_token";

    private final ServerSocket listener;
    private final List<Socket> sockets = new ArrayList<>();
    private final CountDownLatch swallowed = new CountDownLatch(1);

    DeafServer() {
        try {
            listener = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException("the demo cannot listen on a free port", e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    String url() {
        return "http://127.0.0.1:" + listener.getLocalPort();
    }

    /** Waits until a whole refresh request has been swallowed. */
    boolean awaitRefresh(long seconds) throws InterruptedException {
        return swallowed.await(seconds, TimeUnit.SECONDS);
    }

    @Override
    public synchronized void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                keep(socket);
                Thread.ofVirtual().start(() -> swallow(socket));
            }
        } catch (IOException closed) {
            swallowed.countDown();
        }
    }

    private synchronized void keep(Socket socket) {
        sockets.add(socket);
    }

    private void swallow(Socket socket) {
        try {
            InputStream in = socket.getInputStream();
            StringBuilder seen = new StringBuilder();
            byte[] buffer = new byte[4096];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                seen.append(new String(buffer, 0, n, StandardCharsets.ISO_8859_1));
                if (seen.indexOf(REFRESH) >= 0) {
                    swallowed.countDown();
                }
            }
        } catch (IOException broken) {
            return;
        }
    }
}
