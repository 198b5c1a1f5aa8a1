package dev.roost.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Sends what no HTTP client would. */
final class RawHttp {
    private RawHttp() {}

    static String statusLine(URI where, String request) {
        try (Socket socket = new Socket(where.getHost(), where.getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String line = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
            return String.valueOf(line);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
