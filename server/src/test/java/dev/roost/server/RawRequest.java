package dev.roost.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A request as bytes, for those that no client would send. */
final class RawRequest implements AutoCloseable {
    private final Socket socket;

    RawRequest(URI server) throws IOException {
        socket = new Socket(server.getHost(), server.getPort());
        socket.setSoTimeout(60_000);
    }

    /** Sends the text to a server and returns all that comes back until it closes. */
    static String ask(URI server, String text) {
        try (RawRequest raw = new RawRequest(server)) {
            return raw.ask(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends the text and returns all that comes back until the server closes. */
    String ask(String text) throws IOException {
        if (!text.isEmpty()) {
            send(text);
        }
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    /** Sends, unless the server has closed the connection meanwhile; what it said before can still be read. */
    boolean sendIfOpen(String text) {
        try {
            send(text);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    void sendNoMore() throws IOException {
        socket.shutdownOutput();
    }

    /** Waits for an answer and returns what has come of it; the connection stays open. */
    String awaitAnswer() throws IOException {
        byte[] some = new byte[16 * 1024];
        int count = socket.getInputStream().read(some);
        return count < 0 ? "" : new String(some, 0, count, StandardCharsets.ISO_8859_1);
    }

    boolean isAnswered() throws IOException {
        return socket.getInputStream().available() > 0;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
