package dev.roost.core;

import java.time.Instant;

/**
 * One X user connected under one app, without its secrets.
 *
 * @param id Roost's name of it
 * @param clientId the X app it is connected under
 * @param user the X user
 * @param state where it stands
 * @param scopes what the user granted
 * @param generation how often its pair has been replaced: 1 after the first sign-in, one more with each rotation
 * @param accessExpiresAt when X stops accepting the access token, reckoned from when it was asked for
 * @param connectedAt when a person last signed in
 * @param rotatedAt when the present pair was recorded
 */
public record Account(
        AccountId id,
        String clientId,
        XUser user,
        AccountState state,
        Scopes scopes,
        long generation,
        Instant accessExpiresAt,
        Instant connectedAt,
        Instant rotatedAt) {}
