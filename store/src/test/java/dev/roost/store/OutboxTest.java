package dev.roost.store;

import static dev.roost.core.alerting.AlertType.ACCOUNT_CONNECTED;
import static dev.roost.core.alerting.AlertType.GRANT_LOST;
import static dev.roost.core.alerting.AlertType.REAUTHORIZATION_REQUIRED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.core.Account;
import dev.roost.core.LossCause;
import dev.roost.core.Node;
import dev.roost.core.alerting.DeadLetter;
import dev.roost.core.alerting.Delivery;
import dev.roost.core.alerting.DeliveryEnding;
import dev.roost.core.alerting.Webhook;
import dev.roost.core.alerting.Webhooks;
import dev.roost.testkit.Sample;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What waits is in one process's hands at a time, in order, and lost by nobody's death. */
final class OutboxTest extends AlertsStage {
    OutboxTest(SqlStoreTest.Kind kind) {
        super(kind);
    }

    @Test
    void ofManyProcessesEachDeliveryHasOne() throws Exception {
        Webhook webhook = webhook(ACCOUNT_CONNECTED);
        for (int i = 0; i < 20; i++) {
            connected();
        }
        List<Node> nodes = List.of(one, two, Sample.node("three"), Sample.node("four"));
        List<List<Delivery>> claims = atOnce(nodes, node -> roost().outbox().claim(webhook.id(), node, 7, LEASED));
        List<Long> ids = claims.stream().flatMap(List::stream).map(Delivery::id).toList();
        assertThat(ids).doesNotHaveDuplicates().hasSizeBetween(7, 20);
    }

    @Test
    void laterOnesOfTheSameAccountWaitAndOthersDoNot() {
        Webhook webhook = webhook();
        Account account = connected();
        refuse(account, new LossCause.RefusedByX());
        connected();
        List<Delivery> first = claim(webhook, one);
        assertThat(first).extracting(d -> d.alert().type()).containsExactly(ACCOUNT_CONNECTED, ACCOUNT_CONNECTED);
        assertThat(claim(webhook, two)).isEmpty();
        outbox(first.getFirst(), new DeliveryEnding.Later("status 500", Duration.ofMinutes(5)));
        assertThat(claim(webhook, two)).isEmpty();
        assertThat(roost().outbox().due()).doesNotContain(webhook.id());
        clock().advance(Duration.ofMinutes(5));
        List<Delivery> again = claim(webhook, two);
        assertThat(again)
                .extracting(d -> d.alert().id())
                .contains(first.getFirst().alert().id());
        Delivery retried = again.stream()
                .filter(d -> d.id() == first.getFirst().id())
                .findFirst()
                .orElseThrow();
        assertThat(retried.attempt()).isEqualTo(2);
        outbox(retried, new DeliveryEnding.Arrived());
        assertThat(told(webhook)).containsExactly(GRANT_LOST, REAUTHORIZATION_REQUIRED);
    }

    @Test
    void whatAProcessLeftBehindIsFreeAgainAndItsLateNoteCountsForNothing() {
        Webhook webhook = webhook(ACCOUNT_CONNECTED);
        connected();
        Delivery left = claim(webhook, one).getFirst();
        clock().advance(LEASED.minusMillis(1));
        assertThat(claim(webhook, two)).isEmpty();
        clock().advance(Duration.ofMillis(1));
        Delivery taken = claim(webhook, two).getFirst();
        assertThat(taken.alert()).isEqualTo(left.alert());
        assertThat(outbox(left, new DeliveryEnding.GivenUp("late"))).isFalse();
        assertThat(outbox(taken, new DeliveryEnding.Arrived())).isTrue();
        assertThat(webhooks().find(webhook.id()).orElseThrow().health().failures())
                .isZero();
    }

    @Test
    void whatWasGivenUpIsKeptAndCanBeSentAgain() {
        Webhook webhook = webhook(ACCOUNT_CONNECTED);
        connected();
        Delivery delivery = claim(webhook, one).getFirst();
        outbox(delivery, new DeliveryEnding.GivenUp("status 500"));
        Webhook now = webhooks().find(webhook.id()).orElseThrow();
        assertThat(now.dead()).isEqualTo(1);
        assertThat(now.health().label()).isEqualTo("failing");
        assertThat(now.health().lastError()).contains("status 500");
        List<DeadLetter> dead = webhooks().failed(Optional.of(webhook.id()), OptionalLong.empty(), 10);
        assertThat(dead).hasSize(1);
        assertThat(dead.getFirst().alert()).isEqualTo(delivery.alert());
        assertThat(webhooks().retry(dead.getFirst().id())).isTrue();
        assertThat(webhooks().retry(dead.getFirst().id())).isFalse();
        assertThat(told(webhook)).containsExactly(ACCOUNT_CONNECTED);
        assertThat(webhooks().find(webhook.id()).orElseThrow().health().label()).isEqualTo("ok");
    }

    @Test
    void aWebhookThatIsGoneIsDisabledAndWhatWaitedIsKept() {
        Webhook webhook = webhook();
        Account account = connected();
        refuse(account, new LossCause.RefusedByX());
        outbox(claim(webhook, one).getFirst(), new DeliveryEnding.Gone("status 410"));
        Webhook gone = webhooks().find(webhook.id()).orElseThrow();
        assertThat(gone.health().label()).isEqualTo("disabled");
        assertThat(gone.dead()).isEqualTo(3);
        connected();
        assertThat(claim(webhook, one)).isEmpty();
        assertThat(webhooks().retryAll(Optional.of(webhook.id()))).isZero();
        var _ = webhooks().test(webhook.id()).orElseThrow();
        assertThat(claim(webhook, one)).hasSize(1);
        assertThat(webhooks().enable(webhook.id())).isTrue();
        assertThat(webhooks().retryAll(Optional.of(webhook.id()))).isEqualTo(3);
        assertThat(webhooks().find(webhook.id()).orElseThrow().pending()).isEqualTo(4);
    }

    @Test
    void whatIsUnderWayWhenItsWebhookIsDisabledDoesNotWaitForEver() {
        Webhook webhook = webhook(ACCOUNT_CONNECTED);
        connected();
        connected();
        connected();
        List<Delivery> underWay = claim(webhook, one);
        try (Logged logged = new Logged(SqlOutbox.class)) {
            outbox(underWay.get(0), new DeliveryEnding.Gone("status 410"));
            assertThat(logged.messages())
                    .singleElement()
                    .asString()
                    .contains(
                            "webhook " + webhook.id() + " is disabled", "410", "roost webhooks enable " + webhook.id());
        }
        assertThat(outbox(underWay.get(1), new DeliveryEnding.Later("status 500", Duration.ofMinutes(5))))
                .isTrue();
        assertThat(outbox(underWay.get(2), new DeliveryEnding.Arrived())).isTrue();
        Webhook now = webhooks().find(webhook.id()).orElseThrow();
        assertThat(now.pending()).isZero();
        assertThat(now.dead()).isEqualTo(2);
    }

    @Test
    void fiveDaysOfFailuresDisable() {
        Webhook webhook = webhook(ACCOUNT_CONNECTED);
        connected();
        outbox(claim(webhook, one).getFirst(), new DeliveryEnding.Later("status 500", Duration.ofDays(5)));
        assertThat(webhooks().find(webhook.id()).orElseThrow().health().label()).isEqualTo("failing");
        clock().advance(Duration.ofDays(5));
        outbox(claim(webhook, one).getFirst(), new DeliveryEnding.Later("status 500", Duration.ofDays(1)));
        Webhook disabled = webhooks().find(webhook.id()).orElseThrow();
        assertThat(disabled.health().label()).isEqualTo("disabled");
        assertThat(disabled.health().disabledWhy().orElseThrow()).contains("5 days");
        assertThat(disabled.dead()).isEqualTo(1);
    }

    @Test
    void theOldSecretSignsUntilTheOverlapIsOver() {
        Webhooks.Created created = created();
        var fresh =
                webhooks().rotate(created.webhook().id(), Duration.ofHours(24)).orElseThrow();
        var _ = webhooks().test(created.webhook().id());
        assertThat(secrets(claim(created.webhook(), one))).containsExactly(fresh, created.secret());
        clock().advance(Duration.ofHours(24));
        assertThat(secrets(claim(created.webhook(), one))).containsExactly(fresh);
    }

    @Test
    void aDeletedWebhookLeavesNothing() {
        Webhook webhook = webhook();
        connected();
        assertThat(webhooks().delete(webhook.id())).isTrue();
        assertThat(webhooks().delete(webhook.id())).isFalse();
        assertThat(roost().outbox().due()).doesNotContain(webhook.id());
        assertThat(webhooks().test(webhook.id())).isEmpty();
        assertThat(claim(webhook, one)).isEmpty();
    }

    @Test
    void neitherAddressNorSecretIsShown() {
        Webhooks.Created created = created();
        Webhook webhook = created.webhook();
        assertThat(webhook.target()).isEqualTo("https://example.com/…");
        assertThat(webhook).isEqualTo(webhooks().find(webhook.id()).orElseThrow());
        assertThat(created.secret().expose()).matches("whsec_[A-Za-z0-9+/]{43}=");
        assertThat(created.toString()).doesNotContain("key=1").doesNotContain("whsec_");
    }

    private boolean outbox(Delivery delivery, DeliveryEnding ending) {
        return roost().outbox().note(delivery, ending);
    }
}
