package dev.roost.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whoever stops a server may kill it soon after. */
@Timeout(120)
final class StopTest extends AtTerminal {
    @Test
    void isQuickThoughAReceiverOfWebhooksDoesNotAnswer() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            terminal.set("ROOST_WEBHOOKS_ALLOW", "127.0.0.0/8");
            String out = terminal.run("webhooks", "add", "http://127.0.0.1:" + silent.getLocalPort() + "/", "--json")
                    .out();
            TestTerminal.Background serve = terminal.serve();
            terminal.run("webhooks", "test", out.replaceAll("(?s).*(wh_[0-9a-z]{12}).*", "$1"));
            try (Socket underWay = silent.accept()) {
                assertThat(underWay.isConnected()).isTrue();
                long start = System.nanoTime();
                serve.end();
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
            }
        }
    }
}
