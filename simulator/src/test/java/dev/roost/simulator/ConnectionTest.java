package dev.roost.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests as bytes. */
final class ConnectionTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private Connection receiving(String text) {
        return new Connection(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), out);
    }

    @Test
    void readsOneRequestAfterAnother() throws IOException {
        Connection connection = receiving("POST /a%20b?x=1+2&y=%zz HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nhi"
                + "GET / HTTP/1.1\r\nConnection: close\r\n\r\n");
        Call first = connection.read().orElseThrow();
        assertThat(first.path()).isEqualTo("/a b");
        assertThat(first.query()).containsEntry("x", "1 2").containsEntry("y", "%zz");
        assertThat(first.header("HOST")).hasValue("h");
        assertThat(first.body()).isEqualTo("hi");
        assertThat(first.keepsConnection()).isTrue();
        assertThat(connection.read().orElseThrow().keepsConnection()).isFalse();
        assertThat(connection.read()).isEmpty();
    }

    @Test
    void readsChunks() throws IOException {
        Connection connection = receiving("""
                POST / HTTP/1.1
                Transfer-Encoding: chunked

                3
                abc
                a;note=x
                0123456789
                0

                """);
        assertThat(connection.read().orElseThrow().body()).isEqualTo("abc0123456789");
    }

    @Test
    void tellsAClientThatWaitsToGoOn() throws IOException {
        String request = """
                POST / HTTP/1.1
                Expect: 100-continue
                Content-Length: 0

                """;
        assertThat(receiving(request).read()).isPresent();
        assertThat(out.toString(StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
    }

    @Test
    void endsConnectionsOfOldClients() throws IOException {
        assertThat(receiving("GET / HTTP/1.0\r\n\r\n").read().orElseThrow().keepsConnection())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense\r\n\r\n",
                "GET / HTTP/1.1\r\nno colon\r\n\r\n",
                "POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nabc",
                "POST / HTTP/1.1\r\nContent-Length: 33554433\r\n\r\n",
                "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n"
            })
    void breaksOffWhatIsNoRequest(String text) {
        assertThatThrownBy(() -> receiving(text).read()).isInstanceOf(ProtocolException.class);
    }
}
