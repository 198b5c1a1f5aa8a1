package dev.roost.simulator;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** HTTP/1.1 on one connection, RFC 9112: as much as clients of X need. For one thread. */
final class Connection {

    private static final int MAX_LINE = 1 << 16;
    /** X takes 5 MB a segment; a client that sends more shall learn it from an answer, not from a broken connection. */
    private static final int MAX_BODY = 1 << 25;

    private final InputStream in;
    private final OutputStream out;

    Connection(InputStream in, OutputStream out) {
        this.in = new BufferedInputStream(in);
        this.out = out;
    }

    /**
     * Reads the next request; empty when the client closed the connection between requests.
     *
     * @throws IOException when the connection breaks or what comes is not a request of up to 32 MiB
     */
    Optional<Call> read() throws IOException {
        String start = line();
        if (start.isEmpty()) {
            return Optional.empty();
        }
        String[] parts = start.split(" ", -1);
        if (parts.length != 3) {
            throw new ProtocolException("not a request line: " + parts.length + " parts; allowed: 3");
        }
        Map<String, String> headers = headers();
        if (parts[2].equals("HTTP/1.0")) {
            headers.put("connection", "close");
        }
        if (headers.getOrDefault("expect", "").equalsIgnoreCase("100-continue")) {
            out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        return Optional.of(Call.of(parts[0], parts[1], headers, Body.of(body(headers))));
    }

    /** Writes an answer whole. */
    void write(Answer answer) throws IOException {
        byte[] body = answer.bytes();
        write(answer, body, body.length);
    }

    /** Writes the headers of the whole answer, and half its body. */
    void writeHalf(Answer answer) throws IOException {
        byte[] body = answer.bytes();
        write(answer, body, body.length / 2);
    }

    private void write(Answer answer, byte[] body, int bodyBytes) throws IOException {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + answer.status() + " \r\n");
        answer.headers()
                .forEach((name, value) ->
                        head.append(name).append(": ").append(value).append("\r\n"));
        head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        whole.write(body, 0, bodyBytes);
        out.write(whole.toByteArray());
        out.flush();
    }

    private Map<String, String> headers() throws IOException {
        Map<String, String> headers = new HashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new ProtocolException("a header line has no colon; allowed: name: value");
            }
            headers.putIfAbsent(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return headers;
    }

    private byte[] body(Map<String, String> headers) throws IOException {
        if (headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")) {
            return chunks();
        }
        return exactly(size(headers.getOrDefault("content-length", "0"), 10));
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = chunkSize(); size > 0; size = chunkSize()) {
            body.writeBytes(exactly(size));
            line();
            size(Integer.toString(body.size()), 10);
        }
        headers();
        return body.toByteArray();
    }

    private int chunkSize() throws IOException {
        return size(line().split(";", -1)[0].strip(), 16);
    }

    private static int size(String text, int radix) throws IOException {
        try {
            int size = Integer.parseInt(text, radix);
            if (size >= 0 && size <= MAX_BODY) {
                return size;
            }
            throw new ProtocolException("a body of " + size + " bytes; allowed: 0 to " + MAX_BODY);
        } catch (NumberFormatException e) {
            throw new IOException("a body size that is no number; allowed: 0 to " + MAX_BODY, e);
        }
    }

    private byte[] exactly(int size) throws IOException {
        byte[] bytes = in.readNBytes(size);
        if (bytes.length < size) {
            throw new ProtocolException("the body ended after " + bytes.length + " of " + size + " bytes");
        }
        return bytes;
    }

    /** A line without its end; empty at the end of the stream too. */
    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            line.write(next);
            if (line.size() > MAX_LINE) {
                throw new ProtocolException("a line is too long; allowed: " + MAX_LINE + " bytes");
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }
}
