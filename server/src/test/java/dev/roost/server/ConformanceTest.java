package dev.roost.server;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roost.core.access.KeyScope;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The check itself would be worth little if it let everything through. */
final class ConformanceTest {
    private final Conformance conformance = new Conformance();

    @Test
    void wrongExchangesAreFound() throws Exception {
        try (TestServer server = TestServer.start();
                HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> key = http.send(
                    HttpRequest.newBuilder(URI.create(server.uri() + "/v1/key"))
                            .header("X-API-Key", server.key(KeyScope.ADMIN))
                            .build(),
                    BodyHandlers.ofString());
            conformance.check("GET", URI.create("/v1/key"), Optional.empty(), key);
            assertWrong("required property", "GET", "/v1/accounts", Optional.empty(), key);
            assertWrong("no such parameter: x", "GET", "/v1/key?x=1", Optional.empty(), key);
            assertWrong("takes a body", "GET", "/v1/key", Optional.of("{}"), key);
            assertWrong("status 200", "POST", "/v1/connections", Optional.empty(), key);
            assertWrong("405", "GET", "/nothing", Optional.empty(), key);
        }
    }

    private void assertWrong(
            String words, String method, String path, Optional<String> sent, HttpResponse<String> response) {
        assertThatThrownBy(() -> conformance.check(method, URI.create(path), sent, response))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(words);
    }
}
