package dev.roost.server.dashboard.alerts;

import dev.roost.core.alerting.AlertType;
import dev.roost.core.alerting.DeadLetter;
import dev.roost.core.alerting.Webhook;
import dev.roost.server.dashboard.frame.When;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the page of webhooks shows.
 *
 * @param webhooks all of them
 * @param letters deliveries that were given up, the newest
 * @param now the time of day
 */
public record AlertsView(List<Webhook> webhooks, List<DeadLetter> letters, Instant now) {
    /** Copies the lists. */
    public AlertsView {
        webhooks = List.copyOf(webhooks);
        letters = List.copyOf(letters);
    }

    /** Returns a time as pages show it. */
    public When when(Instant time) {
        return new When(time, now);
    }

    /** Says how one fares, in a word or two. */
    public String label(Webhook webhook) {
        return switch (webhook.health().label()) {
            case "disabled" -> "Out of use";
            case "failing" -> "Failing";
            default -> webhook.health().lastSuccess().isPresent() ? "Well" : "Not used yet";
        };
    }

    /** Returns the class of its colour, which never says it alone. */
    public String tone(Webhook webhook) {
        return switch (webhook.health().label()) {
            case "disabled" -> "bad";
            case "failing" -> "wait";
            default -> webhook.health().lastSuccess().isPresent() ? "good" : "idle";
        };
    }

    /** Says why one does not fare well; empty where it does. */
    public Optional<String> trouble(Webhook webhook) {
        return webhook.health()
                .disabledWhy()
                .or(() -> webhook.health().failures() == 0
                        ? Optional.empty()
                        : webhook.health().lastError());
    }

    /** Says what is sent to one. */
    public String types(Webhook webhook) {
        return webhook.types().isEmpty()
                ? "all alerts"
                : webhook.types().stream().map(AlertType::word).sorted().collect(Collectors.joining(", "));
    }

    /** Returns what people call one. */
    public static String name(Webhook webhook) {
        return webhook.description().isBlank() ? webhook.target() : webhook.description();
    }

    /** Returns what people call the webhook of a letter. */
    public String target(DeadLetter letter) {
        return webhooks.stream()
                .filter(webhook -> webhook.id().equals(letter.webhook()))
                .map(AlertsView::name)
                .findFirst()
                .orElse(letter.webhook());
    }
}
