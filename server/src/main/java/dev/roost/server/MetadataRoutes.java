package dev.roost.server;

import dev.roost.server.http.Guards;
import dev.roost.server.http.Problem;
import dev.roost.server.http.Reply;
import dev.roost.server.http.Route;
import dev.roost.server.oauth.AccessTokens;
import dev.roost.server.oauth.ProtectedResource;
import java.util.List;
import java.util.Optional;

/** Where agents read who issues their access tokens (RFC 9728): beside the endpoint, and where clients look second. */
final class MetadataRoutes {
    private static final String OPERATION = "mcp.resource";

    private MetadataRoutes() {}

    static List<Route> of(Guards guards) {
        Reply reply = reply(guards.tokens().map(AccessTokens::resource));
        return List.of(
                Route.open(ProtectedResource.METADATA, OPERATION, call -> reply),
                Route.open(ProtectedResource.WELL_KNOWN, OPERATION, call -> reply));
    }

    private static Reply reply(Optional<ProtectedResource> resource) {
        return resource.map(known -> Reply.json(200, known.metadata()))
                .orElseGet(() -> Reply.problem(Problem.lasting(
                        404,
                        "not_found",
                        "this server has no authorization server; agents use an API key: roost api-key create")));
    }
}
