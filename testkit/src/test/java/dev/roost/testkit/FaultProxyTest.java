package dev.roost.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roost.testkit.FaultProxy.Way;
import dev.roost.testkit.FaultProxy.Weather;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The proxy in front of a server that answers each byte with the same one. */
class FaultProxyTest {
    private static final int PATIENCE_MILLIS = 10_000;
    private static final int SILENCE_MILLIS = 200;

    private ServerSocket echo;
    private FaultProxy proxy;

    @BeforeEach
    void starts() throws IOException {
        echo = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::serve);
        proxy = FaultProxy.to(echo.getLocalPort());
    }

    @AfterEach
    void ends() throws IOException {
        proxy.close();
        echo.close();
    }

    @Test
    void passesBytesBothWaysAndTheEndOfThem() throws IOException {
        try (Socket client = connect()) {
            assertThat(ask(client, 7)).isEqualTo(7);
            client.shutdownOutput();
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void resetsConnectionsThatAreCutAndTakesNewOnes() throws IOException {
        try (Socket client = connect();
                Socket next = connect()) {
            assertThat(ask(client, 1)).isEqualTo(1);
            assertThat(ask(next, 2)).isEqualTo(2);
            assertThat(proxy.cut()).isEqualTo(2);
            assertThatThrownBy(() -> ask(client, 3)).isInstanceOf(SocketException.class);
        }
        try (Socket client = connect()) {
            assertThat(ask(client, 4)).isEqualTo(4);
        }
    }

    @Test
    void deliversLateWhatStalled() throws IOException {
        try (Socket client = connect()) {
            proxy.set(Weather.STALL);
            client.getOutputStream().write(5);
            assertSilent(client);
            proxy.heal();
            assertThat(answer(client)).isEqualTo(5);
        }
    }

    @Test
    void stallsOneWayOnly() throws IOException {
        try (Socket client = connect();
                Socket other = connect()) {
            assertThat(ask(client, 1)).isEqualTo(1);
            proxy.set(Way.TO_CLIENT, Weather.STALL);
            other.getOutputStream().write(6);
            assertSilent(other);
            proxy.set(Way.TO_CLIENT, Weather.FLOW);
            assertThat(answer(other)).isEqualTo(6);
        }
    }

    @Test
    void takesConnectionsAndSwallowsWhileHalfOpenThenResetsThem() throws IOException {
        proxy.set(Weather.SWALLOW);
        try (Socket client = connect()) {
            client.getOutputStream().write(7);
            assertSilent(client);
            proxy.heal();
            assertThatThrownBy(() -> answer(client)).isInstanceOf(SocketException.class);
        }
        try (Socket client = connect()) {
            assertThat(ask(client, 8)).isEqualTo(8);
        }
    }

    @Test
    void refusesConnectionsUntilItListensAgain() throws IOException {
        proxy.refuse(true);
        assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class).hasMessageContaining("refused");
        proxy.refuse(false);
        try (Socket client = connect()) {
            assertThat(ask(client, 9)).isEqualTo(9);
        }
    }

    @Test
    void slowsBytesDownAndHoldsAnswersBack() throws IOException {
        try (Socket client = connect()) {
            proxy.set(Weather.SLOW);
            assertThat(took(client)).isGreaterThanOrEqualTo(Duration.ofMillis(40));
            proxy.heal();
            proxy.answerAfter(Duration.ofMillis(100));
            assertThat(took(client)).isGreaterThanOrEqualTo(Duration.ofMillis(100));
        }
    }

    @Test
    void tellsWhatPassedAndWhatWasSwallowed() throws IOException {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        proxy.listen((connection, way, piece, _, passed) ->
                heard.add(connection + " " + way + " " + Arrays.toString(piece) + " " + passed));
        try (Socket client = connect()) {
            assertThat(ask(client, 4)).isEqualTo(4);
            // Each way has a thread of its own, which tells after it has passed the bytes on.
            assertThat(List.of(next(heard), next(heard)))
                    .containsExactlyInAnyOrder("1 TO_SERVER [4] true", "1 TO_CLIENT [4] true");
            proxy.set(Way.TO_SERVER, Weather.SWALLOW);
            client.getOutputStream().write(5);
            assertThat(next(heard)).isEqualTo("1 TO_SERVER [5] false");
        }
    }

    private static String next(BlockingQueue<String> heard) {
        try {
            return Objects.requireNonNull(heard.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS), "nothing was heard");
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this", e);
        }
    }

    @Test
    void resetsAClientWhoseServerIsNotThere() throws IOException {
        echo.close();
        assertThatThrownBy(() -> {
                    try (Socket client = connect()) {
                        ask(client, 1);
                    }
                })
                .isInstanceOf(SocketException.class);
    }

    private Duration took(Socket client) throws IOException {
        long start = System.nanoTime();
        assertThat(ask(client, 3)).isEqualTo(3);
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private Socket connect() throws IOException {
        Socket client = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        client.setSoTimeout(PATIENCE_MILLIS);
        return client;
    }

    private static int ask(Socket client, int value) throws IOException {
        client.getOutputStream().write(value);
        return answer(client);
    }

    /** A connection that ended without an answer is told as one that was reset. */
    private static int answer(Socket client) throws IOException {
        int read = client.getInputStream().read();
        if (read < 0) {
            throw new SocketException("ended");
        }
        return read;
    }

    private static void assertSilent(Socket client) throws IOException {
        client.setSoTimeout(SILENCE_MILLIS);
        assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        client.setSoTimeout(PATIENCE_MILLIS);
    }

    private void serve() {
        while (!echo.isClosed()) {
            try {
                Socket client = echo.accept();
                Thread.ofVirtual().start(() -> echo(client));
            } catch (IOException e) {
                // The test is over.
            }
        }
    }

    private static void echo(Socket client) {
        try (client) {
            InputStream in = client.getInputStream();
            OutputStream out = client.getOutputStream();
            for (int value = in.read(); value >= 0; value = in.read()) {
                out.write(value);
            }
        } catch (IOException e) {
            // The proxy has cut it.
        }
    }
}
