package dev.roost.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.roost.core.access.KeyScope;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that mean harm, or know no better: each gets a clear answer or none, and nobody else notices. */
final class HostileClientsTest {
    private static final int CROWD = 10_000;

    private TestServer server;
    private String key;

    @BeforeEach
    void open() {
        server = TestServer.start();
        key = server.key(KeyScope.ADMIN);
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void aBodyThatTricklesInIsGivenUp() throws IOException {
        try (RawRequest raw = new RawRequest(server.uri())) {
            raw.send(post("/v1/connections", "Content-Length: 5000\r\n") + "{");
            for (int i = 0; i < 4000 && !raw.isAnswered() && raw.sendIfOpen(" "); i++) {
                server.advance(Duration.ofMinutes(1));
            }
            assertThat(raw.ask(""))
                    .startsWith("HTTP/1.1 408 ")
                    .contains("body_missing")
                    .contains("in time");
        }
    }

    @Test
    void aBodyThatIsAnnouncedTooLongIsNotRead() {
        String answer = RawRequest.ask(server.uri(), post("/v1/connections", "Content-Length: 1000000000\r\n"));
        assertThat(answer).startsWith("HTTP/1.1 413 ").contains("body_too_long").contains("262144 bytes");
    }

    @Test
    void aBodyThatTurnsOutTooLongIsRefused() throws IOException {
        String chunk = "1000\r\n" + " ".repeat(0x1000) + "\r\n";
        try (RawRequest raw = new RawRequest(server.uri())) {
            raw.send(post("/v1/connections", "Transfer-Encoding: chunked\r\n"));
            for (int i = 0; i < 65; i++) {
                raw.send(chunk);
            }
            assertThat(raw.ask("")).startsWith("HTTP/1.1 413 ").contains("body_too_long");
        }
    }

    @Test
    void JsonThatIsNestedTooDeeplyIsMalformed() {
        String body = "[".repeat(100_000);
        assertThat(server.client(key).post("/v1/connections", body).body())
                .contains("malformed_json")
                .doesNotContain("Exception");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\n\r\n",
                "GET /%zz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-A: b\r\n folded\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX A: b\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcde",
                "GET /v1/accounts/a%2fb HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n",
                "\u0000\u0001\u0002\r\n\r\n"
            })
    void whatIsNoProperHttpIsRefusedInOneLine(String bytes) {
        assertThat(RawRequest.ask(server.uri(), bytes))
                .startsWith("HTTP/1.1 400 ")
                .contains("application/problem+json", "\"code\":\"refused\"")
                .doesNotContain("Exception", "jetty");
    }

    @Test
    void headersThatAreTooLongAreRefused() {
        String request = "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Long: " + "a".repeat(20_000) + "\r\n\r\n";
        assertThat(RawRequest.ask(server.uri(), request)).startsWith("HTTP/1.1 431 ");
    }

    @Test
    void aNameOfARequestIsRepeatedOnlyIfItLooksLikeOne() {
        assertThat(server.client()
                        .get("/", "X-Request-Id", "from-me.1")
                        .headers()
                        .firstValue("X-Request-Id"))
                .contains("from-me.1");
        assertThat(server.client()
                        .get("/", "X-Request-Id", "<script>")
                        .headers()
                        .firstValue("X-Request-Id")
                        .orElseThrow())
                .matches("[0-9a-f]{16}");
    }

    @Test
    void requestsThatNeverEndKeepNobodyWaiting() throws IOException {
        List<RawRequest> drips = new ArrayList<>();
        try {
            for (int i = 0; i < 300; i++) {
                RawRequest headers = new RawRequest(server.uri());
                drips.add(headers);
                headers.send("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-A: ");
                RawRequest body = new RawRequest(server.uri());
                drips.add(body);
                body.send(post("/v1/connections", "Content-Length: 100\r\n") + "{");
            }
            for (int i = 0; i < 20; i++) {
                assertThat(server.client(key).get("/v1/key").statusCode()).isEqualTo(200);
            }
        } finally {
            for (RawRequest drip : drips) {
                drip.close();
            }
        }
    }

    @Test
    void tenThousandIdleConnectionsKeepNobodyWaiting() throws IOException {
        long files = ManagementFactory.getPlatformMXBean(UnixOperatingSystemMXBean.class)
                .getMaxFileDescriptorCount();
        assumeTrue(files > CROWD + 1000, "this machine lets a process open " + files + " files only (ulimit -Hn)");
        Process crowd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        IdleCrowd.class.getName(),
                        Integer.toString(server.uri().getPort()),
                        Integer.toString(CROWD))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(crowd.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(said.readLine()).isEqualTo("connected " + CROWD);
            for (int i = 0; i < 20; i++) {
                assertThat(server.client(key).get("/v1/key").statusCode()).isEqualTo(200);
            }
        } finally {
            crowd.destroyForcibly();
        }
    }

    private String post(String path, String header) {
        return "POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + key
                + "\r\nContent-Type: application/json\r\nConnection: close\r\n" + header + "\r\n";
    }
}
