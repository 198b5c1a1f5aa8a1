package dev.roost.simulator;

import dev.roost.simulator.DataGate.Rule;
import dev.roost.simulator.LedgerPost.Reactions;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** The calls of API v2 that like and repost, and undo both. Doing either again changes nothing. */
final class ReactionRoutes {

    private static final String LIKES = "/2/users/{}/likes";
    private static final String RETWEETS = "/2/users/{}/retweets";

    private final World world;
    private final DataGate gate;

    ReactionRoutes(World world, DataGate gate) {
        this.world = world;
        this.gate = gate;
    }

    List<Route> all() {
        return List.of(
                route(Endpoint.LIKES, "POST", LIKES, liking("like"), this::like),
                route(Endpoint.LIKES, "DELETE", LIKES + "/{}", liking("unlike"), this::unlike),
                route(Endpoint.RETWEETS, "POST", RETWEETS, Rule.write("retweet", 50), this::repost),
                route(Endpoint.RETWEETS, "DELETE", RETWEETS + "/{}", Rule.write("unretweet", 50), this::undoRepost));
    }

    private static Rule liking(String name) {
        return Rule.needing(name, 50, "tweet.read", "users.read", "like.write").daily(1000, 0);
    }

    /** What every reaction passes: X's policy, then whose it is. */
    private Route route(Endpoint endpoint, String method, String path, Rule rule, DataGate.Action action) {
        return new Route(endpoint, method, path, gate.guard(rule, (grant, visit) -> {
            if (endpoint == Endpoint.LIKES && world.switches().likesForbidden()) {
                return Problems.notPermitted();
            }
            return visit.pathValue().equals(grant.userId())
                    ? action.act(grant, visit)
                    : Problems.forbidden("The `id` query parameter value [" + visit.pathValue()
                            + "] must be the same as the authenticating user [" + grant.userId() + "]");
        }));
    }

    private Answer like(Grant grant, Visit visit) {
        return onPostIn(visit, post -> {
            world.posts().react(post, post.reactions().liked(grant.userId()));
            return Shapes.data(Json.object().put("liked", true));
        });
    }

    private Answer unlike(Grant grant, Visit visit) {
        world.posts()
                .find(visit.secondPathValue())
                .ifPresent(post -> world.posts().react(post, post.reactions().unliked(grant.userId())));
        return Shapes.data(Json.object().put("liked", false));
    }

    private Answer repost(Grant grant, Visit visit) {
        return onPostIn(visit, post -> {
            Reactions before = post.reactions();
            String id = Optional.ofNullable(before.repostedBy().get(grant.userId()))
                    .orElseGet(() -> world.posts().takeId());
            world.posts().react(post, before.reposted(grant.userId(), id));
            return Shapes.data(Json.object().put("retweeted", true).put("rest_id", id));
        });
    }

    private Answer undoRepost(Grant grant, Visit visit) {
        world.posts()
                .find(visit.secondPathValue())
                .ifPresent(post -> world.posts().react(post, post.reactions().unreposted(grant.userId())));
        return Shapes.data(Json.object().put("retweeted", false));
    }

    private Answer onPostIn(Visit visit, Function<LedgerPost, Answer> action) {
        JsonNode wanted;
        try {
            wanted = Json.readObject(visit.call().body()).path("tweet_id");
        } catch (IllegalArgumentException e) {
            return Problems.invalid("body", "", "The body is not valid JSON.");
        }
        String id = wanted.asString("");
        if (!wanted.isString() || !Query.isId(id)) {
            return Problems.invalid("tweet_id", id, "The `tweet_id` field value [" + id + "] is not valid");
        }
        return world.posts().find(id).map(action).orElseGet(() -> Problems.missing("tweet", "tweet_id", id));
    }
}
