package dev.roost.core.alerting;

import dev.roost.core.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Where webhooks are kept. Addresses and secrets rest sealed. A method that returns has made its change durable, and every
 * process on the same store sees it from then on. Safe for many threads and many processes.
 *
 * <p>Every method throws {@link dev.roost.core.StoreUnavailableException} when the store cannot answer; then the change
 * may have been made or not.
 */
public interface WebhookStore {
    /**
     * Adds one.
     *
     * @param url the whole address
     * @param secret what deliveries are signed with
     */
    void add(Webhook webhook, Secret url, Secret secret);

    /** Returns all, in the order in which they were made. */
    List<Webhook> all();

    /** Returns one. */
    Optional<Webhook> find(String id);

    /**
     * Deletes one with its deliveries, also those given up.
     *
     * @return false when there is none
     */
    boolean delete(String id);

    /**
     * Replaces the secret. Deliveries are signed with the present one as well until the overlap is over.
     *
     * @return false when there is none
     */
    boolean rotate(String id, Secret fresh, Instant oldUntil);

    /**
     * Takes one into use again that was disabled, and forgets its failures.
     *
     * @return false when there is none
     */
    boolean enable(String id);

    /**
     * Puts an alert into the outbox for one webhook alone, whatever types it asked for; sent even if it is disabled.
     *
     * @return false when there is no such webhook
     */
    boolean send(String id, Alert alert);

    /**
     * Returns deliveries that were given up, the newest first.
     *
     * @param webhook whose; empty: of all
     * @param before only those with smaller numbers
     */
    List<DeadLetter> dead(Optional<String> webhook, OptionalLong before, int limit);

    /**
     * Puts a delivery that was given up into the outbox again, with all its attempts before it.
     *
     * @return false when there is none with this number
     */
    boolean retry(long id);

    /** Does so with all that were given up; of one webhook, or (empty) of all. Returns how many that were. */
    int retryAll(Optional<String> webhook);

    /**
     * Forgets what was given up before this time, some hundred in one transaction, and ends early when its thread is
     * interrupted. Returns how many that were.
     */
    int forgetDead(Instant before);

    /** Forgets old secrets whose overlap ended before this time. Returns how many that were. */
    int forgetOldSecrets(Instant before);

    /** Counts what waits and what was given up. */
    Backlog backlog();

    /**
     * How much there is.
     *
     * @param pending deliveries that wait
     * @param dead deliveries that were given up
     */
    record Backlog(long pending, long dead) {}

    /** How long a given-up delivery is kept. */
    Duration DEAD_KEPT = Duration.ofDays(30);
}
