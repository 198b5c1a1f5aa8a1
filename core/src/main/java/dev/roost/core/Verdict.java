package dev.roost.core;

import java.time.Duration;
import java.util.Optional;

/**
 * What X's answer to a refresh means for the grant (the table is in docs/how-it-works.md). Whoever makes a
 * verdict keeps the grant by default: only {@link GrantRefused} ends one.
 */
public sealed interface Verdict {
    /**
     * X issued a new pair; the old refresh token is spent.
     *
     * @param access the new access token
     * @param refresh the new refresh token; empty when X sent none, and then the old one stays
     * @param lifetime how long the access token lives, counted from when the request was sent
     * @param scopes what the grant covers; empty when X did not say
     */
    record Rotated(AccessToken access, Optional<RefreshToken> refresh, Duration lifetime, Optional<Scopes> scopes)
            implements Verdict {}

    /** X says that this refresh token is spent, revoked or unknown. */
    record GrantRefused(XAnswer answer) implements Verdict {}

    /** X does not accept the app: its id, its secret, its kind, or the address of the endpoint. No grant is touched. */
    record AppRejected(XAnswer answer) implements Verdict {}

    /**
     * X, or the network in front of it, turned the request away without looking at the token.
     *
     * @param retryAfter how long to wait if X said so
     */
    record Throttled(XAnswer answer, Optional<Duration> retryAfter) implements Verdict {}

    /**
     * The request did not leave this machine: no address, no connection, no TLS.
     *
     * @param reason what stood in the way, without secrets
     */
    record NotSent(String reason) implements Verdict {}

    /**
     * The request may have reached X and no readable answer came back: the token may be spent or not.
     *
     * @param reason what happened, without secrets
     */
    record Unknown(String reason) implements Verdict {}
}
