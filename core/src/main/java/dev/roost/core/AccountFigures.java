package dev.roost.core;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How the accounts of one app stand, in numbers, at one moment.
 *
 * @param active accounts in state {@link AccountState.Active}
 * @param uncertain accounts in state {@link AccountState.Uncertain}
 * @param needsReauthorization accounts in state {@link AccountState.NeedsReauthorization}
 * @param disconnected accounts in state {@link AccountState.Disconnected}
 * @param openIntents accounts whose refresh token is noted as sent: refreshes under way, and those without an answer
 * @param expiringSoon active and uncertain accounts whose access token has {@link #SOON} or less left, or has expired
 * @param quarantined active and uncertain accounts that are not refreshed since the database was restored from a backup
 * @param earliestExpiry when the first access token of an active or uncertain account expires or did; empty without one
 */
public record AccountFigures(
        long active,
        long uncertain,
        long needsReauthorization,
        long disconnected,
        long openIntents,
        long expiringSoon,
        long quarantined,
        Optional<Instant> earliestExpiry) {
    /** How much an access token that expires soon has left: refreshes ahead should have replaced it by then. */
    public static final Duration SOON = Duration.ofMinutes(5);
}
