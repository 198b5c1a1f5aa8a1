package dev.roost.core;

import java.time.Duration;
import java.util.Optional;

/**
 * When and how refreshes are made. All durations are positive.
 *
 * @param refreshAheadMost the earliest a token is refreshed before it expires
 * @param refreshAheadLeast the latest a token is refreshed before it expires; in between, accounts are spread by hash
 * @param minRemaining with less than this left a token is not handed out
 * @param connectDeadline how long connecting to X may take
 * @param answerDeadline how long X may take to answer, connecting included; a short one creates lost answers
 * @param leaseLength how long a lease lasts; at least twice the answer deadline
 * @param guardedRetryPause how long an unanswered refresh rests before it is sent again, doubled each time
 * @param firstBackoff how long a failed refresh rests the first time, doubled each time
 * @param longestBackoff the most that either of the two grows to
 * @param spoolAfter how long the store may take to record an answer before it goes to the spool as well
 * @param concurrency how many refreshes one process runs at once, 1 to 10,000
 * @param idle when accounts that nobody uses are refreshed; empty: like the others
 */
public record RefreshPolicy(
        Duration refreshAheadMost,
        Duration refreshAheadLeast,
        Duration minRemaining,
        Duration connectDeadline,
        Duration answerDeadline,
        Duration leaseLength,
        Duration guardedRetryPause,
        Duration firstBackoff,
        Duration longestBackoff,
        Duration spoolAfter,
        int concurrency,
        Optional<IdlePolicy> idle) {

    /** What Roost does unless told otherwise. */
    public static final RefreshPolicy DEFAULT = new RefreshPolicy(
            Duration.ofMinutes(10),
            Duration.ofMinutes(5),
            Duration.ofSeconds(30),
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofSeconds(90),
            Duration.ofSeconds(60),
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            Duration.ofMillis(20),
            64,
            Optional.empty());

    /** Makes one that refreshes accounts alike whether they are used or not. */
    public RefreshPolicy(
            Duration refreshAheadMost,
            Duration refreshAheadLeast,
            Duration minRemaining,
            Duration connectDeadline,
            Duration answerDeadline,
            Duration leaseLength,
            Duration guardedRetryPause,
            Duration firstBackoff,
            Duration longestBackoff,
            Duration spoolAfter,
            int concurrency) {
        this(
                refreshAheadMost,
                refreshAheadLeast,
                minRemaining,
                connectDeadline,
                answerDeadline,
                leaseLength,
                guardedRetryPause,
                firstBackoff,
                longestBackoff,
                spoolAfter,
                concurrency,
                Optional.empty());
    }

    /** Returns the same with this for accounts that nobody uses. */
    public RefreshPolicy idle(Optional<IdlePolicy> other) {
        return new RefreshPolicy(
                refreshAheadMost,
                refreshAheadLeast,
                minRemaining,
                connectDeadline,
                answerDeadline,
                leaseLength,
                guardedRetryPause,
                firstBackoff,
                longestBackoff,
                spoolAfter,
                concurrency,
                other);
    }

    /** @throws IllegalArgumentException if two of them contradict each other; the message names both */
    public RefreshPolicy {
        require(
                refreshAheadMost.compareTo(refreshAheadLeast) >= 0,
                "refreshAheadMost",
                refreshAheadMost,
                "at least refreshAheadLeast, ",
                refreshAheadLeast);
        require(
                refreshAheadLeast.compareTo(minRemaining) > 0,
                "refreshAheadLeast",
                refreshAheadLeast,
                "more than minRemaining, ",
                minRemaining);
        require(
                answerDeadline.compareTo(connectDeadline) > 0,
                "answerDeadline",
                answerDeadline,
                "more than connectDeadline, ",
                connectDeadline);
        require(
                leaseLength.compareTo(answerDeadline.plus(answerDeadline)) >= 0,
                "leaseLength",
                leaseLength,
                "at least twice answerDeadline, ",
                answerDeadline);
        require(
                longestBackoff.compareTo(firstBackoff) >= 0,
                "longestBackoff",
                longestBackoff,
                "at least firstBackoff, ",
                firstBackoff);
        require(concurrency >= 1 && concurrency <= 10_000, "concurrency", concurrency, "1 to ", 10_000);
    }

    /** Puts the message together only when it is needed. Joining texts and {@code multipliedBy} cost a new process 10 ms. */
    private static void require(boolean holds, String name, Object value, String allowed, Object limit) {
        if (!holds) {
            throw new IllegalArgumentException(name + " is " + value + "; allowed is " + allowed + limit);
        }
    }
}
