package dev.roost.server.telemetry;

import dev.roost.core.alerting.AlertType;
import dev.roost.core.alerting.AlertWatch;
import dev.roost.core.alerting.DeliveryEnding;
import dev.roost.core.alerting.WebhookStore;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Counts deliveries to webhooks, and shows what the watch of the alerts saw last. */
final class AlertMeters implements Consumer<DeliveryEnding> {
    private static final List<AlertType> LASTING = List.of(
            AlertType.REAUTHORIZATION_REQUIRED,
            AlertType.REAUTHORIZATION_SOON,
            AlertType.REFRESH_FAILING,
            AlertType.TOKEN_EXPIRING,
            AlertType.APP_REJECTED);

    private final Map<String, Counter> outcomes;

    AlertMeters(MeterRegistry registry) {
        outcomes = List.of("arrived", "postponed", "given_up", "gone").stream()
                .collect(Collectors.toUnmodifiableMap(
                        word -> word, word -> registry.counter("roost.webhook.deliveries", "outcome", word)));
    }

    /** Adds the gauges. What is not known yet has no value. */
    static void register(MeterRegistry registry, Supplier<Optional<AlertWatch.Seen>> seen) {
        backlog(registry, "roost.webhooks.pending", seen, WebhookStore.Backlog::pending);
        backlog(registry, "roost.webhooks.dead", seen, WebhookStore.Backlog::dead);
        for (AlertType type : LASTING) {
            Gauge.builder(
                            "roost.alerts.open",
                            () -> seen.get()
                                    .map(known ->
                                            known.open().getOrDefault(type, 0L).doubleValue())
                                    .orElse(Double.NaN))
                    .tag("type", type.word())
                    .register(registry);
        }
    }

    private static void backlog(
            MeterRegistry registry,
            String name,
            Supplier<Optional<AlertWatch.Seen>> seen,
            Function<WebhookStore.Backlog, Long> figure) {
        Gauge.builder(
                        name,
                        () -> seen.get()
                                .map(known -> figure.apply(known.backlog()).doubleValue())
                                .orElse(Double.NaN))
                .register(registry);
    }

    @Override
    public void accept(DeliveryEnding ending) {
        String word =
                switch (ending) {
                    case DeliveryEnding.Arrived e -> "arrived";
                    case DeliveryEnding.Later e -> "postponed";
                    case DeliveryEnding.GivenUp e -> "given_up";
                    case DeliveryEnding.Gone e -> "gone";
                };
        Counter counter = outcomes.get(word);
        if (counter != null) {
            counter.increment();
        }
    }
}
