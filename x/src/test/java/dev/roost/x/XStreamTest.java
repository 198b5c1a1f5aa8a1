package dev.roost.x;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.roost.core.AccessToken;
import dev.roost.x.RawServer.Script;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A proxy's requests on a real socket: what goes out, what comes back, and what is said when nothing does. */
@Timeout(60)
class XStreamTest {
    private static final AccessToken TOKEN = AccessToken.of("canary-token-1234567890");

    @Test
    void passesTheRequestOnWithTheTokenAndWithoutWhatIsNotXs() throws IOException {
        Map<String, List<String>> headers = Map.of(
                "accept", List.of("text/plain", "*/*;q=0.1"),
                "Content-Type", List.of("application/json"),
                "Accept-Language", List.of("de"),
                "authorization", List.of("Bearer of-the-caller"),
                "Cookie", List.of("a=b"),
                "X-Api-Key", List.of("key-of-the-caller"),
                "Host", List.of("evil.example"),
                "Connection", List.of("close, Accept-Language"),
                "Transfer-Encoding", List.of("gzip"),
                "Content-Length", List.of("999"));
        try (RawServer server = RawServer.answering(RawServer.http("200 OK", "application/json", "{}"));
                XTransport transport = transport(server.uri())) {
            XStreamCall call = new XStreamCall(
                    "POST", "/2/tweets", Optional.of("a=b%20c&d"), headers, content("{\"text\":\"Hi\"}", true));
            try (var answer = answered(stream(server.uri(), transport).send(TOKEN, call))) {
                assertThat(answer.status()).isEqualTo(200);
            }
            assertThat(server.requests().getFirst())
                    .startsWith("POST /2/tweets?a=b%20c&d HTTP/1.1\r\n")
                    .endsWith("\r\n\r\n{\"text\":\"Hi\"}")
                    .contains("\r\nAuthorization: Bearer canary-token-1234567890\r\n")
                    .contains("\r\nHost: 127.0.0.1:")
                    .containsIgnoringCase("\r\ncontent-type: application/json\r\n")
                    .containsIgnoringCase("\r\naccept: text/plain, */*;q=0.1\r\n")
                    .containsIgnoringCase("\r\ncontent-length: 13\r\n")
                    .doesNotContainIgnoringCase("of-the-caller")
                    .doesNotContainIgnoringCase("cookie")
                    .doesNotContainIgnoringCase("evil")
                    .doesNotContainIgnoringCase("accept-language")
                    .doesNotContainIgnoringCase("transfer-encoding");
        }
    }

    @Test
    void sendsContentOfUnknownLengthInChunks() throws IOException {
        Script script = wire -> {
            wire.readRequest();
            wire.readUntil("0\r\n\r\n");
            wire.write(RawServer.http("200 OK", "text/plain", "ok"));
        };
        try (RawServer server = new RawServer(script);
                XTransport transport = transport(server.uri())) {
            XStreamCall call = new XStreamCall(
                    "PUT", "/2/tweets/1/hidden", Optional.empty(), Map.of(), content("{\"hidden\":true}", false));
            try (var answer = answered(stream(server.uri(), transport).send(TOKEN, call))) {
                assertThat(text(answer)).isEqualTo("ok");
            }
            assertThat(server.requests().getFirst()).containsIgnoringCase("\r\ntransfer-encoding: chunked\r\n");
            assertThat(server.requests().getLast()).contains("{\"hidden\":true}");
        }
    }

    @Test
    void bringsTheAnswerBackAsItCame() throws IOException {
        String answer = String.join(
                "\r\n",
                "HTTP/1.1 429 Too Many Requests",
                "Content-Type: application/problem+json",
                "Content-Encoding: gzip",
                "x-rate-limit-reset: 17",
                "Set-Cookie: guest=1",
                "Keep-Alive: timeout=5",
                "Strict-Transport-Security: max-age=1",
                "X-Hop: 1",
                "Connection: x-hop",
                "x-echo: Bearer canary-token-1234567890",
                "Content-Length: 4",
                "",
                "zipp");
        try (RawServer server = RawServer.answering(answer);
                XTransport transport = transport(server.uri());
                var back = answered(stream(server.uri(), transport).send(TOKEN, get("/2/users/me")))) {
            assertThat(back.status()).isEqualTo(429);
            assertThat(back.headers().keySet().stream().map(name -> name.toLowerCase(java.util.Locale.ROOT)))
                    .containsExactlyInAnyOrder(
                            "content-type", "content-encoding", "x-rate-limit-reset", "content-length");
            assertThat(text(back)).isEqualTo("zipp");
            assertThat(back.toString()).isEqualTo("HTTP 429");
        }
    }

    @Test
    void followsNoRedirect() throws IOException {
        String moved = "HTTP/1.1 302 Found\r\nLocation: https://evil.example/\r\nContent-Length: 0\r\n\r\n";
        try (RawServer server = RawServer.answering(moved);
                XTransport transport = transport(server.uri());
                var answer = answered(stream(server.uri(), transport).send(TOKEN, get("/2/users/me")))) {
            assertThat(answer.status()).isEqualTo(302);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void readsWhileXIsStillSending() throws IOException {
        CountDownLatch firstRead = new CountDownLatch(1);
        Script script = wire -> {
            wire.readRequest();
            wire.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n");
            await(firstRead);
            wire.write("3\r\ntwo\r\n0\r\n\r\n");
        };
        try (RawServer server = new RawServer(script);
                XTransport transport = transport(server.uri());
                var answer = answered(stream(server.uri(), transport).send(TOKEN, get("/2/tweets/search/stream")))) {
            assertThat(new String(answer.body().readNBytes(3), StandardCharsets.UTF_8))
                    .isEqualTo("one");
            firstRead.countDown();
            assertThat(text(answer)).isEqualTo("two");
        }
    }

    @Test
    void bringsALargeAnswerWhole() throws IOException {
        String large = "0123456789".repeat(300_000);
        try (RawServer server = RawServer.answering(RawServer.http("200 OK", "text/plain", large));
                XTransport transport = transport(server.uri());
                var answer = answered(stream(server.uri(), transport).send(TOKEN, writing("POST")))) {
            assertThat(text(answer)).isEqualTo(large);
        }
    }

    @Test
    void failsToReadWhatBreaksOffOrFallsSilent() throws IOException {
        String half = "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf";
        assertThat(readFailure(wire -> wire.write(half))).isEqualTo("X's answer broke off");
        assertThat(readFailure(wire -> {
                    wire.write(half);
                    wire.hold();
                }))
                .isEqualTo("X sent nothing for 2000 ms in the middle of an answer");
    }

    @Test
    void saysThatNothingWasSent() throws IOException {
        URI nobody;
        try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = URI.create("http://127.0.0.1:" + gone.getLocalPort());
        }
        try (XTransport transport = transport(nobody)) {
            for (XStreamCall call : List.of(writing("POST"), get("/2/users/me"), writing("DELETE"))) {
                assertThat(stream(nobody, transport).send(TOKEN, call))
                        .isInstanceOf(XStreamReply.NotSent.class)
                        .asString()
                        .contains("could not connect to 127.0.0.1:");
            }
        }
    }

    @Test
    void doesNotKnowWhenNoAnswerComesAndNeverRepeats() throws IOException {
        assertUnknown(RawServer.Wire::readRequest, "left, and the connection closed");
        assertUnknown(
                wire -> {
                    wire.readRequest();
                    wire.hold();
                },
                "left, and no answer came within 2 s");
    }

    @Test
    void doesNotKnowWhenTheContentBreaksOff() throws IOException {
        InputStream broken = new InputStream() {
            @Override
            public int read() {
                return -1;
            }

            @Override
            public int read(byte[] into, int from, int length) throws IOException {
                throw new IOException("canary: the caller hung up");
            }
        };
        try (RawServer server = new RawServer(RawServer.Wire::readRequest);
                XTransport transport = transport(server.uri())) {
            XStreamCall call = new XStreamCall(
                    "POST",
                    "/2/tweets",
                    Optional.empty(),
                    Map.of(),
                    Optional.of(new XStreamCall.Content(broken, OptionalLong.of(10))));
            assertThat(stream(server.uri(), transport).send(TOKEN, call))
                    .isInstanceOf(XStreamReply.Unknown.class)
                    .asString()
                    .doesNotContain("canary");
        }
    }

    @Test
    void waitsAsLongAsContentFlows() throws IOException {
        InputStream slow = new InputStream() {
            private int left = 6;

            @Override
            public int read() {
                return -1;
            }

            @Override
            public int read(byte[] into, int from, int length) throws IOException {
                await(new CountDownLatch(1), 500);
                into[from] = 'x';
                return left-- > 0 ? 1 : -1;
            }
        };
        Script script = wire -> {
            wire.readRequest();
            wire.readUntil("0\r\n\r\n");
            wire.write(RawServer.http("200 OK", "text/plain", "ok"));
        };
        try (RawServer server = new RawServer(script);
                XTransport transport = transport(server.uri(), Duration.ofSeconds(2))) {
            XStreamCall call = new XStreamCall(
                    "POST",
                    "/2/tweets",
                    Optional.empty(),
                    Map.of(),
                    Optional.of(new XStreamCall.Content(slow, OptionalLong.empty())));
            try (var answer = answered(
                    stream(server.uri(), transport, Duration.ofSeconds(2)).send(TOKEN, call))) {
                assertThat(text(answer)).isEqualTo("ok");
            }
        }
    }

    private static void assertUnknown(Script script, String words) throws IOException {
        try (RawServer server = new RawServer(script);
                XTransport transport = transport(server.uri(), Duration.ofSeconds(2))) {
            assertThat(stream(server.uri(), transport, Duration.ofSeconds(2)).send(TOKEN, writing("POST")))
                    .isInstanceOf(XStreamReply.Unknown.class)
                    .asString()
                    .contains(words)
                    .doesNotContain("canary");
            assertThat(server.requests()).hasSize(1);
        }
    }

    private static String readFailure(Script answer) throws IOException {
        Script script = wire -> {
            wire.readRequest();
            answer.play(wire);
        };
        try (RawServer server = new RawServer(script);
                XTransport transport = transport(server.uri(), Duration.ofSeconds(2));
                var back = answered(
                        stream(server.uri(), transport, Duration.ofSeconds(2)).send(TOKEN, get("/2/users/me")))) {
            assertThat(new String(back.body().readNBytes(4), StandardCharsets.UTF_8))
                    .isEqualTo("half");
            IOException failure =
                    catchThrowableOfType(IOException.class, () -> back.body().read());
            assertThat(failure).isNotNull();
            return String.valueOf(failure.getMessage());
        }
    }

    private static XStreamCall get(String path) {
        return new XStreamCall("GET", path, Optional.empty(), Map.of(), Optional.empty());
    }

    private static XStreamCall writing(String method) {
        return new XStreamCall(method, "/2/tweets", Optional.empty(), Map.of(), content("{}", true));
    }

    private static Optional<XStreamCall.Content> content(String text, boolean known) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return Optional.of(new XStreamCall.Content(
                new ByteArrayInputStream(bytes), known ? OptionalLong.of(bytes.length) : OptionalLong.empty()));
    }

    private static XStreamReply.Answered answered(XStreamReply reply) {
        assertThat(reply).isInstanceOf(XStreamReply.Answered.class);
        return (XStreamReply.Answered) reply;
    }

    private static String text(XStreamReply.Answered answer) throws IOException {
        return new String(answer.body().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static void await(CountDownLatch latch) throws IOException {
        await(latch, 20_000);
    }

    private static boolean await(CountDownLatch latch, long millis) throws IOException {
        try {
            return latch.await(millis, java.util.concurrent.TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static XTransport transport(URI uri) {
        return transport(uri, Duration.ofSeconds(20));
    }

    private static XTransport transport(URI uri, Duration deadline) {
        return new XTransport(Fixture.settings(uri, Optional.empty(), deadline), "9.9");
    }

    private static XStream stream(URI uri, XTransport transport) {
        return stream(uri, transport, Duration.ofSeconds(20));
    }

    private static XStream stream(URI uri, XTransport transport, Duration deadline) {
        return new XStream(Fixture.settings(uri, Optional.empty(), deadline), transport);
    }
}
