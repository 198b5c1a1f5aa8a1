package dev.roost.server.alerting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roost.core.alerting.AlertType;
import dev.roost.core.alerting.DeliveryEnding;
import dev.roost.core.alerting.Webhook;
import dev.roost.core.alerting.WebhookFormat;
import dev.roost.core.alerting.WebhookTargets;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody can make Roost speak to what only this machine or its network reaches. */
final class PrivateTargetsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://127.0.0.1/",
                "https://127.1/",
                "https://0.0.0.0/",
                "https://0/",
                "https://2130706433/",
                "https://10.1.2.3/",
                "https://172.16.0.1/",
                "https://192.168.1.1:8443/x",
                "https://100.64.0.1/",
                "https://169.254.169.254/latest/meta-data/",
                "https://192.0.2.1/",
                "https://198.18.0.1/",
                "https://224.0.0.1/",
                "https://255.255.255.255/",
                "https://[::1]/",
                "https://[::]/",
                "https://[::ffff:127.0.0.1]/",
                "https://[::ffff:10.0.0.1]/",
                "https://[64:ff9b::7f00:1]/",
                "https://[64:ff9b::a00:1]/",
                "https://[2002:7f00:1::]/",
                "https://[2001::1]/",
                "https://[2001:db8::1]/",
                "https://[fe80::1]/",
                "https://[fec0::1]/",
                "https://[fd00::1]/",
                "https://[ff02::1]/",
                "https://localhost/",
                "https://foo.localhost/",
                "http://example.com/",
                "https://user:pass@example.com/",
                "https://example.com/#part",
                "ftp://example.com/",
                "file:///etc/passwd",
                "https:///nowhere",
                "no address"
            })
    void refusesWhatIsNotPublicAndSaysWhatIs(String url, @TempDir Path folder) {
        assertThatThrownBy(() -> reached(url))
                .isInstanceOfAny(IllegalArgumentException.class, UnknownHostException.class)
                .hasMessageContaining("allowed: https with a public host")
                .hasMessageContaining("ROOST_WEBHOOKS_ALLOW");
    }

    /** As a delivery goes: what is written is judged, then each address. */
    private static void reached(String url) throws UnknownHostException {
        URI uri = WebhookTargets.PUBLIC.check(url);
        var _ = new CheckedResolver(WebhookTargets.PUBLIC, InetAddress::getAllByName).resolve(uri.getHost());
    }

    @Test
    void takesWhatIsPublicAndWhatIsAllowed() throws UnknownHostException {
        WebhookTargets targets = WebhookTargets.allowing(List.of("hooks.internal", "10.0.0.0/8", "fd00::/8"));
        for (String url : List.of(
                "https://93.184.215.14/x",
                "https://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]/",
                "http://hooks.internal:8080/x",
                "http://10.9.8.7/x",
                "https://[fd00::1]/")) {
            assertThat(targets.check(url)).isEqualTo(URI.create(url));
        }
        assertThatThrownBy(() -> targets.check("http://93.184.215.14/")).hasMessageContaining("http");
        CheckedResolver resolver = new CheckedResolver(targets, host -> new InetAddress[] {address("192.168.0.1")});
        assertThat(resolver.resolve("hooks.internal")).hasSize(1);
        assertThatThrownBy(() -> resolver.resolve("other.internal")).hasMessageContaining("other.internal leads to");
        assertThatThrownBy(() -> WebhookTargets.allowing(List.of("10.0.0.0/33")))
                .hasMessageContaining("10.0.0.0/33");
    }

    @Test
    void oneForbiddenAddressAmongSeveralIsEnough() {
        CheckedResolver resolver = new CheckedResolver(
                WebhookTargets.PUBLIC, host -> new InetAddress[] {address("93.184.215.14"), address("10.0.0.1")});
        assertThatThrownBy(() -> resolver.resolve("both.example")).hasMessageContaining("both.example leads to");
    }

    @Test
    void aNameThatLeadsInwardsIsRefusedAndNotAskedAgain(@TempDir Path folder) {
        try (Sending sending = new Sending(folder);
                Receiver receiver = new Receiver()) {
            Webhook webhook = sending.webhooks
                    .create("https://rebinding.example:" + receiver.port() + "/", Set.of(), WebhookFormat.STANDARD, "")
                    .webhook();
            AtomicInteger asked = new AtomicInteger();
            Dispatcher dispatcher = sending.dispatcher(sending.store.outbox(), WebhookTargets.PUBLIC, host ->
                    new InetAddress[] {address(asked.getAndIncrement() == 0 ? "127.0.0.1" : "93.184.215.14")});
            sending.connected();
            assertThat(Sending.turn(dispatcher)).hasOnlyElementsOfType(DeliveryEnding.Later.class);
            assertThat(asked).hasValue(1);
            assertThat(receiver.taken()).isEmpty();
            assertThat(sending.now(webhook).health().lastError().orElseThrow())
                    .contains("refused: rebinding.example leads to a private", "ROOST_WEBHOOKS_ALLOW");
        }
    }

    @Test
    void whatWasCheckedIsWhatIsConnectedTo(@TempDir Path folder) {
        try (Sending sending = new Sending(folder);
                Receiver receiver = new Receiver()) {
            WebhookTargets targets = WebhookTargets.allowing(List.of("127.0.0.2"));
            var _ = sending.webhooks.create(
                    "https://rebinding.example:" + receiver.port() + "/", Set.of(), WebhookFormat.STANDARD, "");
            AtomicInteger asked = new AtomicInteger();
            Dispatcher dispatcher = sending.dispatcher(sending.store.outbox(), targets, host ->
                    new InetAddress[] {address(asked.getAndIncrement() == 0 ? "127.0.0.2" : "127.0.0.1")});
            sending.connected();
            assertThat(Sending.turn(dispatcher).toString()).contains("no connection: it was refused");
            assertThat(asked).hasValue(1);
            assertThat(receiver.taken()).isEmpty();
        }
    }

    @Test
    void whatWasAllowedOnceIsRefusedWhenItIsNoLonger(@TempDir Path folder) {
        try (Sending sending = new Sending(folder);
                Receiver receiver = new Receiver()) {
            Webhook webhook = sending.webhook(receiver, AlertType.ACCOUNT_CONNECTED);
            sending.connected();
            Dispatcher strict =
                    sending.dispatcher(sending.store.outbox(), WebhookTargets.PUBLIC, InetAddress::getAllByName);
            assertThat(Sending.turn(strict)).hasOnlyElementsOfType(DeliveryEnding.Later.class);
            assertThat(receiver.taken()).isEmpty();
            assertThat(sending.now(webhook).health().lastError().orElseThrow()).contains("refused");
        }
    }

    private static InetAddress address(String text) {
        return InetAddress.ofLiteral(text);
    }
}
