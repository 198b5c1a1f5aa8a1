package dev.roost.core;

import java.time.Instant;

/**
 * A finished sign-in, to be recorded.
 *
 * @param newId the id to give if the X user has no account under this app yet
 * @param clientId the app
 * @param user who signed in
 * @param pair what X issued
 * @param nextRefreshAt when to refresh it first
 * @param at now
 * @param node who records it
 * @param how for the journal: "sign-in" or "import"
 */
public record SignedIn(
        AccountId newId,
        String clientId,
        XUser user,
        IssuedPair pair,
        Instant nextRefreshAt,
        Instant at,
        Node node,
        String how) {}
