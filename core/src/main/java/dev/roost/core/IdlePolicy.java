package dev.roost.core;

import java.time.Duration;

/**
 * When an account counts as idle, and how often it is refreshed then. An access token in use is replaced every two hours; an
 * account that nobody uses needs that only to keep its refresh token alive. X does not say how long one lives, and people
 * report six months; the use should be no rarer than monthly.
 *
 * @param after how long nobody used the account; at least a day
 * @param every how often it is refreshed then; a day to 60 days
 */
public record IdlePolicy(Duration after, Duration every) {
    /** Twelve times within the shortest life of a refresh token that anybody reports is six months. */
    public static final Duration MONTHLY = Duration.ofDays(30);

    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration LONGEST = Duration.ofDays(60);

    /** @throws IllegalArgumentException if one is out of its range; the message names it */
    public IdlePolicy {
        if (after.compareTo(DAY) < 0) {
            throw new IllegalArgumentException("after is " + after + "; allowed is at least " + DAY);
        }
        if (every.compareTo(DAY) < 0 || every.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("every is " + every + "; allowed is " + DAY + " to " + LONGEST);
        }
    }

    /** Returns one that refreshes monthly. */
    public static IdlePolicy after(Duration after) {
        return new IdlePolicy(after, MONTHLY);
    }
}
