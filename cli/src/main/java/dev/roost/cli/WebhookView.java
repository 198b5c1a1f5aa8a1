package dev.roost.cli;

import dev.roost.core.alerting.AlertType;
import dev.roost.core.alerting.Webhook;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A webhook as {@code --json} shows it.
 *
 * @param target the origin of its address
 * @param types what is sent to it; empty: everything
 * @param status ok, failing or disabled
 * @param failures in a row
 * @param lastError why the newest that failed did
 * @param pending how many deliveries wait
 * @param dead how many were given up
 */
record WebhookView(
        String id,
        String target,
        List<String> types,
        String format,
        String description,
        Instant createdAt,
        String status,
        int failures,
        Optional<Instant> lastSuccessAt,
        Optional<String> lastError,
        Optional<String> disabledWhy,
        long pending,
        long dead) {
    static WebhookView of(Webhook webhook) {
        Webhook.Health health = webhook.health();
        return new WebhookView(
                webhook.id(),
                webhook.target(),
                webhook.types().stream().map(AlertType::word).sorted().toList(),
                webhook.format().word(),
                webhook.description(),
                webhook.createdAt(),
                health.label(),
                health.failures(),
                health.lastSuccess(),
                health.lastError(),
                health.disabledWhy(),
                webhook.pending(),
                webhook.dead());
    }

    /** Writes it for people, 80 columns wide. */
    String text() {
        String indent = " ".repeat(id.length() + 2);
        String title = target + (description.isEmpty() ? "" : " (" + description + ")");
        String what = "sends: " + (types.isEmpty() ? "everything" : String.join(", ", types)) + " (" + format + ")";
        String fares = status
                + disabledWhy
                        .map(why -> ": " + why + "; what happens meanwhile is not kept for it")
                        .orElse("")
                + (failures > 0 ? ", " + failures + " failed in a row" : "")
                + lastError.filter(e -> failures > 0).map(e -> ", last: " + e).orElse("")
                + lastSuccessAt.map(at -> ", last arrived " + Times.exact(at)).orElse("")
                + "; " + pending + " waiting, " + dead + " given up";
        return String.join(
                System.lineSeparator(),
                Wrap.hanging(id + "  ", title, indent.length()),
                Wrap.hanging(indent, what, indent.length()),
                Wrap.hanging(indent, fares, indent.length()));
    }
}
