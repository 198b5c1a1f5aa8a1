package dev.roost.server.mcp.stateless;

import dev.roost.core.CallerApp;
import dev.roost.core.Secret;
import dev.roost.core.TokenEndpoint;
import dev.roost.x.XSettings;
import dev.roost.x.XTokenEndpoint;
import dev.roost.x.XTransport;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The apps of callers, at the same X. Safe for many threads.
 *
 * @param settings where X is
 * @param own the app that Roost keeps accounts for: to whoever knows its id and secret, its own endpoint; empty if there is none
 * @param transport shared by all apps
 */
public record CallerApps(
        XSettings settings, Optional<Own> own, XTransport transport, InstantSource clock, RandomGenerator random)
        implements Kit.Apps {
    /**
     * Roost's own app.
     *
     * @param endpoint the very one that the engine has
     * @param secret empty for a public client
     */
    public record Own(TokenEndpoint endpoint, Optional<Secret> secret) {
        boolean is(String id, Optional<Secret> given) {
            return endpoint.clientId().equals(id) && secret.map(Secret::expose).equals(given.map(Secret::expose));
        }
    }

    @Override
    public CallerApp app(String clientId, Optional<Secret> clientSecret) {
        TokenEndpoint endpoint = own.filter(app -> app.is(clientId, clientSecret))
                .map(Own::endpoint)
                .orElseGet(() -> new XTokenEndpoint(settings.forApp(clientId, clientSecret), transport, clock, random));
        return new CallerApp(endpoint, clientSecret);
    }
}
