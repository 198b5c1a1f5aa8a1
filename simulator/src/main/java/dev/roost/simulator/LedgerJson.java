package dev.roost.simulator;

import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The ledger as JSON. A token's {@code spentBy}, {@code killedBecause} and {@code parent} are there when they apply,
 * and so are a post's {@code replyTo}, {@code quotes}, {@code mediaIds} and {@code poll}.
 */
final class LedgerJson {

    private LedgerJson() {}

    static ObjectNode of(Ledger ledger) {
        ObjectNode body = Json.object().put("rotations", ledger.rotations());
        ArrayNode tokens = body.putArray("tokens");
        ledger.tokens().forEach(token -> tokens.add(of(token)));
        ArrayNode requests = body.putArray("requests");
        ledger.requests().forEach(request -> requests.add(of(request)));
        body.setAll(posts(ledger.posts()));
        body.setAll(media(ledger.media()));
        return body;
    }

    static ObjectNode posts(List<LedgerPost> posts) {
        ObjectNode body = Json.object();
        ArrayNode list = body.putArray("tweets");
        posts.forEach(post -> list.add(of(post)));
        return body;
    }

    static ObjectNode of(LedgerPost post) {
        ObjectNode body = Json.object()
                .put("id", post.id())
                .put("userId", post.userId())
                .put("text", post.text())
                .put("createdAt", post.createdAt().toString())
                .put("deleted", post.deleted())
                .put("conversationId", post.conversationId());
        LedgerPost.Links links = post.links();
        links.replyTo().ifPresent(id -> body.put("replyTo", id));
        links.quotes().ifPresent(id -> body.put("quotes", id));
        if (!links.mediaIds().isEmpty()) {
            links.mediaIds().forEach(body.putArray("mediaIds")::add);
        }
        links.poll().ifPresent(poll -> {
            ObjectNode shape = body.putObject("poll").put("minutes", poll.minutes());
            poll.options().forEach(shape.putArray("options")::add);
        });
        post.reactions().likedBy().forEach(body.putArray("likedBy")::add);
        post.reactions().repostedBy().keySet().forEach(body.putArray("repostedBy")::add);
        return body;
    }

    static ObjectNode media(List<LedgerMedia> media) {
        ObjectNode body = Json.object();
        ArrayNode list = body.putArray("media");
        for (LedgerMedia each : media) {
            list.addObject()
                    .put("id", each.id())
                    .put("userId", each.userId())
                    .put("mediaType", each.mediaType())
                    .put("category", each.category())
                    .put("declaredBytes", each.declaredBytes())
                    .put("receivedBytes", each.receivedBytes())
                    .put("sha256", each.sha256())
                    .put("state", each.state().name());
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
