package dev.roost.server.v1;

import dev.roost.core.alerting.Alert;
import dev.roost.core.alerting.AlertText;
import dev.roost.core.alerting.AlertType;
import dev.roost.core.alerting.DeadLetter;
import dev.roost.core.alerting.Webhook;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A webhook as the API shows it. */
record WebhookJson(
        String id,
        String target,
        List<String> types,
        String format,
        String description,
        Instant createdAt,
        Optional<Instant> oldSecretUntil,
        HealthJson health,
        long pending,
        long dead) {

    /** How its deliveries fare. */
    record HealthJson(
            String status,
            int failures,
            Optional<Instant> failingSince,
            Optional<Instant> lastSuccessAt,
            Optional<Instant> lastFailureAt,
            Optional<String> lastError,
            Optional<Instant> disabledAt,
            Optional<String> disabledWhy) {
        static HealthJson of(Webhook.Health health) {
            return new HealthJson(
                    health.label(),
                    health.failures(),
                    health.failingSince(),
                    health.lastSuccess(),
                    health.lastFailure(),
                    health.lastError(),
                    health.disabledAt(),
                    health.disabledWhy());
        }
    }

    /** A delivery that was given up. */
    record DeadJson(
            long id,
            String webhook,
            String alert,
            String type,
            Instant at,
            Optional<String> account,
            String summary,
            int attempts,
            Instant deadAt,
            String error) {
        static DeadJson of(DeadLetter letter) {
            Alert alert = letter.alert();
            return new DeadJson(
                    letter.id(),
                    letter.webhook(),
                    alert.id(),
                    alert.type().word(),
                    alert.at(),
                    alert.about().map(about -> about.account().value()),
                    AlertText.of(alert).summary(),
                    letter.attempts(),
                    letter.deadAt(),
                    letter.error());
        }
    }

    static WebhookJson of(Webhook webhook) {
        return new WebhookJson(
                webhook.id(),
                webhook.target(),
                webhook.types().stream().map(AlertType::word).sorted().toList(),
                webhook.format().word(),
                webhook.description(),
                webhook.createdAt(),
                webhook.oldSecretUntil(),
                HealthJson.of(webhook.health()),
                webhook.pending(),
                webhook.dead());
    }
}
