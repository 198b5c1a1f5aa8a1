package dev.roost.core;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** The side of X that takes part in a sign-in, for one app. Calls block and are never repeated inside. */
public interface SignInEndpoint {
    /**
     * Makes the address where a person consents (RFC 6749 section 4.1.1 with PKCE S256, RFC 7636). No request is made.
     *
     * @param state at most 500 characters
     * @param codeVerifier 43 to 128 characters; only its hash goes into the address
     */
    URI authorizationUrl(URI redirectUri, Scopes scopes, Secret state, Secret codeVerifier);

    /** Exchanges an authorization code, which X accepts once and within 30 seconds. */
    ExchangeAnswer exchange(Secret code, Secret codeVerifier, URI redirectUri);

    /** Asks X whose token this is ({@code GET /2/users/me}). */
    IdentifyAnswer identify(AccessToken token);

    /** What came of exchanging a code. */
    sealed interface ExchangeAnswer {
        /**
         * X issued tokens.
         *
         * @param refresh empty when the user did not grant offline.access
         * @param lifetime of the access token, from when the request was sent
         */
        record Issued(AccessToken access, Optional<RefreshToken> refresh, Duration lifetime, Scopes scopes)
                implements ExchangeAnswer {}

        /** X said no. The description tells code, redirect URI, verifier and app apart. */
        record Refused(XAnswer answer) implements ExchangeAnswer {}

        /** X could not be reached or did not answer; the code may be used up. */
        record Failed(String reason) implements ExchangeAnswer {}
    }

    /** What came of asking whose a token is. */
    sealed interface IdentifyAnswer {
        /** This user's. */
        record Identified(XUser user) implements IdentifyAnswer {}

        /** X does not accept the token (401). */
        record Rejected(XAnswer answer) implements IdentifyAnswer {}

        /** X does not say for now: no connection, a rate limit, no credits, a missing scope, an error of its own. */
        record Unanswered(String reason) implements IdentifyAnswer {}
    }
}
