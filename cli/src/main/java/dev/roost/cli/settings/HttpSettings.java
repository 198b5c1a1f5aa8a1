package dev.roost.cli.settings;

import static dev.roost.cli.settings.Setting.*;

import dev.roost.server.oauth.ProtectedResource;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * The settings of the HTTP API.
 *
 * @param origins web origins whose pages may use it
 * @param returnUrls where people may be sent after a sign-in
 * @param truthfulStatus whether errors of {@code /mcp/execute} have the status that fits, rather than always 400
 * @param replayWindow how long a caller's own refresh gets the same answer again
 * @param resource the MCP endpoint and the authorization server of its agents; empty when they have none
 */
public record HttpSettings(
        Set<String> origins,
        Set<URI> returnUrls,
        boolean truthfulStatus,
        Duration replayWindow,
        Optional<ProtectedResource> resource) {
    private static final Duration REPLAY_WINDOW = Duration.ofMinutes(2);

    /** Copies the sets. */
    public HttpSettings {
        origins = Set.copyOf(origins);
        returnUrls = Set.copyOf(returnUrls);
    }

    static HttpSettings read(Values values) {
        return new HttpSettings(
                values.read(ROOST_ALLOWED_ORIGINS, Set.of(), Allowed::origins),
                values.read(ROOST_RETURN_URLS, Set.of(), Allowed::returnUrls),
                values.read(ROOST_EXECUTE_STATUS, false, Allowed::truthful),
                values.read(ROOST_REPLAY_WINDOW, REPLAY_WINDOW, Allowed::replayWindow),
                resource(values));
    }

    private static Optional<ProtectedResource> resource(Values values) {
        Optional<URI> issuer = values.read(ROOST_MCP_ISSUER, Optional.empty(), Allowed::issuer);
        Optional<URI> url = values.read(ROOST_MCP_RESOURCE, Optional.empty(), Allowed::resource);
        boolean isIssuerSet = values.get(ROOST_MCP_ISSUER).isPresent();
        if (isIssuerSet != values.get(ROOST_MCP_RESOURCE).isPresent()) {
            values.refuse(
                    isIssuerSet ? ROOST_MCP_RESOURCE : ROOST_MCP_ISSUER,
                    "but " + (isIssuerSet ? ROOST_MCP_ISSUER : ROOST_MCP_RESOURCE) + " is; set both, or neither");
        }
        return issuer.flatMap(server -> url.map(endpoint -> new ProtectedResource(server, endpoint)));
    }
}
