package dev.roost.x;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.simulator.Simulator;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a watch hears of requests to X. */
final class XWatchTest {
    private final Queue<String> heard = new ConcurrentLinkedQueue<>();

    private void hear(String route, String status, Duration took) {
        assertThat(took).isPositive();
        heard.add(route + " " + status);
    }

    @Test
    void hearsOfEachRequestOnceWithTemplateAndStatus() {
        try (Simulator x = Simulator.start();
                XTransport transport = new XTransport(settings(x.uri()), "9.9", this::hear)) {
            transport.send(request("GET", x.uri() + "/2/users/me?user.fields=id"));
            transport.send(request("GET", x.uri() + "/2/users/1001/tweets"));
            try (XStreamReply.Answered answer =
                    (XStreamReply.Answered) transport.open(request("GET", x.uri() + "/2/strange/1001"))) {
                assertThat(answer.status()).isBetween(400, 499);
            }
        }
        assertThat(heard)
                .hasSize(3)
                .startsWith("GET /2/users/me 401", "GET /2/users/*/tweets 401")
                .last()
                .asString()
                .startsWith("other 4");
    }

    @Test
    void hearsOfARequestThatDidNotLeave() {
        URI nobody = URI.create("http://127.0.0.1:1");
        try (XTransport transport = new XTransport(settings(nobody), "9.9", this::hear)) {
            transport.send(request("POST", nobody + "/2/oauth2/token"));
        }
        assertThat(heard).containsExactly("POST /2/oauth2/token not_sent");
    }

    @Test
    void anAnswerGoesOnWhateverTheWatchThrows() {
        XWatch broken = (route, status, took) -> {
            throw new LinkageError("broken");
        };
        try (Simulator x = Simulator.start();
                XTransport transport = new XTransport(settings(x.uri()), "9.9", broken)) {
            assertThat(transport.send(request("GET", x.uri() + "/2/users/me"))).isInstanceOf(Delivery.Answered.class);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /2/users/by/username/ada, GET /2/users/by/username/*",
        "DELETE, /2/users/1/likes/2, DELETE /2/users/*/likes/*",
        "GET, /2/tweets/search/recent, GET /2/tweets/search/recent",
        "GET, /2/tweets/19, GET /2/tweets/*",
        "POST, /2/media/upload/19/append, POST /2/media/upload/*/append",
        "PATCH, /2/tweets/19, other",
        "GET, /2/tweets/19/secret-of-somebody, other",
    })
    void namesAPathByItsTemplate(String method, String path, String name) {
        assertThat(XRoutes.name(method, path)).isEqualTo(name);
        assertThat(XRoutes.names()).contains(name);
    }

    private static XSettings settings(URI api) {
        return Fixture.settings(api, Optional.empty());
    }

    private static XRequest request(String method, String uri) {
        return new XRequest(method, URI.create(uri), Map.of(), new Body.None(), Duration.ofSeconds(10));
    }
}
