package dev.roost.x;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.core.Verdict;
import dev.roost.x.RawServer.Script;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Optional;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** That a handshake which stood is never taken for one that did not: the request left, whatever came after. */
@Timeout(60)
class TlsTest {
    private static final String GOOD =
            RawServer.http("200 OK", "application/json", "{\"access_token\":\"at-1\",\"refresh_token\":\"rt-1\"}");
    private static final char[] PASSWORD = "changeit".toCharArray();

    private static SSLContext trusting;
    private static SSLContext serving;

    @BeforeAll
    static void makeCertificate(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("x.p12");
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        String[] command = (keytool + " -genkeypair -alias x -keyalg EC -dname CN=x -ext san=ip:127.0.0.1 -validity 2"
                        + " -storetype PKCS12 -storepass changeit -keystore " + file)
                .split(" ");
        assertThat(new ProcessBuilder(command).redirectErrorStream(true).start().waitFor())
                .isZero();
        KeyStore keys = keys(file);
        trusting = trusting(keys);
        serving = serving(keys);
    }

    @Test
    void isRotatedOverTls() throws IOException {
        assertThat(refresh(trusting, answering(GOOD), false)).isInstanceOf(Verdict.Rotated.class);
    }

    @Test
    void isUnknownWhenTheConnectionIsResetAfterTheRequestF2() throws IOException {
        Script reset = wire -> {
            wire.readRequest();
            wire.reset();
        };
        assertThat(refresh(trusting, reset, false)).isInstanceOf(Verdict.Unknown.class);
    }

    @Test
    void isUnknownWhenTheConnectionIsClosedAfterTheRequestF2() throws IOException {
        assertThat(refresh(trusting, RawServer.Wire::readRequest, false)).isInstanceOf(Verdict.Unknown.class);
    }

    @Test
    void isUnknownWhenTheBodyBreaksOffF2() throws IOException {
        assertThat(refresh(trusting, answering(GOOD.substring(0, GOOD.length() - 5)), false))
                .isInstanceOf(Verdict.Unknown.class);
    }

    @Test
    void isUnknownWhenTheServerWantsACertificateAfterTheFact() throws IOException {
        assertThat(refresh(trusting, answering(GOOD), true)).isInstanceOf(Verdict.Unknown.class);
    }

    @Test
    void isNotSentWhenTheCertificateIsNotTrusted() throws IOException {
        Verdict verdict = refresh(TlsWatch.jdk(), answering(GOOD), false);
        assertThat(verdict).isInstanceOf(Verdict.NotSent.class);
        assertThat(verdict.toString()).contains("no TLS with 127.0.0.1:", "PKIX", "certificates");
    }

    private static Verdict refresh(SSLContext client, Script script, boolean wantsCertificate) throws IOException {
        try (RawServer server = new RawServer(script, sockets(wantsCertificate))) {
            XSettings settings = new XSettings(
                    "client-1",
                    Optional.empty(),
                    XSettings.AUTHORIZE_URL,
                    server.httpsUri(),
                    Duration.ofSeconds(9),
                    Duration.ofSeconds(10));
            try (XTransport transport = new XTransport(settings, "9.9", client)) {
                return Fixture.endpoint(settings, transport).refresh(Fixture.REFRESH);
            }
        }
    }

    private static Script answering(String bytes) {
        return wire -> {
            wire.readRequest();
            wire.write(bytes);
        };
    }

    private static ServerSocketFactory sockets(boolean wantsCertificate) {
        ServerSocketFactory tls = serving.getServerSocketFactory();
        return new ServerSocketFactory() {
            @Override
            public ServerSocket createServerSocket(int port, int backlog, InetAddress address) throws IOException {
                SSLServerSocket socket = (SSLServerSocket) tls.createServerSocket(port, backlog, address);
                socket.setNeedClientAuth(wantsCertificate);
                return socket;
            }

            @Override
            public ServerSocket createServerSocket(int port) throws IOException {
                return tls.createServerSocket(port);
            }

            @Override
            public ServerSocket createServerSocket(int port, int backlog) throws IOException {
                return tls.createServerSocket(port, backlog);
            }
        };
    }

    private static KeyStore keys(Path file) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD);
        }
        return keys;
    }

    private static SSLContext serving(KeyStore keys) throws Exception {
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), null, null);
        return context;
    }

    private static SSLContext trusting(KeyStore keys) throws Exception {
        KeyStore certificates = KeyStore.getInstance("PKCS12");
        certificates.load(null, PASSWORD);
        certificates.setCertificateEntry("x", keys.getCertificate("x"));
        TrustManagerFactory others = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        others.init(certificates);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, others.getTrustManagers(), null);
        return context;
    }
}
