package dev.roost.store;

import dev.roost.core.Account;
import dev.roost.core.Lease;
import dev.roost.core.LossCause;
import dev.roost.core.Node;
import dev.roost.core.Secret;
import dev.roost.core.Settlement;
import dev.roost.core.alerting.Alert;
import dev.roost.core.alerting.AlertBook;
import dev.roost.core.alerting.AlertPolicy;
import dev.roost.core.alerting.AlertType;
import dev.roost.core.alerting.Delivery;
import dev.roost.core.alerting.DeliveryEnding;
import dev.roost.core.alerting.Webhook;
import dev.roost.core.alerting.WebhookFormat;
import dev.roost.core.alerting.WebhookTargets;
import dev.roost.core.alerting.Webhooks;
import dev.roost.testkit.StoreContract;
import dev.roost.testkit.StoreUnderTest;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What the tests of alerts share: a store of each kind, webhooks, and accounts that something happens to. */
@ParameterizedClass
@EnumSource
abstract class AlertsStage extends StoreContract {
    static final Duration LEASED = Duration.ofSeconds(60);

    @SuppressWarnings("NullAway.Init") // set before every test by JUnit
    private static StoreFixture fixture;

    AlertsStage(SqlStoreTest.Kind kind) {}

    @BeforeParameterizedClassInvocation
    static void open(SqlStoreTest.Kind kind, @TempDir Path folder) {
        fixture = kind.open(folder);
    }

    @AfterParameterizedClassInvocation
    static void close() {
        fixture.close();
    }

    @Override
    protected StoreUnderTest store() {
        return fixture;
    }

    @AfterEach
    void leaveNoWebhook() {
        webhooks().all().forEach(webhook -> webhooks().delete(webhook.id()));
    }

    final RoostStore roost() {
        return fixture.store();
    }

    final Webhooks webhooks() {
        return new Webhooks(roost().webhooks(), WebhookTargets.PUBLIC, one.value(), clock(), new SecureRandom());
    }

    /** Makes a webhook for these types, or for all. */
    final Webhook webhook(AlertType... types) {
        return created(types).webhook();
    }

    final Webhooks.Created created(AlertType... types) {
        return webhooks().create("https://example.com/hook?key=1", Set.of(types), WebhookFormat.STANDARD, "");
    }

    final List<Delivery> claim(Webhook webhook, Node owner) {
        return roost().outbox().claim(webhook.id(), owner, 100, LEASED);
    }

    /** Takes all that waits, until there is no more, and returns it in order. */
    final List<Alert> delivered(Webhook webhook) {
        List<Alert> all = new ArrayList<>();
        List<Delivery> some = claim(webhook, one);
        while (!some.isEmpty()) {
            for (Delivery delivery : some) {
                all.add(delivery.alert());
                roost().outbox().note(delivery, new DeliveryEnding.Arrived());
            }
            some = claim(webhook, one);
        }
        return all;
    }

    final List<AlertType> told(Webhook webhook) {
        return delivered(webhook).stream().map(Alert::type).toList();
    }

    final AlertBook.Turn turn(Node node) {
        return roost().alerts().turn(client, now(), AlertPolicy.DEFAULT, node);
    }

    /** Turns the clock, ten seconds at a time, with a turn of the watch after each. */
    final void watch(Duration duration) {
        for (Duration passed = Duration.ZERO; passed.compareTo(duration) < 0; passed = passed.plusSeconds(10)) {
            clock().advance(Duration.ofSeconds(10));
            turn(one);
        }
    }

    final void refuse(Account account, LossCause cause) {
        Lease lease = leased(account.id(), one);
        tokens().settle(lease, new Settlement.Refused(now(), cause, "X said HTTP 400 invalid_grant"));
    }

    final void fail(Account account) {
        Lease lease = leased(account.id(), one);
        tokens().settle(lease, new Settlement.NotSpent(now(), now(), "X turned the request away: HTTP 503"));
    }

    final void leaveUnanswered(Account account) {
        Lease lease = leased(account.id(), one);
        tokens().settle(lease, new Settlement.Unknown(now(), now().plusSeconds(60), "X's answer is missing: timeout"));
    }

    static List<Secret> secrets(List<Delivery> deliveries) {
        return deliveries.getFirst().secrets();
    }
}
