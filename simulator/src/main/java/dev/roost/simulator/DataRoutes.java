package dev.roost.simulator;

import dev.roost.simulator.DataGate.Rule;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The calls of API v2 that read users and make, read and delete posts. */
final class DataRoutes {

    private static final int MAX_TEXT = 25_000;
    private static final Set<String> POST_FIELDS = Set.of(
            "text",
            "reply",
            "media",
            "poll",
            "quote_tweet_id",
            "reply_settings",
            "community_id",
            "made_with_ai",
            "paid_partnership",
            "card_uri",
            "direct_message_deep_link",
            "edit_options",
            "for_super_followers_only",
            "geo",
            "nullcast",
            "share_with_followers");

    private final World world;
    private final DataGate gate;

    DataRoutes(World world) {
        this.world = world;
        this.gate = new DataGate(world);
    }

    List<Route> all() {
        return List.of(
                route(Endpoint.USERS_ME, "GET", "/2/users/me", Rule.read("me", 75), this::me),
                route(Endpoint.USERS, "GET", "/2/users/by/username/{}", Rule.read("by name", 900), this::byUsername),
                route(Endpoint.TWEETS, "GET", "/2/users/{}/tweets", Rule.read("timeline", 900), this::timeline),
                route(Endpoint.TWEETS, "POST", "/2/tweets", Rule.write("create", 100, 10_000), this::create),
                route(Endpoint.TWEETS, "GET", "/2/tweets/{}", Rule.read("lookup", 900), this::lookup),
                route(Endpoint.TWEETS, "DELETE", "/2/tweets/{}", Rule.write("delete", 50, 0), this::delete));
    }

    private Route route(Endpoint endpoint, String method, String path, Rule rule, DataGate.Action action) {
        return new Route(endpoint, method, path, gate.guard(rule, action));
    }

    private Answer me(Grant grant, Visit visit) {
        return data(describe(world.register().requireUser(grant.userId())));
    }

    private Answer byUsername(Grant grant, Visit visit) {
        String username = visit.pathValue();
        return world.register()
                .userNamed(username)
                .map(user -> data(describe(user)))
                .orElseGet(() -> Problems.missing("user", "username", username));
    }

    private Answer create(Grant grant, Visit visit) {
        ObjectNode body;
        try {
            body = Json.readObject(visit.call().body());
        } catch (IllegalArgumentException e) {
            return Problems.invalid("body", "", "The body is not valid JSON.");
        }
        Optional<Answer> refusal = refusalOf(body);
        String text = body.path("text").asString("");
        if (refusal.isPresent()) {
            return refusal.get();
        }
        if (world.posts().isDuplicate(grant.userId(), text)) {
            return Problems.forbidden("You are not allowed to create a Tweet with duplicate content.");
        }
        return Answer.json(201, Json.object().set("data", describe(world.posts().publish(grant.userId(), text))));
    }

    private static Optional<Answer> refusalOf(ObjectNode body) {
        for (String field : body.propertyNames()) {
            if (!POST_FIELDS.contains(field)) {
                return Optional.of(Problems.invalid(field, "", "The field `" + field + "` is not allowed."));
            }
        }
        String text = body.path("text").asString("");
        if (text.isBlank() && !body.has("media") && !body.has("poll")) {
            return Optional.of(Problems.invalid("text", text, "The `text` must not be empty."));
        }
        return text.length() > MAX_TEXT ? Optional.of(Problems.tooLong()) : Optional.empty();
    }

    private Answer lookup(Grant grant, Visit visit) {
        String id = visit.pathValue();
        return world.posts()
                .find(id)
                .map(post -> data(describe(post)))
                .orElseGet(() -> Problems.missing("tweet", "id", id));
    }

    private Answer delete(Grant grant, Visit visit) {
        Optional<LedgerPost> post = world.posts().find(visit.pathValue());
        if (post.isEmpty()) {
            return Problems.missing("tweet", "id", visit.pathValue());
        }
        if (!post.get().userId().equals(grant.userId())) {
            return Problems.forbidden("You are not authorized to delete this Tweet.");
        }
        world.posts().delete(post.get());
        return data(Json.object().put("deleted", true));
    }

    private Answer timeline(Grant grant, Visit visit) {
        String asked = visit.call().query().getOrDefault("max_results", "10");
        if (!asked.matches("[0-9]{1,3}") || Integer.parseInt(asked) < 5 || Integer.parseInt(asked) > 100) {
            return Problems.invalid("max_results", asked, "The `max_results` query parameter value is not in 5..100.");
        }
        List<LedgerPost> posts = world.posts().of(visit.pathValue()).stream()
                .limit(Integer.parseInt(asked))
                .toList();
        ObjectNode body = Json.object();
        // X leaves the data out altogether when there is none.
        if (!posts.isEmpty()) {
            ArrayNode list = body.putArray("data");
            posts.forEach(post -> list.add(describe(post)));
        }
        body.putObject("meta").put("result_count", posts.size());
        return Answer.json(200, body);
    }

    private static Answer data(ObjectNode data) {
        return Answer.json(200, Json.object().set("data", data));
    }

    private static ObjectNode describe(SimulatedUser user) {
        return Json.object().put("id", user.id()).put("name", user.username()).put("username", user.username());
    }

    private static ObjectNode describe(LedgerPost post) {
        ObjectNode described = Json.object().put("id", post.id()).put("text", post.text());
        described.putArray("edit_history_tweet_ids").add(post.id());
        return described;
    }
}
