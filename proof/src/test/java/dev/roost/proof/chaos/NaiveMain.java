package dev.roost.proof.chaos;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.roost.testkit.NaiveKeeper;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postgresql.ds.PGSimpleDataSource;

/** A process that hands out the tokens of a {@link NaiveKeeper} at the address where Roost does. */
final class NaiveMain {
    private static final Pattern TOKEN_OF = Pattern.compile("/v1/accounts/([^/]+)/token");
    /** Far more than any real program keeps, so that a short run sees many refreshes. */
    private static final Duration MARGIN = Scale.TOKEN_LIFE.minusSeconds(8);

    private NaiveMain() {}

    public static void main(String[] args) throws IOException {
        TurnedClock clock = new TurnedClock();
        PGSimpleDataSource database = source(System.getenv("ROOST_DATABASE_URL"));
        URI x = URI.create(System.getenv("ROOST_X_API_URL"));
        NaiveKeeper keeper = keeper(database, x, clock);
        int port = Integer.parseInt(System.getenv("PORT"));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> answer(exchange, keeper));
        server.start();
        Leash.hold(clock);
    }

    static NaiveKeeper keeper(PGSimpleDataSource database, URI x, TurnedClock clock) {
        return new NaiveKeeper(database, x, Scale.CLIENT_ID, clock, MARGIN);
    }

    static PGSimpleDataSource source(String url) {
        URI address = URI.create(url);
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl("jdbc:postgresql://127.0.0.1:" + address.getPort() + address.getPath());
        source.setUser("postgres");
        source.setPassword("postgres");
        source.setConnectTimeout(3);
        source.setLoginTimeout(3);
        source.setSocketTimeout(10);
        return source;
    }

    private static void answer(HttpExchange exchange, NaiveKeeper keeper) throws IOException {
        Matcher path = TOKEN_OF.matcher(exchange.getRequestURI().getPath());
        if (!path.matches()) {
            reply(exchange, 404, "{}");
            return;
        }
        try {
            reply(exchange, 200, "{\"accessToken\": \"" + keeper.token(path.group(1)) + "\", \"generation\": 0}");
        } catch (SQLException | IOException e) {
            System.err.println(path.group(1) + ": " + e.getMessage());
            reply(exchange, 503, "{}");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            reply(exchange, 503, "{}");
        }
    }

    private static void reply(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }
}
