package dev.roost.core.alerting;

import java.util.Locale;

/** What a webhook gets. */
public enum WebhookFormat {
    /** JSON by the Standard Webhooks specification. */
    STANDARD,
    /** A message for an incoming webhook of Slack, or of what understands the same. */
    SLACK;

    /** Returns its name for programs. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Finds one by its word.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static WebhookFormat parse(String word) {
        return switch (word) {
            case "standard" -> STANDARD;
            case "slack" -> SLACK;
            default -> throw new IllegalArgumentException("there is no such format; allowed: standard, slack");
        };
    }
}
