package dev.roost.core.alerting;

import java.time.Duration;

/** How an attempt to deliver ended. Errors hold nothing of what the receiver said but its status. */
public sealed interface DeliveryEnding {
    /** The receiver took it. */
    record Arrived() implements DeliveryEnding {}

    /**
     * It did not arrive, and is tried again.
     *
     * @param after how long to wait
     */
    record Later(String error, Duration after) implements DeliveryEnding {}

    /** It did not arrive, and was tried often enough. */
    record GivenUp(String error) implements DeliveryEnding {}

    /** The receiver says that it is gone for good (410): the webhook is disabled. */
    record Gone(String error) implements DeliveryEnding {}
}
