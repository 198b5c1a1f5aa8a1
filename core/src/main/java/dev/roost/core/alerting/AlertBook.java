package dev.roost.core.alerting;

import dev.roost.core.Node;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Which alerts are open. What has happened (connected, lost, disconnected) is written by the store itself, in the
 * transaction of the change; what goes on for a while is found by {@link #turn}. Several processes may take turns: each alert is
 * told once, and its end is told once. Safe for many threads and many processes.
 *
 * <p>Every method throws {@link dev.roost.core.StoreUnavailableException} when the store cannot answer.
 */
public interface AlertBook {
    /**
     * Compares how the accounts of an app stand with the alerts that are open, and puts into the outbox what is to be told. Its
     * cost grows with what is wrong, not with the accounts.
     */
    Turn turn(String clientId, Instant now, AlertPolicy policy, Node node);

    /** Notes that X rejects the app, as a process sees it now. */
    void appRejected(String clientId, Instant now, Node node, String detail);

    /** Notes that X accepts the app. */
    void appAccepted(String clientId, Instant now);

    /** Tells whether the app was rejected, as far as is known, and no process has said so for this long. */
    boolean isRejectionStale(String clientId, Instant now, AlertPolicy policy);

    /** Returns the open alerts of an app, the oldest first. */
    List<OpenAlert> open(String clientId, int limit);

    /** Counts the open alerts of an app; types without one are left out. */
    Map<AlertType, Long> count(String clientId);

    /**
     * What a turn did.
     *
     * @param raised how many alerts it told
     * @param ended how many ends of alerts it told
     */
    record Turn(int raised, int ended) {}
}
