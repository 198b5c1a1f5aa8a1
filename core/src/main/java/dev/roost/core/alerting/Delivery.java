package dev.roost.core.alerting;

import dev.roost.core.Node;
import dev.roost.core.Secret;
import java.util.List;

/**
 * An alert on its way to one webhook, in the hands of one process for a while.
 *
 * @param id its number; deliveries of one account to one webhook go in this order
 * @param attempt 1 for the first
 * @param owner in whose hands it is
 * @param alert what to tell
 * @param webhook the id of the webhook
 * @param url the whole address
 * @param format how to tell it
 * @param secrets what to sign with: the present one, and the one before it while that still counts
 */
public record Delivery(
        long id,
        int attempt,
        Node owner,
        Alert alert,
        String webhook,
        Secret url,
        WebhookFormat format,
        List<Secret> secrets) {
    /** Copies the list. */
    public Delivery {
        secrets = List.copyOf(secrets);
    }
}
