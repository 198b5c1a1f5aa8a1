package dev.roost.simulator;

import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The ledger as JSON. A token's {@code spentBy}, {@code killedBecause} and {@code parent} are there when they apply. */
final class LedgerJson {

    private LedgerJson() {}

    static ObjectNode of(Ledger ledger) {
        ObjectNode body = Json.object().put("rotations", ledger.rotations());
        ArrayNode tokens = body.putArray("tokens");
        ledger.tokens().forEach(token -> tokens.add(of(token)));
        ArrayNode requests = body.putArray("requests");
        ledger.requests().forEach(request -> requests.add(of(request)));
        body.setAll(posts(ledger.posts()));
        return body;
    }

    static ObjectNode posts(List<LedgerPost> posts) {
        ObjectNode body = Json.object();
        ArrayNode list = body.putArray("tweets");
        for (LedgerPost post : posts) {
            list.addObject()
                    .put("id", post.id())
                    .put("userId", post.userId())
                    .put("text", post.text())
                    .put("createdAt", post.createdAt().toString())
                    .put("deleted", post.deleted());
        }
        return body;
    }

    private static ObjectNode of(LedgerToken token) {
        ObjectNode body = Json.object()
                .put("value", token.value())
                .put("kind", token.kind().name())
                .put("clientId", token.clientId())
                .put("userId", token.userId())
                .put("grantId", token.grantId())
                .put("issuedAt", token.issuedAt().toString())
                .put("expiresAt", token.expiresAt().toString())
                .put("live", token.live())
                .put("answered", token.answered());
        token.parent().ifPresent(parent -> body.put("parent", parent));
        token.spentBy().ifPresent(request -> body.put("spentBy", request));
        token.killedBecause().ifPresent(reason -> body.put("killedBecause", reason));
        return body;
    }

    private static ObjectNode of(LedgerRequest request) {
        ObjectNode body = Json.object()
                .put("number", request.number())
                .put("time", request.time().toString())
                .put("grantType", request.grantType())
                .put("presented", request.presented())
                .put("outcome", request.outcome().name())
                .put("fault", request.fault().name())
                .put("answered", request.answered())
                .put("inFlight", request.inFlight())
                .put("startTick", request.startTick());
        return request.inFlight() ? body : body.put("endTick", request.endTick());
    }
}
