package dev.roost.x;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** That an answer wins over everything that would end the wait for it. */
@Timeout(30)
class PatienceTest {
    private static final URI NOWHERE = URI.create("http://127.0.0.1:1");

    @Test
    void waitsHalfTheDeadlineMoreAndAtMostFiveSeconds() {
        assertThat(Patience.afterAPause(Duration.ofSeconds(1))).isEqualTo(Duration.ofMillis(500));
        assertThat(Patience.afterAPause(Duration.ofSeconds(30))).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void takesAnAnswerThatComesAfterTheDeadline() {
        CompletableFuture<String> coming = new CompletableFuture<>();
        try (Patience patience = new Patience(coming)) {
            assertThat(patience.waited(Duration.ofMillis(1), () -> false)).isFalse();
            Thread.ofVirtual().start(() -> coming.complete("there"));
            assertThat(patience.waitedAfterAPause(Duration.ofSeconds(20))).isTrue();
        }
    }

    @Test
    void endsWhenNothingComes() {
        try (Patience patience = new Patience(new CompletableFuture<>())) {
            assertThat(patience.waitedAfterAPause(Duration.ofMillis(50))).isFalse();
        }
    }

    @Test
    void keepsAnInterruptForLater() {
        Thread.currentThread().interrupt();
        try (Patience patience = new Patience(new CompletableFuture<>())) {
            assertThat(patience.waited(Duration.ofMillis(20), () -> false)).isFalse();
            assertThat(patience.isInterrupted()).isTrue();
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void endsByAnInterruptThatMayEndIt() {
        Thread.currentThread().interrupt();
        try (Patience patience = new Patience(new CompletableFuture<>())) {
            assertThat(patience.waited(Duration.ofDays(1), () -> true)).isFalse();
        }
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void takesAnAnswerThatComesAtTheMomentOfCancellingF2() throws Exception {
        HttpResponse<byte[]> answer = answer();
        CompletableFuture<HttpResponse<byte[]>> coming = new CompletableFuture<>() {
            @Override
            public boolean cancel(boolean mayInterrupt) {
                complete(answer);
                return super.cancel(mayInterrupt);
            }
        };
        assertThat(exchange().awaited(coming)).isInstanceOf(Delivery.Answered.class);
    }

    /** A client that cancelled a search waits for nothing. */
    @Test
    void anInterruptEndsARequestThatReadsAlthoughItLeft() {
        Thread.currentThread().interrupt();
        CompletableFuture<HttpResponse<byte[]>> never = new CompletableFuture<>();
        Delivery delivery = exchange("GET", Body.text(""), Duration.ofDays(1)).awaited(never);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(delivery)
                .isEqualTo(new Delivery.Unknown("this thread was interrupted while it waited for 127.0.0.1:1"));
        assertThat(never).isCancelled();
    }

    private static Exchange exchange() {
        return exchange("POST", Body.text("a=b"), Duration.ofMillis(20));
    }

    private static Exchange exchange(String method, Body content, Duration deadline) {
        XRequest request = new XRequest(method, NOWHERE, Map.of(), content, deadline);
        OnceBody body = new OnceBody(content);
        TlsWatch tls = new TlsWatch(TlsWatch.jdk());
        return new Exchange(request, new Proof(request, body, tls, Duration.ofMillis(10)));
    }

    private static HttpResponse<byte[]> answer() throws IOException, InterruptedException {
        try (RawServer server = RawServer.answering(RawServer.http("200 OK", "application/json", "{}"));
                HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(server.uri()).build(), HttpResponse.BodyHandlers.ofByteArray());
        }
    }
}
