package dev.roost.bench;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One kept-alive HTTP/1.1 connection, as cheap as can be: the server shall be what is measured. Used by one thread. */
final class KeptAlive implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;
    private final byte[] line = new byte[16 * 1024];
    private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    KeptAlive(URI server) throws IOException {
        socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(server.getHost(), server.getPort()));
        in = new BufferedInputStream(socket.getInputStream(), 16 * 1024);
    }

    /** Makes a request; a body has its headers with it. */
    static byte[] request(String method, String path, String headers, String body) {
        String length =
                body.isEmpty() ? "" : "Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length + "\r\n";
        return (method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + headers + length + "\r\n" + body)
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Sends it and reads the whole answer; returns its body. */
    String exchange(byte[] request) throws IOException {
        socket.getOutputStream().write(request);
        String status = line();
        headers.clear();
        for (String header = line(); !header.isEmpty(); header = line()) {
            int colon = header.indexOf(':');
            headers.put(header.substring(0, colon), header.substring(colon + 1).strip());
        }
        String body = body();
        if (!status.startsWith("HTTP/1.1 20")) {
            throw new IOException("the server said " + status);
        }
        return body;
    }

    /** Returns a header of the last answer. */
    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    private String body() throws IOException {
        if (header("Transfer-Encoding").isEmpty()) {
            int length = Integer.parseInt(header("Content-Length").orElse("0"));
            return new String(in.readNBytes(length), StandardCharsets.UTF_8);
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int size = chunk(); size > 0; size = chunk()) {
            all.write(in.readNBytes(size));
            line();
        }
        line();
        return all.toString(StandardCharsets.UTF_8);
    }

    private int chunk() throws IOException {
        return Integer.parseInt(line(), 16);
    }

    private String line() throws IOException {
        int count = 0;
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("the server hung up");
            }
            line[count++] = (byte) c;
        }
        return new String(line, 0, Math.max(0, count - 1), StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
