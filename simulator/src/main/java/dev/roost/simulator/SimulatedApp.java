package dev.roost.simulator;

import java.util.List;

/**
 * An app registered with the simulated X.
 *
 * @param clientId the OAuth 2.0 client id
 * @param clientSecret the secret of a confidential client; empty for a public client
 * @param redirectUris the callback URIs, compared exactly
 */
public record SimulatedApp(String clientId, String clientSecret, List<String> redirectUris) {

    /** How many callback URIs X lets an app have. */
    static final int MAX_REDIRECT_URIS = 10;

    /**
     * Checks and copies.
     *
     * @throws IllegalArgumentException when the client id is blank or there are more than ten redirect URIs
     */
    public SimulatedApp {
        if (clientId.isBlank() || clientId.contains(":")) {
            throw new IllegalArgumentException("client id '" + clientId
                    + "' is not usable; allowed: non-blank text without a colon; choose another id");
        }
        if (redirectUris.size() > MAX_REDIRECT_URIS) {
            throw new IllegalArgumentException("app '" + clientId + "' has " + redirectUris.size()
                    + " redirect URIs; allowed: at most " + MAX_REDIRECT_URIS + "; remove some");
        }
        redirectUris = List.copyOf(redirectUris);
    }

    /** Whether the app has no secret and so names itself by {@code client_id} in the body. */
    public boolean isPublic() {
        return clientSecret.isEmpty();
    }

    /** The same app with another secret; empty makes it a public client. */
    SimulatedApp withSecret(String newSecret) {
        return new SimulatedApp(clientId, newSecret, redirectUris);
    }
}
