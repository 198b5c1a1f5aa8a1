package dev.roost.cli.settings;

import static dev.roost.cli.settings.Setting.ROOST_MCP_ISSUER;
import static dev.roost.cli.settings.Setting.ROOST_MCP_RESOURCE;
import static dev.roost.cli.settings.Setting.ROOST_MCP_TOOLS;

import dev.roost.server.mcp.accounts.Family;
import dev.roost.server.oauth.ProtectedResource;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/**
 * The settings of MCP.
 *
 * @param tools which are offered; empty when nobody said
 * @param resource the endpoint and the authorization server of its agents; empty when they have none
 */
public record McpSettings(Optional<Set<Family>> tools, Optional<ProtectedResource> resource) {
    /** Copies the set. */
    public McpSettings {
        tools = tools.map(Set::copyOf);
    }

    static McpSettings read(Values values) {
        return new McpSettings(
                values.read(ROOST_MCP_TOOLS, Optional.empty(), text -> Optional.of(Family.parse(text))),
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
