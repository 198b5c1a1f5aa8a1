package dev.roost.bench.run;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.roost.core.TokenPair;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;

/** X's token endpoint as a process of its own: each refresh brings a new pair after a while, whatever token was sent. */
public final class StubX {
    private StubX() {}

    /**
     * Serves until the process is ended.
     *
     * @param arguments the port, and the milliseconds that an answer takes
     * @throws IOException if it cannot listen
     */
    public static void main(String[] arguments) throws IOException {
        Duration takes = Duration.ofMillis(Long.parseLong(arguments[1]));
        InetSocketAddress address =
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0]));
        HttpServer server = HttpServer.create(address, 1024);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        var _ = server.createContext("/2/oauth2/token", exchange -> answer(exchange, takes));
        var _ = server.createContext("/up", exchange -> answer(exchange, Duration.ZERO));
        server.start();
    }

    private static void answer(HttpExchange exchange, Duration takes) throws IOException {
        try (exchange) {
            var _ = exchange.getRequestBody().readAllBytes();
            Thread.sleep(takes);
            TokenPair pair = ScriptedX.pair();
            byte[] body = String.format(
                            "{\"token_type\":\"bearer\",\"expires_in\":%d,\"access_token\":\"%s\",\"refresh_token\":\"%s\","
                                    + "\"scope\":\"tweet.read tweet.write users.read offline.access\"}",
                            ScriptedX.LIFETIME.toSeconds(),
                            pair.access().expose(),
                            pair.refresh().expose())
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json;charset=UTF-8");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
