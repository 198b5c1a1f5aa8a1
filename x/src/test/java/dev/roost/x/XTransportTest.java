package dev.roost.x;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.core.Verdict;
import dev.roost.x.RawServer.Script;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the network does to a refresh, each fault on a real socket (failures F2, F8, F27). */
@Timeout(30)
class XTransportTest {
    private static final String PAIR = "{\"access_token\":\"at-1\",\"refresh_token\":\"rt-1\",\"expires_in\":7200}";
    private static final String GOOD = RawServer.http("200 OK", "application/json", PAIR);

    @Test
    void isNotSentWhenTheConnectionIsRefused() throws IOException {
        URI nobody;
        try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = URI.create("http://127.0.0.1:" + gone.getLocalPort());
        }
        assertNotSent(refresh(nobody), "could not connect to 127.0.0.1:" + nobody.getPort(), "check the network");
    }

    @Test
    void isNotSentWhenNobodyTakesTheConnection() throws IOException {
        List<SocketChannel> crowd = new ArrayList<>();
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            for (int i = 0; i < 4; i++) {
                SocketChannel channel = SocketChannel.open();
                channel.configureBlocking(false);
                channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), full.getLocalPort()));
                crowd.add(channel);
            }
            URI uri = URI.create("http://127.0.0.1:" + full.getLocalPort());
            assertNotSent(connect(uri), "no connection to 127.0.0.1:" + full.getLocalPort() + " within 1 s");
        } finally {
            for (SocketChannel channel : crowd) {
                channel.close();
            }
        }
    }

    @Test
    void isNotSentWhenTheNameIsUnknown() {
        Verdict verdict = refresh(URI.create("https://no-such-host.invalid"), Duration.ofSeconds(20));
        assertNotSent(verdict, "no address found for no-such-host.invalid; check DNS and the apiUrl setting");
    }

    @Test
    void isNotSentWhenThereIsNoTls() throws IOException {
        try (RawServer plain = new RawServer(wire -> wire.write("HTTP/1.1 400 Bad Request\r\n\r\n"))) {
            assertNotSent(refresh(plain.httpsUri()), "no TLS with 127.0.0.1:", "certificates");
        }
    }

    @Test
    void isNotSentWhenTheTlsHandshakeBreaksOff() throws IOException {
        try (RawServer plain = new RawServer(wire -> {})) {
            assertNotSent(refresh(plain.httpsUri()), "127.0.0.1:");
        }
    }

    @Test
    void isNotSentWhenTheTlsHandshakeStalls() throws IOException {
        try (RawServer stalled = new RawServer(RawServer.Wire::hold)) {
            assertNotSent(connect(stalled.httpsUri()), "no connection to 127.0.0.1:", "within 1 s");
        }
    }

    @Test
    void isUnknownWhenNoAnswerComesF2() throws IOException {
        assertLate(
                wire -> {
                    wire.readRequest();
                    wire.hold();
                },
                " left, and no answer came within 2 s");
    }

    @Test
    void isUnknownWhenTheConnectionIsResetAfterTheRequestF2() throws IOException {
        assertUnknown(
                wire -> {
                    wire.readRequest();
                    wire.reset();
                },
                " left, and the connection closed");
    }

    @Test
    void isUnknownWhenTheConnectionIsClosedAfterTheRequestF2() throws IOException {
        assertUnknown(RawServer.Wire::readRequest, " left, and the connection closed");
    }

    @Test
    void isUnknownWhenTheHeadersBreakOff() throws IOException {
        assertUnknown(answering("HTTP/1.1 200 OK\r\nContent-Ty"), " left, and the connection closed");
    }

    @Test
    void isUnknownWhenTheBodyBreaksOff() throws IOException {
        assertUnknown(answering(GOOD.substring(0, GOOD.length() - 9)), "HTTP 200 began to arrive", "broke off");
    }

    @Test
    void isUnknownWhenAChunkedBodyBreaksOff() throws IOException {
        String half = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n10\r\n{\"access_token\":";
        assertUnknown(answering(half), "HTTP 200 began to arrive", "broke off");
    }

    @Test
    void isUnknownWhenTheBodyStalls() throws IOException {
        assertLate(
                wire -> {
                    wire.readRequest();
                    wire.write(GOOD.substring(0, GOOD.length() - 9));
                    wire.hold();
                },
                "HTTP 200 began to arrive",
                "did not end within 2 s");
    }

    @Test
    void isUnknownWhenTheBodyTricklesPastTheDeadline() throws IOException {
        assertLate(
                wire -> {
                    wire.readRequest();
                    wire.write("HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n");
                    while (!wire.pause(20)) {
                        wire.write(" ");
                    }
                },
                "did not end within 2 s");
    }

    @Test
    void isUnknownWhenTheHeadersTricklePastTheDeadline() throws IOException {
        assertLate(
                wire -> {
                    wire.readRequest();
                    wire.write("HTTP/1.1 200 OK\r\n");
                    for (int i = 0; !wire.pause(20); i++) {
                        wire.write("X-" + i + ": 1\r\n");
                    }
                },
                "no answer came within 2 s");
    }

    @Test
    void isUnknownWhenTheAnswerIsNotHttp() throws IOException {
        assertUnknown(answering("SSH-2.0-OpenSSH_9.2\r\n\r\n"), "something that is not HTTP");
    }

    @Test
    void isUnknownWhenTheAnswerIsNotJsonF27() throws IOException {
        assertUnknown(answering(RawServer.http("200 OK", "text/html", "<html>Hi")), "HTTP 200 with an HTML page");
    }

    @Test
    void isUnknownWhenA200IsHuge() throws IOException {
        String body = "{\"access_token\":\"at\",\"x\":\"" + "y".repeat(3 << 20) + "\"}";
        assertUnknown(answering(RawServer.http("200 OK", "application/json", body)), "not JSON");
    }

    @Test
    void readsNoMoreThanTheLimitOfAnEndlessPage() throws IOException {
        Script endless = wire -> {
            wire.readRequest();
            wire.write("HTTP/1.1 403 Forbidden\r\nContent-Type: text/html\r\n\r\n<title>Blocked</title>");
            while (!wire.pause(0)) {
                wire.write("z".repeat(1 << 16));
            }
        };
        try (RawServer server = new RawServer(endless)) {
            Verdict verdict = refresh(server.uri(), Duration.ofSeconds(20));
            assertThat(verdict).isInstanceOf(Verdict.Throttled.class);
            assertThat(verdict.toString()).contains("HTTP 403: an HTML page \"Blocked\"");
        }
    }

    @Test
    void isThrottledByAnHtml403F8F27() throws IOException {
        String page = RawServer.http("403 Forbidden", "text/html", "<html><title>Attention Required!</title>");
        try (RawServer server = RawServer.answering(page)) {
            assertThat(refresh(server.uri())).isInstanceOf(Verdict.Throttled.class);
        }
    }

    @Test
    void followsNoRedirect() throws IOException {
        try (RawServer elsewhere = RawServer.answering(GOOD);
                RawServer server = RawServer.answering("HTTP/1.1 307 Temporary Redirect\r\nLocation: " + elsewhere.uri()
                        + "\r\nContent-Length: 0\r\n\r\n")) {
            assertThat(refresh(server.uri())).isInstanceOf(Verdict.AppRejected.class);
            assertThat(elsewhere.connections()).isZero();
        }
    }

    @Test
    void unpacksGzipThatNobodyAskedForF27() throws IOException {
        try (RawServer server = new RawServer(wire -> {
            wire.readRequest();
            byte[] packed = gzip(PAIR);
            wire.write("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " + packed.length + "\r\n\r\n");
            wire.write(packed);
        })) {
            assertThat(refresh(server.uri())).isInstanceOf(Verdict.Rotated.class);
            assertThat(server.requests().getFirst()).doesNotContainIgnoringCase("accept-encoding");
        }
    }

    @Test
    void takesJunkThatClaimsToBeGzipForNothing() throws IOException {
        assertUnknown(
                answering("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\njunk"), "not JSON");
    }

    @Test
    void sendsARefreshOnceOverAConnectionOfItsOwn() throws IOException {
        Script keepsAlive = wire -> {
            wire.readRequest();
            wire.write(GOOD);
            wire.readRequest();
            wire.write(GOOD);
        };
        try (RawServer server = new RawServer(keepsAlive);
                XTransport transport = transport(server.uri())) {
            XTokenEndpoint endpoint = Fixture.endpoint(settings(server.uri()), transport);
            assertThat(endpoint.refresh(Fixture.REFRESH)).isInstanceOf(Verdict.Rotated.class);
            assertThat(endpoint.refresh(Fixture.REFRESH)).isInstanceOf(Verdict.Rotated.class);
            assertThat(server.requests()).hasSize(2);
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void neverWritesOverAConnectionThatItsServerPromisedToCloseAndDidNot() throws IOException {
        String closing = GOOD.replaceFirst("\r\n", "\r\nConnection: close\r\n");
        Script liar = wire -> {
            wire.readRequest();
            wire.write(closing);
            wire.readRequest();
            wire.write(closing);
        };
        try (RawServer server = new RawServer(liar);
                XTransport transport = transport(server.uri())) {
            XTokenEndpoint endpoint = Fixture.endpoint(settings(server.uri()), transport);
            for (int i = 1; i <= 3; i++) {
                assertThat(endpoint.refresh(Fixture.REFRESH)).isInstanceOf(Verdict.Rotated.class);
                assertThat(server.connections()).isEqualTo(i);
            }
            assertThat(server.requests())
                    .allMatch(request -> request.toLowerCase(Locale.ROOT).contains("connection: close"));
        }
    }

    @Test
    void saysWhoItIs() throws IOException {
        try (RawServer server = RawServer.answering(GOOD)) {
            refresh(server.uri());
            assertThat(server.requests().getFirst()).containsIgnoringCase("user-agent: roost/9.9\r\n");
        }
    }

    @Test
    void staysPoliteWhenClosed() throws IOException {
        try (RawServer server = RawServer.answering(GOOD)) {
            XTransport transport = transport(server.uri());
            transport.close();
            assertThat(Fixture.endpoint(settings(server.uri()), transport).refresh(Fixture.REFRESH))
                    .isInstanceOf(Verdict.NotSent.class);
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void keepsTheAnswerWhenItsThreadIsInterruptedAfterSendingF2() throws Exception {
        AtomicBoolean interrupted = new AtomicBoolean();
        Script afterwards = wire -> {
            wire.readRequest();
            while (!interrupted.get()) {
                wire.pause(5);
            }
            wire.write(GOOD);
        };
        try (RawServer server = new RawServer(afterwards);
                XTransport transport = transport(server.uri())) {
            XTokenEndpoint endpoint = Fixture.endpoint(settings(server.uri()), transport);
            List<Verdict> verdicts = new ArrayList<>();
            Thread caller = Thread.ofPlatform().start(() -> {
                verdicts.add(endpoint.refresh(Fixture.REFRESH));
                interrupted.set(Thread.currentThread().isInterrupted());
            });
            while (server.requests().isEmpty()) {
                Thread.onSpinWait();
            }
            caller.interrupt();
            interrupted.set(true);
            caller.join();
            assertThat(verdicts.getFirst()).isInstanceOf(Verdict.Rotated.class);
            assertThat(interrupted).isTrue();
        }
    }

    @Test
    void isNotSentWhenItsThreadIsInterruptedBefore() throws IOException {
        try (RawServer server = new RawServer(RawServer.Wire::hold)) {
            Thread.currentThread().interrupt();
            Verdict verdict = refresh(server.httpsUri());
            assertThat(Thread.interrupted()).isTrue();
            assertNotSent(verdict, "this thread was interrupted before the request left");
        }
    }

    private static Script answering(String bytes) {
        return wire -> {
            wire.readRequest();
            wire.write(bytes);
        };
    }

    private static void assertUnknown(Script script, String... words) throws IOException {
        assertUnknown(Duration.ofSeconds(20), script, words);
    }

    private static void assertLate(Script script, String... words) throws IOException {
        assertUnknown(Duration.ofSeconds(2), script, words);
    }

    private static void assertUnknown(Duration deadline, Script script, String... words) throws IOException {
        try (RawServer server = new RawServer(script)) {
            Verdict verdict = refresh(server.uri(), deadline);
            assertThat(verdict).isInstanceOf(Verdict.Unknown.class);
            assertThat(verdict.toString()).contains(words);
            assertThat(server.requests()).hasSize(1);
        }
    }

    private static void assertNotSent(Verdict verdict, String... words) {
        assertThat(verdict).isInstanceOf(Verdict.NotSent.class);
        assertThat(verdict.toString()).contains(words);
    }

    private static XSettings settings(URI uri) {
        return Fixture.settings(uri, Optional.empty());
    }

    private static XTransport transport(URI uri) {
        return new XTransport(settings(uri), "9.9");
    }

    private static Verdict refresh(URI uri) {
        return refresh(settings(uri));
    }

    private static Verdict refresh(URI uri, Duration deadline) {
        return refresh(Fixture.settings(uri, Optional.empty(), deadline));
    }

    /** With one second to connect, for far sides that never let it. */
    private static Verdict connect(URI uri) {
        return refresh(Fixture.settings(uri, Optional.empty(), Duration.ofSeconds(1), Duration.ofSeconds(20)));
    }

    private static Verdict refresh(XSettings settings) {
        try (XTransport transport = new XTransport(settings, "9.9")) {
            return Fixture.endpoint(settings, transport).refresh(Fixture.REFRESH);
        }
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return packed.toByteArray();
    }
}
