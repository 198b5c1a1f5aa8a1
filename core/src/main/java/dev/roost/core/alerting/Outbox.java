package dev.roost.core.alerting;

import dev.roost.core.Node;
import java.time.Duration;
import java.util.List;

/**
 * What waits to be delivered. Of two processes at most one gets a delivery at a time; if it dies, the delivery is free again
 * when its time is over. Safe for many threads and many processes.
 *
 * <p>Every method throws {@link dev.roost.core.StoreUnavailableException} when the store cannot answer.
 */
public interface Outbox {
    /** A webhook that fails for so long is disabled. */
    Duration LONGEST_FAILING = Duration.ofDays(5);

    /** Returns the webhooks for which something may be sent now. */
    List<String> due();

    /**
     * Takes deliveries that are due, the oldest first; none while an earlier one of the same account to the same webhook waits.
     *
     * @param lease for how long they are the owner's
     */
    List<Delivery> claim(String webhook, Node owner, int limit, Duration lease);

    /**
     * Notes how an attempt ended, for the delivery and for the health of its webhook. One that arrived is removed; when a
     * webhook is disabled, because it is gone or has failed for {@link #LONGEST_FAILING}, all that waits for it is given up.
     *
     * @return false, and nothing changed, when the delivery is no longer the owner's
     */
    boolean note(Delivery delivery, DeliveryEnding ending);
}
