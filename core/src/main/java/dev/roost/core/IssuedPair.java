package dev.roost.core;

import java.time.Instant;

/**
 * A pair as X issued it for a sign-in or an import.
 *
 * @param tokens the pair
 * @param accessExpiresAt reckoned from when the request was sent
 * @param scopes what was granted
 */
public record IssuedPair(TokenPair tokens, Instant accessExpiresAt, Scopes scopes) {}
