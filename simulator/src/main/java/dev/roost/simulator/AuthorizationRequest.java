package dev.roost.simulator;

import java.util.List;

/**
 * What an app asks a user to allow.
 *
 * @param app who asks
 * @param redirectUri where the answer goes
 * @param scopes what is asked for
 * @param state handed back with the answer; empty for none
 * @param challenge of PKCE, RFC 7636
 */
record AuthorizationRequest(
        SimulatedApp app, String redirectUri, List<String> scopes, String state, PkceChallenge challenge) {

    /** Copies the scopes. */
    AuthorizationRequest {
        scopes = List.copyOf(scopes);
    }
}
