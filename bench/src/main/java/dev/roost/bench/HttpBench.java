package dev.roost.bench;

import dev.roost.bench.Load.Deed;
import dev.roost.bench.Load.Result;
import dev.roost.cli.wiring.LogFormat;
import dev.roost.cli.wiring.Logging;
import dev.roost.core.AccountId;
import dev.roost.simulator.Endpoint;
import dev.roost.simulator.Fault;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the HTTP API costs. Run it with {@code bench/http}; an argument gives the seconds of a round (3).
 *
 * <ol>
 *   <li>Reading a token that is in memory, beside the emptiest route that also wants an API key: rounds of the two take
 *       turns, and the ratio of their median rates is printed.
 *   <li>Refreshing a caller's own token through Roost, beside asking the simulator itself: 64 clients each, while X takes
 *       100 ms for each answer so that the machine is not the limit. Printed are the differences of p50 and p99, which hold
 *       a new connection to X for each request, and what Roost's own metrics say of the time outside that exchange.
 * </ol>
 */
public final class HttpBench {
    private static final int CLIENTS = 64;
    private static final int ROUNDS = 7;
    private static final Duration X_TAKES = Duration.ofMillis(100);
    private static final PrintStream OUT = System.out;

    private HttpBench() {}

    /** Measures, and prints what it finds. */
    public static void main(String[] arguments) throws Exception {
        // As roost serve logs, but to nowhere.
        Logging.to(
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
                "INFO",
                LogFormat.JSON);
        Duration round = Duration.ofSeconds(arguments.length == 0 ? 3 : Integer.parseInt(arguments[0]));
        try (Stage stage = new Stage()) {
            tokenRead(stage, round);
            refresh(stage, round.multipliedBy(4));
        }
    }

    private static void tokenRead(Stage stage, Duration round) throws Exception {
        AccountId ada = stage.connect("1001", "ada").id();
        String authorization = "Authorization: Bearer " + stage.key() + "\r\n";
        byte[] empty = KeptAlive.request("GET", "/v1/key", authorization, "");
        byte[] token = KeptAlive.request("GET", "/v1/accounts/" + ada + "/token", authorization, "");
        rate(stage, empty, round);
        rate(stage, token, round);
        List<Double> empties = new ArrayList<>();
        List<Double> tokens = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            empties.add(rate(stage, empty, round));
            tokens.add(rate(stage, token, round));
        }
        double base = median(empties);
        double read = median(tokens);
        OUT.printf(
                Locale.ROOT,
                "GET /v1/key (empty, authenticated): %,.0f/s; GET .../token from memory: %,.0f/s; ratio %.2f (wanted: 0.85)%n",
                base,
                read,
                read / base);
    }

    private static double rate(Stage stage, byte[] request, Duration time) throws Exception {
        List<KeptAlive> connections = connections(stage.server().uri());
        List<Deed> clients = new ArrayList<>();
        connections.forEach(connection -> clients.add(() -> connection.exchange(request)));
        Result result = Load.run(clients, Duration.ZERO, time);
        close(connections);
        return result.perSecond();
    }

    private static void refresh(Stage stage, Duration time) throws Exception {
        for (int i = 0; i < CLIENTS; i++) {
            stage.x().addUser("" + (2000 + i), "user" + i);
        }
        Function<String, byte[]> direct = token -> KeptAlive.request(
                "POST",
                "/2/oauth2/token",
                "Content-Type: application/x-www-form-urlencoded\r\n",
                "grant_type=refresh_token&client_id=" + Stage.CLIENT_ID + "&refresh_token="
                        + URLEncoder.encode(token, StandardCharsets.UTF_8));
        Function<String, byte[]> viaRoost = token -> KeptAlive.request(
                "POST",
                "/mcp/execute",
                "Content-Type: application/json\r\n",
                "{\"toolName\":\"refreshTwitterToken\",\"params\":{\"refreshToken\":\"" + token + "\"}}");
        URI x = stage.x().uri();
        URI roost = stage.server().uri();
        // Warm: as fast as it goes.
        chains(stage, roost, viaRoost, "/result/refreshToken", Duration.ZERO, time);
        chains(stage, roost, viaRoost, "/result/refreshToken", X_TAKES, time.dividedBy(4));
        Result base = chains(stage, x, direct, "/refresh_token", X_TAKES, time);
        Spent before = Spent.of(stage);
        Result through = chains(stage, roost, viaRoost, "/result/refreshToken", X_TAKES, time);
        OUT.printf(
                Locale.ROOT,
                "a refresh at the simulator, %d clients: p50 %.2f ms, p99 %.2f ms (%,.0f/s)%n",
                CLIENTS,
                base.millis(0.5),
                base.millis(0.99),
                base.perSecond());
        OUT.printf(
                Locale.ROOT,
                "the same through refreshTwitterToken:   p50 %.2f ms, p99 %.2f ms (%,.0f/s)%n",
                through.millis(0.5),
                through.millis(0.99),
                through.perSecond());
        OUT.printf(
                Locale.ROOT,
                "inside Roost, its exchange with X left out: %.2f ms on average%n",
                Spent.of(stage).ownMillisSince(before));
        OUT.printf(
                Locale.ROOT,
                "longer than at the simulator: p50 %.2f ms, p99 %.2f ms (wanted: under 1 ms)%n",
                through.millis(0.5) - base.millis(0.5),
                through.millis(0.99) - base.millis(0.99));
    }

    /** Each client refreshes a user of its own, each time with the token that it got last. */
    private static Result chains(
            Stage stage, URI server, Function<String, byte[]> request, String newToken, Duration xTakes, Duration time)
            throws Exception {
        long requests = xTakes.isZero() ? 0 : (time.toMillis() / xTakes.toMillis() + 2) * CLIENTS;
        for (long i = 0; i < requests; i++) {
            stage.x().queue(Fault.stall(Endpoint.TOKEN, xTakes));
        }
        List<KeptAlive> connections = connections(server);
        List<Deed> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            String[] token = {stage.x().issue(Stage.CLIENT_ID, "" + (2000 + i)).refreshToken()};
            KeptAlive connection = connections.get(i);
            clients.add(() -> {
                JsonNode answer = JsonMapper.shared().readTree(connection.exchange(request.apply(token[0])));
                token[0] = answer.at(newToken).asString();
            });
        }
        // Spread, or all would ask at the same moments and wait for one another.
        Result result = Load.run(clients, xTakes.dividedBy(CLIENTS), time);
        close(connections);
        return result;
    }

    private static List<KeptAlive> connections(URI server) throws IOException {
        List<KeptAlive> connections = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            connections.add(new KeptAlive(server));
        }
        return connections;
    }

    private static void close(List<KeptAlive> connections) throws IOException {
        for (KeptAlive connection : connections) {
            connection.close();
        }
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElse(0.0);
    }
}
