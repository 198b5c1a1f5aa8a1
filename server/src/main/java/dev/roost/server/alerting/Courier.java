package dev.roost.server.alerting;

import dev.roost.core.alerting.Delivery;
import dev.roost.core.alerting.DeliveryEnding;
import dev.roost.core.alerting.RetrySchedule;
import dev.roost.core.alerting.WebhookTargets;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Makes one attempt at a delivery and says what came of it. Safe for many threads. */
public final class Courier {
    private final WebhookClient client;
    private final WebhookTargets targets;
    private final Payload payload;
    private final InstantSource clock;
    private final RandomGenerator random;

    /** Sends by this client. */
    public Courier(
            WebhookClient client,
            WebhookTargets targets,
            Payload payload,
            InstantSource clock,
            RandomGenerator random) {
        this.client = client;
        this.targets = targets;
        this.payload = payload;
        this.clock = clock;
        this.random = random;
    }

    /** Sends it. Throws nothing for what the receiver or the network does. */
    DeliveryEnding attempt(Delivery delivery) {
        Instant now = clock.instant();
        URI target;
        try {
            // The settings may have been changed since it was made.
            target = targets.check(delivery.url().expose());
        } catch (IllegalArgumentException e) {
            return failed(delivery, "refused: " + e.getMessage(), Optional.empty());
        }
        byte[] body = payload.of(delivery.alert(), delivery.format());
        return switch (client.post(
                target, Signature.headers(delivery.alert().id(), now, body, delivery.secrets()), body)) {
            case WebhookClient.Outcome.Status status -> judged(delivery, status, now);
            case WebhookClient.Outcome.Failed failed -> failed(delivery, failed.why(), Optional.empty());
        };
    }

    private DeliveryEnding judged(Delivery delivery, WebhookClient.Outcome.Status status, Instant now) {
        int code = status.code();
        if (code >= 200 && code < 300) {
            return new DeliveryEnding.Arrived();
        }
        if (code == 410) {
            return new DeliveryEnding.Gone("it answered with status 410");
        }
        String error = code >= 300 && code < 400
                ? "it answered with a redirect (status " + code + "), which is not followed; give the final address"
                : "it answered with status " + code;
        return failed(delivery, error, status.retryAfter().flatMap(text -> wish(text, now)));
    }

    private DeliveryEnding failed(Delivery delivery, String error, Optional<Duration> wish) {
        return RetrySchedule.after(delivery.attempt(), wish, random)
                .<DeliveryEnding>map(pause -> new DeliveryEnding.Later(error, pause))
                .orElseGet(() -> new DeliveryEnding.GivenUp(error));
    }

    /** Reads {@code Retry-After}: seconds or a date (RFC 9110, section 10.2.3); anything else counts for nothing. */
    private static Optional<Duration> wish(String text, Instant now) {
        if (text.strip().matches("[0-9]{1,9}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(text.strip())));
        }
        try {
            Instant until = ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Optional.of(Duration.between(now, until)).filter(Duration::isPositive);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
