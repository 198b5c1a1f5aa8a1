package dev.roost.core;

import java.time.Duration;
import java.time.Instant;

/**
 * X's answer to a refresh, ready to be recorded.
 *
 * @param id the account
 * @param spent the generation whose refresh token was spent; the new pair is generation {@code spent + 1}
 * @param pair the new pair
 * @param nextRefreshAt when to refresh next
 * @param at when the answer was complete
 * @param took from the request to the whole answer
 * @param node who received it
 */
public record Rotation(
        AccountId id, long spent, IssuedPair pair, Instant nextRefreshAt, Instant at, Duration took, Node node) {}
