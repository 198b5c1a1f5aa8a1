package dev.roost.simulator;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** The controls under {@code /_sim} for posts and media. */
final class PostControls {

    private static final Set<String> FIELDS = Set.of("user", "text", "replyTo");

    private final World world;

    PostControls(World world) {
        this.world = world;
    }

    List<Route> all() {
        return List.of(
                ControlRoutes.control("GET", "/_sim/tweets", visit -> posts()),
                ControlRoutes.control("POST", "/_sim/tweets", this::add),
                ControlRoutes.control(
                        "GET",
                        "/_sim/media",
                        visit -> Answer.json(200, LedgerJson.media(world.media().snapshot()))));
    }

    private Answer posts() {
        return Answer.json(200, LedgerJson.posts(world.posts().all()));
    }

    private Answer add(Visit visit) {
        ObjectNode body = Json.readObject(visit.call().body());
        for (String field : body.propertyNames()) {
            if (!FIELDS.contains(field)) {
                throw new IllegalArgumentException(
                        "field '" + field + "' is not known; allowed: user, text, replyTo; leave it out");
            }
        }
        String user = ControlRoutes.text(body, "user");
        Optional<String> replyTo =
                body.has("replyTo") ? Optional.of(ControlRoutes.text(body, "replyTo")) : Optional.empty();
        LedgerPost post = world.seed(user, ControlRoutes.text(body, "text"), replyTo);
        return Answer.json(200, LedgerJson.of(post));
    }
}
