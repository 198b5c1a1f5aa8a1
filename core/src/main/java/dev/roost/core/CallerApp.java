package dev.roost.core;

import java.util.Optional;

/**
 * The X app that a caller refreshes for. Whoever brings other credentials is another caller: they share no request and no
 * answer, even for the same token.
 *
 * @param endpoint X's token endpoint, spoken to with these credentials; the engine's own only for who has shown its app's
 *     secret, and for Roost itself. With it, the secret below tells no callers apart
 * @param clientSecret the secret that goes with {@link TokenEndpoint#clientId()}; empty for a public client
 */
public record CallerApp(TokenEndpoint endpoint, Optional<Secret> clientSecret) {
    /** Returns the client id. */
    public String clientId() {
        return endpoint.clientId();
    }
}
