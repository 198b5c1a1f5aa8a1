package dev.roost.core.alerting;

import java.time.Instant;

/**
 * A delivery that was given up. It is kept for 30 days and can be sent again.
 *
 * @param id its number
 * @param webhook where it was to go
 * @param alert what was to be told
 * @param attempts how often it was tried
 * @param deadAt when it was given up
 * @param error why the last attempt failed
 */
public record DeadLetter(long id, String webhook, Alert alert, int attempts, Instant deadAt, String error) {}
