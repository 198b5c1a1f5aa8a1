package dev.roost.core.alerting;

import java.time.Duration;

/**
 * When something is worth an alert. What comes and goes faster than this is not told.
 *
 * @param answerMissingAfter how long an answer of X is missing
 * @param failures how many refreshes in a row have failed
 * @param failingAfter how long ago the first of them was
 * @param expiringWithin how much an access token has left; but never more than a third of its life
 * @param expiringFor for how long it has been seen to have so little
 * @param rejectedFor for how long X has rejected the app
 * @param unseenFor after how long without a word of any process a rejected app is looked at anew
 * @param clearFor how long something must be over before that is told
 */
public record AlertPolicy(
        Duration answerMissingAfter,
        int failures,
        Duration failingAfter,
        Duration expiringWithin,
        Duration expiringFor,
        Duration rejectedFor,
        Duration unseenFor,
        Duration clearFor) {
    /** What Roost does. */
    public static final AlertPolicy DEFAULT = new AlertPolicy(
            Duration.ofMinutes(3),
            3,
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofSeconds(30),
            Duration.ofSeconds(20),
            Duration.ofSeconds(30),
            Duration.ofMinutes(1));
}
