package dev.roost.server.alerting;

import dev.roost.core.Account;
import dev.roost.core.Node;
import dev.roost.core.alerting.AlertType;
import dev.roost.core.alerting.DeliveryEnding;
import dev.roost.core.alerting.Outbox;
import dev.roost.core.alerting.Webhook;
import dev.roost.core.alerting.WebhookFormat;
import dev.roost.core.alerting.WebhookTargets;
import dev.roost.core.alerting.Webhooks;
import dev.roost.store.Database;
import dev.roost.store.RoostStore;
import dev.roost.testkit.ManualClock;
import dev.roost.testkit.Sample;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** A store on SQLite, a clock to turn, and dispatchers that take turns by hand. */
final class Sending implements AutoCloseable {
    static final Duration DEADLINE = Duration.ofSeconds(2);
    static final WebhookTargets LOCAL = WebhookTargets.allowing(List.of("127.0.0.0/8"));

    final ManualClock clock = new ManualClock();
    final RoostStore store;
    final Webhooks webhooks;
    private final List<Runnable> endings = new ArrayList<>();

    Sending(Path folder) {
        store = RoostStore.open(Database.Sqlite.at(folder.resolve("roost.db")), folder.resolve("keyset.json"), clock);
        webhooks = new Webhooks(store.webhooks(), LOCAL, "test", clock, new SecureRandom());
    }

    Dispatcher dispatcher() {
        return dispatcher(store.outbox(), LOCAL, InetAddress::getAllByName);
    }

    Dispatcher dispatcher(Duration deadline) {
        return dispatcher(store.outbox(), LOCAL, InetAddress::getAllByName, deadline);
    }

    Dispatcher dispatcher(Outbox outbox, WebhookTargets targets, CheckedResolver.Names names) {
        return dispatcher(outbox, targets, names, DEADLINE);
    }

    private Dispatcher dispatcher(
            Outbox outbox, WebhookTargets targets, CheckedResolver.Names names, Duration deadline) {
        WebhookClient client = WebhookClient.of(targets, "test", deadline, names);
        Courier courier = new Courier(
                client,
                targets,
                new Payload(Optional.of(URI.create("https://roost.example"))),
                clock,
                new SecureRandom());
        Dispatcher dispatcher = new Dispatcher(outbox, courier, Sample.node("sender"), wait -> {}, ending -> {});
        endings.add(dispatcher::close);
        endings.add(client::close);
        return dispatcher;
    }

    Webhook webhook(Receiver receiver, AlertType... types) {
        return webhooks.create(receiver.url(), Set.of(types), WebhookFormat.STANDARD, "")
                .webhook();
    }

    Webhook now(Webhook webhook) {
        return webhooks.find(webhook.id()).orElseThrow();
    }

    Account connected() {
        return store.tokens().connect(Sample.signedIn("an-app", Sample.user(), clock.instant()));
    }

    /** Takes one turn and waits for its attempts. */
    static List<DeliveryEnding> turn(Dispatcher dispatcher) {
        return dispatcher.turn().stream().map(CompletableFuture::join).toList();
    }

    /** Takes turns until nothing is to be sent just now. */
    static int drain(Dispatcher dispatcher) {
        int all = 0;
        for (int some = turn(dispatcher).size();
                some > 0;
                some = turn(dispatcher).size()) {
            all += some;
        }
        return all;
    }

    static Node node() {
        return Sample.node("other");
    }

    @Override
    public void close() {
        endings.forEach(Runnable::run);
        store.close();
    }
}
