package dev.roost.core.alerting;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * An address that alerts are sent to, as it may be shown: without its secrets. Part of the address itself may be one (Slack's
 * are), so only its origin is here.
 *
 * @param id {@code wh_} and 12 letters and digits
 * @param target scheme, host and port of the address, and {@code /…} if there is more
 * @param types what is sent to it; empty: everything
 * @param format how
 * @param description what people call it; may be empty
 * @param createdAt when it was made
 * @param oldSecretUntil until when deliveries are signed with the secret before the present one as well
 * @param health how it fares
 * @param pending how many deliveries wait
 * @param dead how many were given up; they can be sent again
 */
public record Webhook(
        String id,
        String target,
        Set<AlertType> types,
        WebhookFormat format,
        String description,
        Instant createdAt,
        Optional<Instant> oldSecretUntil,
        Health health,
        long pending,
        long dead) {
    /** Copies the set. */
    public Webhook {
        types = Set.copyOf(types);
    }

    /** Tells whether a text has the form of an id. */
    public static boolean isId(String text) {
        return text.matches("wh_[0-9a-z]{12}");
    }

    /**
     * How deliveries fare.
     *
     * @param failures how many in a row have failed
     * @param failingSince the first of those
     * @param lastSuccess the newest delivery that arrived
     * @param lastFailure the newest that did not
     * @param lastError why; nothing of what the receiver said but its status
     * @param disabledAt since when nothing is sent to it; empty while it is in use
     * @param disabledWhy why
     */
    public record Health(
            int failures,
            Optional<Instant> failingSince,
            Optional<Instant> lastSuccess,
            Optional<Instant> lastFailure,
            Optional<String> lastError,
            Optional<Instant> disabledAt,
            Optional<String> disabledWhy) {
        /** Returns one word: {@code ok}, {@code failing} or {@code disabled}. */
        public String label() {
            if (disabledAt.isPresent()) {
                return "disabled";
            }
            return failures == 0 ? "ok" : "failing";
        }
    }
}
