package dev.roost.core.alerting;

import java.time.Instant;

/**
 * An alert that was told and is not over.
 *
 * @param alert as it was told
 * @param since when what it tells of began
 */
public record OpenAlert(Alert alert, Instant since) {}
