package dev.roost.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.core.Account;
import dev.roost.core.access.KeyScope;
import dev.roost.simulator.Endpoint;
import dev.roost.simulator.Fault;
import dev.roost.simulator.FaultKind;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A server that is told to stop finishes what it began and begins nothing more. */
final class GracefulStopTest {
    @Test
    void finishesARefreshUnderWayAndSendsOthersAway() throws IOException {
        try (TestServer server = TestServer.start()) {
            Account ada = server.connect(TestServer.ADA);
            String key = server.key(KeyScope.ADMIN);
            URI uri = server.uri();
            server.simulator().queue(Fault.of(Endpoint.TOKEN, FaultKind.HOLD));
            try (RawRequest slow = new RawRequest(uri);
                    RawRequest late = new RawRequest(uri)) {
                // Both connections stand before the server stops; a stopping one accepts no others.
                late.send(request("GET", "/health/live", key, "keep-alive"));
                late.awaitAnswer();
                slow.send(request("POST", "/v1/accounts/" + ada.id() + "/refresh", key, "close"));
                server.simulator().awaitHeld(1);
                CompletableFuture<Void> stopped = CompletableFuture.runAsync(server::stopListening);
                while (isListening(uri)) {
                    Thread.onSpinWait();
                }
                late.send(request("GET", "/health/live", key, "keep-alive"));
                assertThat(late.awaitAnswer())
                        .startsWith("HTTP/1.1 503 ")
                        .contains("Retry-After: 5", "\"code\":\"stopping\"", "\"retryable\":true");
                server.simulator().release();
                assertThat(slow.ask("")).startsWith("HTTP/1.1 200 ").contains("\"refreshed\":true");
                stopped.join();
            }
        }
    }

    private static boolean isListening(URI server) {
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static String request(String method, String path, String key, String connection) {
        return method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + key + "\r\nConnection: "
                + connection + "\r\nContent-Length: 0\r\n\r\n";
    }
}
