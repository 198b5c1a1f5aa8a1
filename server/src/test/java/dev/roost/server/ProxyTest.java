package dev.roost.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.core.access.KeyScope;
import dev.roost.simulator.Endpoint;
import dev.roost.simulator.Fault;
import dev.roost.simulator.FaultKind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The proxy: X's own API under an account's token, and nothing else. */
final class ProxyTest {
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private TestServer server;
    private String key;

    @BeforeEach
    void open() {
        server = TestServer.start();
        server.connect(TestServer.ADA);
        key = server.key(KeyScope.X_READ, KeyScope.X_WRITE);
    }

    @AfterEach
    void close() {
        http.close();
        server.close();
    }

    @Test
    void passesXsAnswerOnAsItIs() throws IOException, InterruptedException {
        HttpResponse<String> answer =
                send(to("/x/2/users/me?user.fields=created_at").GET());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"username\":\"ada\"", "created_at");
        assertThat(answer.headers().firstValue("x-rate-limit-limit")).contains("75");
        assertThat(answer.headers().firstValue("X-Request-Id")).isPresent();
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).contains("json");
        HttpResponse<String> missing = send(to("/x/2/tweets/99").GET());
        assertThat(missing.body()).contains("Not Found");
    }

    @Test
    void writesAndReplacesTheTokenOnceAfterA401() throws IOException, InterruptedException {
        server.simulator().queue(Fault.of(Endpoint.TWEETS, FaultKind.STATUS_401));
        HttpResponse<String> answer = send(to("/x/2/tweets")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"text\":\"through the proxy\"}")));
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(server.simulator().ledger().rotations())
                .as("with that of the import")
                .isEqualTo(2);
        assertThat(server.simulator().ledger().posts()).hasSize(1);
    }

    @Test
    void aLongBodyIsStreamedAndNotRepeatedAfterA401() throws IOException, InterruptedException {
        server.simulator().queue(Fault.of(Endpoint.TWEETS, FaultKind.STATUS_401));
        byte[] body = ("{\"text\":\"" + "a".repeat(100_000) + "\"}").getBytes(StandardCharsets.UTF_8);
        HttpResponse<String> answer = send(to("/x/2/tweets")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))));
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("token_replaced").contains("\"retryable\":true");
        assertThat(send(to("/x/2/users/me").GET()).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/x/2/../oauth2/token",
                "/x/2/%2e%2e/oauth2/token",
                "/x/2/..%2f..%2fetc",
                "/x/2//evil.example/2/users/me",
                "/x/2/@evil.example/",
                "/x/2/oauth2/token",
                "/x/2/users/me%0d%0aHost:%20evil.example",
                "/x/1.1/statuses",
                "/x/http://evil.example/2/users/me",
                "/x/2\\users"
            })
    void reachesNothingButXsApi(String path) {
        String answer = RawRequest.ask(
                server.uri(),
                "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + key
                        + "\r\nRoost-Account: @ada\r\nConnection: close\r\n\r\n");
        assertThat(answer).containsPattern("^HTTP/1.1 (400|404) ");
        assertThat(server.simulator().ledger().requests())
                .noneMatch(request -> request.toString().contains("evil"));
    }

    @Test
    void theCallersCredentialsStayHere() throws IOException, InterruptedException {
        HttpResponse<String> answer =
                send(to("/x/2/users/me").header("Cookie", "a=b").GET());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).doesNotContain(key);
    }

    @Test
    void wantsToKnowTheAccount() throws IOException, InterruptedException {
        HttpRequest.Builder without = HttpRequest.newBuilder(URI.create(server.uri() + "/x/2/users/me"))
                .header("Authorization", "Bearer " + key);
        HttpResponse<String> answer = send(without);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("Roost-Account");
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create(server.uri() + path))
                .header("Authorization", "Bearer " + key)
                .header("Roost-Account", "@ada");
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
