package dev.roost.cli.wiring;

import dev.roost.cli.settings.Settings;
import dev.roost.core.Engine;
import dev.roost.core.Node;
import dev.roost.core.StoreUnavailableException;
import dev.roost.core.TokenEndpoint;
import dev.roost.core.alerting.AlertPolicy;
import dev.roost.core.alerting.AlertWatch;
import dev.roost.core.alerting.DeliveryEnding;
import dev.roost.core.alerting.WebhookTargets;
import dev.roost.core.alerting.Webhooks;
import dev.roost.server.alerting.Courier;
import dev.roost.server.alerting.Dispatcher;
import dev.roost.server.alerting.Payload;
import dev.roost.server.alerting.WebhookClient;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Watches for what is worth an alert and sends it, in a process that serves. */
public final class Alerting implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Alerting.class.getName());
    private static final Duration PAUSE = Duration.ofSeconds(10);
    private static final Duration DEADLINE = Duration.ofSeconds(15);
    private static final Duration LAST = Duration.ofSeconds(1);

    private final AlertWatch watch;
    private final Dispatcher dispatcher;
    private final WebhookClient client;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("roost-alerts").factory());
    private boolean storeAway;

    private Alerting(AlertWatch watch, Dispatcher dispatcher, WebhookClient client) {
        this.watch = watch;
        this.dispatcher = dispatcher;
        this.client = client;
    }

    /** Makes the means to manage webhooks. */
    static Webhooks webhooks(Settings settings, Vault vault, Node node) {
        return webhooks(settings, vault, node.value());
    }

    /** Makes the means to manage webhooks for a command. */
    public static Webhooks webhooks(Settings settings, Vault vault) {
        return webhooks(settings, vault, settings.node());
    }

    private static Webhooks webhooks(Settings settings, Vault vault, String node) {
        return new Webhooks(
                vault.store().webhooks(), settings.http().webhookTargets(), node, vault.clock(), new SecureRandom());
    }

    /** Starts both. */
    static Alerting start(
            Settings settings,
            Vault vault,
            Engine engine,
            TokenEndpoint app,
            Node node,
            Consumer<DeliveryEnding> listener) {
        WebhookTargets targets = settings.http().webhookTargets();
        WebhookClient client = WebhookClient.of(targets, Version.text(), DEADLINE);
        Courier courier =
                new Courier(client, targets, new Payload(dashboard(settings)), vault.clock(), new SecureRandom());
        Dispatcher dispatcher =
                new Dispatcher(vault.store().outbox(), courier, node, duration -> Thread.sleep(duration), listener);
        AlertWatch watch = new AlertWatch(
                vault.store().alerts(),
                vault.store().webhooks(),
                app,
                engine.keeper()::health,
                AlertPolicy.DEFAULT,
                node,
                vault.clock());
        Alerting alerting = new Alerting(watch, dispatcher, client);
        dispatcher.start();
        var _ = alerting.timer.scheduleWithFixedDelay(alerting::look, 0, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        return alerting;
    }

    /** Where people reach this server from elsewhere, which the address of the callback tells. */
    private static Optional<URI> dashboard(Settings settings) {
        URI callback = settings.callbackUrl();
        return settings.callsBackHere()
                ? Optional.empty()
                : Optional.of(URI.create(callback.getScheme() + "://" + callback.getRawAuthority()));
    }

    /** Returns what the watch saw last. */
    Optional<AlertWatch.Seen> seen() {
        return watch.seen();
    }

    private void look() {
        try {
            var _ = watch.turn();
            storeAway = false;
        } catch (StoreUnavailableException e) {
            if (!storeAway) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "no alert is noticed while the store is away: {0}",
                        e.getMessage());
            }
            storeAway = true;
        } catch (RuntimeException | Error e) {
            LOG.log(System.Logger.Level.ERROR, "a look for alerts failed; the next one follows", e);
        }
    }

    /** Begins nothing more, and waits 4 seconds at most for what is under way. */
    @Override
    public void close() {
        timer.shutdown();
        dispatcher.close();
        try {
            var _ = timer.awaitTermination(LAST.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        client.close();
    }
}
