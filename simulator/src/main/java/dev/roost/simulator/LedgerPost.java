package dev.roost.simulator;

import java.time.Instant;

/**
 * One post published on the simulated X.
 *
 * @param id 19 digits
 * @param userId the author
 * @param text as sent
 * @param createdAt on the simulator's clock
 * @param deleted whether the author took it down since
 */
public record LedgerPost(String id, String userId, String text, Instant createdAt, boolean deleted) {}
