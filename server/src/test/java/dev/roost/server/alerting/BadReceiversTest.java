package dev.roost.server.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.core.alerting.AlertType;
import dev.roost.core.alerting.DeliveryEnding;
import dev.roost.core.alerting.Webhook;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Receivers that are slow, dead, redirecting or lying cost Roost little, and lose nothing. */
@Timeout(60)
@SuppressWarnings("NullAway.Init") // set before every test by JUnit
final class BadReceiversTest {
    private Sending sending;
    private Receiver receiver;
    private Dispatcher dispatcher;
    private Webhook webhook;

    @BeforeEach
    void open(@TempDir Path folder) {
        sending = new Sending(folder);
        receiver = new Receiver();
        dispatcher = sending.dispatcher();
        webhook = sending.webhook(receiver, AlertType.ACCOUNT_CONNECTED);
        sending.connected();
    }

    @AfterEach
    void close() {
        sending.close();
        receiver.close();
    }

    @Test
    void aSlowOneIsLeftAfterTheDeadlineAndTriedAgainUnderTheSameId() {
        receiver.behave(Receiver.silent());
        assertThat(failure()).isEqualTo("it did not answer within 2 s");
        assertThat(Sending.turn(dispatcher)).isEmpty();
        sending.clock.advance(Duration.ofSeconds(6));
        receiver.behave(Receiver.answering("204 No Content", ""));
        assertThat(Sending.turn(dispatcher)).containsExactly(new DeliveryEnding.Arrived());
        assertThat(receiver.taken())
                .hasSize(2)
                .extracting(Receiver.Taken::id)
                .containsOnly(receiver.taken().getFirst().id());
        assertThat(sending.now(webhook).pending()).isZero();
    }

    @Test
    void aDeadOneIsGivenUpAfterTenAttemptsAndKept() {
        receiver.close();
        int attempts = 0;
        for (int hours = 0; hours < 90; hours++) {
            for (DeliveryEnding ending : Sending.turn(dispatcher)) {
                attempts++;
                assertThat(ending).isNotInstanceOf(DeliveryEnding.Arrived.class);
            }
            sending.clock.advance(Duration.ofHours(1));
        }
        assertThat(attempts).isEqualTo(10);
        assertThat(sending.now(webhook).dead()).isEqualTo(1);
        assertThat(sending.now(webhook).health().lastError()).contains("no connection: it was refused");
        assertThat(sending.now(webhook).health().failures()).isEqualTo(10);
    }

    @Test
    void aRedirectIsNotFollowed() {
        try (Receiver other = new Receiver()) {
            receiver.behave(Receiver.answering("307 Temporary Redirect", "Location: " + other.url() + "\r\n"));
            assertThat(failure()).contains("redirect (status 307), which is not followed", "give the final address");
            assertThat(other.taken()).isEmpty();
        }
    }

    @Test
    void rubbishAfterAGoodStatusIsNoFailure() {
        receiver.behave(Receiver.raw("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n}{ rubbish \0"));
        arrives();
    }

    @Test
    void aHugeBodyIsNotRead() {
        receiver.behave(Receiver.endless(1 << 20, 0));
        long start = System.nanoTime();
        arrives();
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .as("not read to its end, or to the deadline")
                .isLessThan(Sending.DEADLINE);
    }

    @Test
    void anEndlessBodyEndsWithTheDeadline() {
        receiver.behave(Receiver.endless(1, 100));
        arrives();
    }

    @Test
    void aBodyThatIsShorterThanItSaysIsNoFailure() {
        receiver.behave(Receiver.raw("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\nshort"));
        arrives();
    }

    @Test
    void whatIsNoHttpIsAFailure() {
        receiver.behave(Receiver.raw("SSH-2.0-OpenSSH_9.2\r\n"));
        assertThat(failure()).contains("the connection broke");
    }

    @Test
    void nothingOfWhatAReceiverSaysIsKept() {
        receiver.behave(Receiver.raw("HTTP/1.1 500 secret-phrase\r\nContent-Length: 13\r\n\r\nsecret-phrase"));
        assertThat(failure()).isEqualTo("it answered with status 500");
        assertThat(sending.now(webhook).toString()).doesNotContain("secret-phrase", "canary-in-the-address");
    }

    @Test
    void aWishToBeLeftAloneIsRespected() {
        receiver.behave(Receiver.answering("429 Too Many Requests", "Retry-After: 600\r\n"));
        assertThat(failure()).contains("429");
        receiver.behave(Receiver.answering("200 OK", ""));
        sending.clock.advance(Duration.ofSeconds(599));
        assertThat(Sending.turn(dispatcher)).isEmpty();
        sending.clock.advance(Duration.ofSeconds(1));
        assertThat(Sending.turn(dispatcher)).hasSize(1);
    }

    @Test
    void oneThatIsGoneGetsNothingMore() {
        receiver.behave(Receiver.answering("410 Gone", ""));
        assertThat(Sending.turn(dispatcher)).hasOnlyElementsOfType(DeliveryEnding.Gone.class);
        assertThat(sending.now(webhook).health().disabledWhy().orElseThrow()).contains("410");
        sending.connected();
        sending.clock.advance(Duration.ofDays(1));
        assertThat(Sending.turn(dispatcher)).isEmpty();
        assertThat(receiver.taken()).hasSize(1);
    }

    @Test
    void aSlowOneHoldsUpNoOther() {
        receiver.behave(Receiver.silent());
        try (Receiver good = new Receiver()) {
            var _ = sending.webhook(good, AlertType.ACCOUNT_CONNECTED);
            for (int i = 0; i < 20; i++) {
                sending.connected();
            }
            long start = System.nanoTime();
            while (good.taken().size() < 20) {
                dispatcher.turn();
                Thread.onSpinWait();
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
            assertThat(receiver.taken().size()).isLessThan(21);
        }
    }

    private void arrives() {
        assertThat(Sending.turn(dispatcher)).containsExactly(new DeliveryEnding.Arrived());
        assertThat(sending.now(webhook).health().label()).isEqualTo("ok");
    }

    private String failure() {
        List<DeliveryEnding> endings = Sending.turn(dispatcher);
        assertThat(endings).hasSize(1);
        assertThat(endings.getFirst()).isInstanceOf(DeliveryEnding.Later.class);
        String error = ((DeliveryEnding.Later) endings.getFirst()).error();
        assertThat(sending.now(webhook).health().lastError()).contains(error);
        return error;
    }
}
