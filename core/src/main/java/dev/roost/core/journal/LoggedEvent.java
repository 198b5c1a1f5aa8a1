package dev.roost.core.journal;

import dev.roost.core.AccountEvent;
import java.time.Duration;
import java.util.Optional;

/**
 * An entry as it stands in the log of its account.
 *
 * @param sequence its place: 1 for the account's first, one more for each; 0 for entries from before there were places
 * @param event what happened
 * @param took from the request to X to its whole answer or to the failure; empty where nothing was asked
 * @param fingerprint stands for the refresh token that was spent; tells nothing about it
 */
public record LoggedEvent(long sequence, AccountEvent event, Optional<Duration> took, Optional<String> fingerprint) {}
