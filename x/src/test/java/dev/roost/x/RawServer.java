package dev.roost.x;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;

/** A server on a loopback port that plays a script on each connection, byte by byte if need be. */
final class RawServer implements AutoCloseable {
    private final ServerSocket listening;
    private final Script script;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();

    RawServer(Script script) throws IOException {
        this(script, ServerSocketFactory.getDefault());
    }

    RawServer(Script script, ServerSocketFactory sockets) throws IOException {
        this.script = script;
        listening = sockets.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    /** Reads one request of each connection and answers with these bytes. */
    static RawServer answering(String answer) throws IOException {
        return new RawServer(wire -> {
            wire.readRequest();
            wire.write(answer);
        });
    }

    /** An HTTP/1.1 answer with its length. */
    static String http(String statusLine, String contentType, String body) {
        return "HTTP/1.1 " + statusLine + "\r\nContent-Type: " + contentType + "\r\nContent-Length: "
                + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body;
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + listening.getLocalPort());
    }

    URI httpsUri() {
        return URI.create("https://127.0.0.1:" + listening.getLocalPort());
    }

    /** Requests read so far, headers and body. */
    List<String> requests() {
        return requests;
    }

    int connections() {
        return connections.get();
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        listening.close();
    }

    private void accept() {
        while (true) {
            try {
                Socket socket = listening.accept();
                connections.incrementAndGet();
                Thread.ofVirtual().start(() -> play(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void play(Socket socket) {
        try (socket) {
            script.play(new Wire(socket));
        } catch (IOException e) {
            // The client hung up, which is what many of these tests are about.
            return;
        }
    }

    /** What to do with a connection; it is closed afterwards. */
    interface Script {
        void play(Wire wire) throws IOException;
    }

    /** One connection. */
    final class Wire {
        private final Socket socket;

        Wire(Socket socket) {
            this.socket = socket;
        }

        /** Reads headers and as many bytes of body as {@code Content-Length} says. */
        String readRequest() throws IOException {
            InputStream in = socket.getInputStream();
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int next = in.read();
                if (next < 0) {
                    throw new IOException("no request");
                }
                head.append((char) next);
            }
            String body = new String(in.readNBytes(length(head.toString())), StandardCharsets.UTF_8);
            requests.add(head + body);
            return head + body;
        }

        /** Reads on until what was read ends so. */
        String readUntil(String end) throws IOException {
            StringBuilder read = new StringBuilder();
            while (read.indexOf(end) < 0) {
                int next = socket.getInputStream().read();
                if (next < 0) {
                    throw new IOException("no end");
                }
                read.append((char) next);
            }
            requests.add(read.toString());
            return read.toString();
        }

        void write(String text) throws IOException {
            write(text.getBytes(StandardCharsets.UTF_8));
        }

        void write(byte[] bytes) throws IOException {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        }

        /** Closes so that the client sees "connection reset". */
        void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }

        /** Keeps the connection as it is until the server is closed. */
        void hold() {
            pause(60_000);
        }

        /** Waits so long, or until the server is closed; tells whether it is. */
        boolean pause(long millis) {
            try {
                return closed.await(millis, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new UncheckedIOException(new IOException(e));
            }
        }

        private int length(String head) {
            return head.lines()
                    .filter(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:"))
                    .findFirst()
                    .map(line -> Integer.parseInt(line.substring(15).strip()))
                    .orElse(0);
        }
    }
}
