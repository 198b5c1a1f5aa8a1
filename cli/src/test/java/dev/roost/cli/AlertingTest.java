package dev.roost.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.roost.cli.wiring.Alerting;
import dev.roost.cli.wiring.LogFormat;
import dev.roost.core.Account;
import dev.roost.core.Node;
import dev.roost.core.TokenPair;
import dev.roost.core.alerting.AlertPolicy;
import dev.roost.core.alerting.AlertWatch;
import dev.roost.core.alerting.WebhookFormat;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** A whole server, the simulated X, and somebody who takes webhooks. */
final class AlertingTest {
    @TempDir
    private Path data;

    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final List<String> headers = new CopyOnWriteArrayList<>();

    @SuppressWarnings("NullAway.Init") // set before every test by JUnit
    private HttpServer receiver;

    @BeforeEach
    void listen() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        receiver.createContext("/", exchange -> {
            headers.add(exchange.getRequestHeaders().entrySet().toString());
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        receiver.start();
    }

    @AfterEach
    void stop() {
        receiver.stop(0);
    }

    @Test
    void whatHappensToAnAccountArrivesWithinSecondsAndHoldsNoToken() {
        try (ServingRoost serving =
                        new ServingRoost(data, LogFormat.JSON, Map.of("ROOST_WEBHOOKS_ALLOW", "127.0.0.1"));
                Alerting alerting = serving.roost().alerting()) {
            assertThat(alerting).isNotNull();
            webhook(serving);
            Account ada = serving.keep("1001", "ada");
            TokenPair first = pair(serving, ada);
            serving.roost().engine().keeper().refreshNow(ada.id());
            TokenPair second = pair(serving, ada);
            serving.x().revoke("1001");
            serving.roost().engine().keeper().refreshNow(ada.id());
            ServingRoost.await(() -> bodies.size() == 3);
            serving.keepAgain("1001", "ada");
            TokenPair third = pair(serving, ada);
            ServingRoost.await(() -> bodies.size() == 5);
            assertThat(types())
                    .containsExactly(
                            "account.connected",
                            "grant.lost",
                            "account.reauthorization_required",
                            "account.connected",
                            "account.recovered");
            ServingRoost.await(
                    () -> serving.metrics().contains("roost_webhook_deliveries_total{outcome=\"arrived\"} 5.0"));
            ServingRoost.await(
                    () -> serving.metrics().contains("roost_alerts_open{type=\"account.reauthorization_required\"} "));
            String all = bodies.toString() + headers + serving.printed();
            for (TokenPair pair : List.of(first, second, third)) {
                for (String token :
                        List.of(pair.access().expose(), pair.refresh().expose())) {
                    assertThat(all)
                            .doesNotContain(token)
                            .doesNotContain(Base64.getEncoder().encodeToString(token.getBytes(StandardCharsets.UTF_8)));
                }
            }
            assertThat(serving.printed()).doesNotContain("whsec_").doesNotContain("canary-in-the-address");
        }
    }

    @Test
    void aRejectedAppIsToldAndItsEndToo() {
        try (ServingRoost serving =
                        new ServingRoost(data, LogFormat.JSON, Map.of("ROOST_WEBHOOKS_ALLOW", "127.0.0.1"));
                Alerting alerting = serving.roost().alerting()) {
            assertThat(alerting).isNotNull();
            webhook(serving);
            Account ada = serving.keep("1001", "ada");
            serving.x().changeSecret("shop", "another");
            serving.roost().engine().keeper().refreshNow(ada.id());
            AlertWatch watch = watch(serving);
            for (int i = 0; i < 4; i++) {
                watch.turn();
                serving.turn(Duration.ofSeconds(10));
            }
            ServingRoost.await(() -> types().contains("app.rejected"));
            serving.x().changeSecret("shop", TestTerminal.SECRET);
            ServingRoost.await(() -> {
                serving.roost().engine().scheduler().turn();
                return serving.roost().engine().keeper().health().appRejected().isEmpty();
            });
            for (int i = 0; i < 14; i++) {
                serving.turn(Duration.ofSeconds(10));
                watch.turn();
            }
            ServingRoost.await(() -> types().contains("app.recovered"));
            assertThat(types()).containsOnlyOnce("app.rejected", "app.recovered");
        }
    }

    private static AlertWatch watch(ServingRoost serving) {
        return new AlertWatch(
                serving.roost().vault().store().alerts(),
                serving.roost().vault().store().webhooks(),
                serving.roost().endpoint(),
                serving.roost().engine().keeper()::health,
                AlertPolicy.DEFAULT,
                new Node("watch"),
                serving.clock());
    }

    private void webhook(ServingRoost serving) {
        Alerting.webhooks(serving.roost().settings(), serving.roost().vault())
                .create(
                        "http://127.0.0.1:" + receiver.getAddress().getPort() + "/?key=canary-in-the-address",
                        Set.of(),
                        WebhookFormat.STANDARD,
                        "");
    }

    private static TokenPair pair(ServingRoost serving, Account account) {
        return serving.roost()
                .vault()
                .store()
                .tokens()
                .grant(account.id())
                .orElseThrow()
                .tokens();
    }

    private List<String> types() {
        List<String> types = new ArrayList<>();
        for (String body : bodies) {
            types.add(JsonMapper.shared().readTree(body).path("type").asString());
        }
        return types;
    }
}
