package dev.roost.server.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.core.access.ApiKeys.Created;
import dev.roost.core.access.KeyScope;
import dev.roost.server.TestBrowser;
import dev.roost.server.TestServer;
import dev.roost.testkit.Sample;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Open pages hear of what happens, and the streams end when they should. */
@Timeout(180)
final class LiveTest {
    private static final Duration SOON = Duration.ofSeconds(1);

    private final TestServer server = TestServer.start();
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        http.shutdownNow();
        server.close();
    }

    @Test
    void pageHearsWithinASecondOfWhatAnotherProcessDid() throws IOException, InterruptedException {
        try (Events events = watch(server.browser(KeyScope.ACCOUNTS_READ))) {
            events.await("hello");
            Duration best = Duration.ofDays(1);
            // The best of some: other programs may keep this machine busy.
            for (int i = 0; i < 20 && best.compareTo(SOON) >= 0; i++) {
                long start = System.nanoTime();
                server.store()
                        .connect(Sample.signedIn(
                                TestServer.CLIENT_ID,
                                Sample.user(),
                                server.simulator().now()));
                events.await("change");
                Duration took = Duration.ofNanos(System.nanoTime() - start);
                best = took.compareTo(best) < 0 ? took : best;
            }
            assertThat(best).isLessThan(SOON);
        }
    }

    @Test
    void pageHearsAtOnceOfARefreshOfThisProcessAndFetchesTheNewFigures() throws IOException, InterruptedException {
        TestBrowser browser = server.browser(KeyScope.ADMIN);
        assertThat(browser.part("/dashboard/overview").body()).contains("No account yet");
        try (Events events = watch(browser)) {
            events.await("hello");
            server.connect(TestServer.ADA);
            events.await("change");
            assertThat(browser.part("/dashboard/overview").body())
                    .contains("<span class=\"tile-name\">Active</span><span class=\"figure\">1</span>");
        }
    }

    @Test
    void quietStreamBeats() throws IOException, InterruptedException {
        try (Events events = watch(server.browser(KeyScope.ADMIN))) {
            events.await("hello");
            events.await("beat");
        }
    }

    @Test
    void streamIsOverWhenItsKeyIsRevoked() throws IOException, InterruptedException {
        Created key = server.newKey(Set.of(KeyScope.ADMIN), Set.of(), 0);
        try (Events events = watch(server.browser().signIn(key.secret().expose()))) {
            events.await("hello");
            server.keys().revoke(key.key().id());
            events.await("over");
            assertThat(events.next()).isEqualTo("data: The session is over; sign in again.");
            assertThat(events.rest()).isZero();
        }
    }

    @Test
    void streamIsOverWithItsSession() throws IOException, InterruptedException {
        try (Events events = watch(server.browser(KeyScope.ADMIN))) {
            events.await("hello");
            server.advance(Duration.ofHours(12));
            events.await("over");
            assertThat(events.rest()).isLessThan(3);
        }
    }

    @Test
    void streamEndsWithTheServer() throws IOException, InterruptedException {
        try (Events events = watch(server.browser(KeyScope.ADMIN))) {
            events.await("hello");
            server.stopListening();
            assertThat(events.rest()).isLessThan(10);
        }
    }

    @Test
    void oneKeyHoldsNoMoreThanFiftyStreams() throws IOException, InterruptedException {
        TestBrowser browser = server.browser(KeyScope.ADMIN);
        Events[] open = new Events[50];
        for (int i = 0; i < open.length; i++) {
            open[i] = watch(browser);
            open[i].await("hello");
        }
        try (Events oneMore = watch(browser)) {
            oneMore.await("over");
            assertThat(oneMore.next()).startsWith("data: Too many pages are open");
        }
        for (Events events : open) {
            events.close();
        }
    }

    private Events watch(TestBrowser browser) throws IOException, InterruptedException {
        HttpResponse<java.io.InputStream> answer = http.send(
                browser.request("/dashboard/live", "Accept", "text/event-stream")
                        .GET()
                        .build(),
                BodyHandlers.ofInputStream());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/event-stream");
        return new Events(new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8)));
    }

    /** The lines of a stream. */
    private record Events(BufferedReader lines) implements AutoCloseable {
        void await(String event) throws IOException {
            String line = next();
            while (!line.equals("event: " + event)) {
                line = next();
            }
        }

        String next() throws IOException {
            String line = lines.readLine();
            assertThat(line).as("the stream goes on").isNotNull();
            return String.valueOf(line);
        }

        /** Reads to the end; returns how many lines with something in them there were. */
        long rest() {
            return lines.lines().filter(line -> !line.isBlank()).count();
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }
    }
}
