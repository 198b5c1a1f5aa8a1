package dev.roost.core;

import java.util.Optional;

/**
 * X's token endpoint for one app. Calls block until X answers or a deadline of the implementation has passed (at most
 * one and a half times {@link RefreshPolicy#answerDeadline()}), and are never repeated inside. Safe for use by many threads.
 */
public interface TokenEndpoint {
    /** Returns the client id of the app that this endpoint speaks for. */
    String clientId();

    /** Spends the refresh token, once, and says what X's answer means. Never throws for anything X or the network does. */
    Verdict refresh(RefreshToken token);

    /**
     * Asks with a token that never existed, which costs no grant: {@link Verdict.GrantRefused} means that X accepts the
     * app, {@link Verdict.AppRejected} that it does not.
     */
    Verdict probe();

    /**
     * Revokes both tokens of a pair.
     *
     * @return empty when X confirmed both, else what went wrong, without secrets
     */
    Optional<String> revoke(TokenPair tokens);
}
