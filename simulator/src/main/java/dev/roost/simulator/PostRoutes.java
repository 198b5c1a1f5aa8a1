package dev.roost.simulator;

import dev.roost.simulator.DataGate.Rule;
import dev.roost.simulator.LedgerPost.Links;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The calls of API v2 that make, look up and delete posts. */
final class PostRoutes {

    private static final int MAX_TEXT = 25_000;
    private static final int MAX_IDS = 100;

    private final World world;
    private final DataGate gate;
    private final Shapes shapes;

    PostRoutes(World world, DataGate gate) {
        this.world = world;
        this.gate = gate;
        this.shapes = new Shapes(world);
    }

    List<Route> all() {
        return List.of(
                new Route(Endpoint.TWEETS, "POST", "/2/tweets", gate.guard(this::createRule, this::create)),
                route("GET", "/2/tweets", Rule.read("lookup of many", 5000), this::lookupMany),
                route("GET", "/2/tweets/{}", Rule.read("lookup", 900), this::lookup),
                route("DELETE", "/2/tweets/{}", Rule.write("delete", 50), this::delete));
    }

    private Rule createRule() {
        Switches switches = world.switches();
        return Rule.write("create", 100).daily(switches.postsPerDayOfUser(), switches.postsPerDayOfApp());
    }

    private Route route(String method, String path, Rule rule, DataGate.Action action) {
        return new Route(Endpoint.TWEETS, method, path, gate.guard(rule, action));
    }

    private Answer create(Grant grant, Visit visit) {
        ObjectNode body;
        try {
            body = Json.readObject(visit.call().body());
        } catch (IllegalArgumentException e) {
            return Problems.invalid("body", "", "The body is not valid JSON.");
        }
        Findings findings = new Findings();
        Draft draft = new DraftReader(findings).read(body);
        return findings.refusal()
                .or(() -> refusalOf(draft, grant.userId()))
                .orElseGet(() -> Answer.json(
                        201,
                        Json.object()
                                .set(
                                        "data",
                                        shapes.post(world.posts().publish(grant.userId(), draft), Fields.none()))));
    }

    private Optional<Answer> refusalOf(Draft draft, String userId) {
        if (draft.text().length() > MAX_TEXT) {
            return Optional.of(Problems.tooLong());
        }
        return refusalOf(draft.links(), userId)
                .or(() -> !world.switches().equalTextsTaken() && world.posts().isDuplicate(userId, draft.text())
                        ? Optional.of(
                                Problems.forbidden("You are not allowed to create a Tweet with duplicate content."))
                        : Optional.empty());
    }

    private Optional<Answer> refusalOf(Links links, String userId) {
        if (!links.mediaIds().stream().allMatch(id -> world.media().isUsable(id, userId))) {
            Findings findings = new Findings();
            findings.add("media.media_ids", links.mediaIds(), "Your media IDs are invalid.");
            return findings.refusal();
        }
        Optional<LedgerPost> parent = links.replyTo().flatMap(world.posts()::find);
        if (links.replyTo().isPresent() && parent.isEmpty()) {
            return Optional.of(
                    Problems.forbidden("You attempted to reply to a Tweet that is deleted or not visible to you."));
        }
        if (links.quotes().isPresent()
                && links.quotes().flatMap(world.posts()::find).isEmpty()) {
            return Optional.of(Problems.invalid(
                    "quote_tweet_id", links.quotes().get(), "The Tweet to quote is deleted or not visible to you."));
        }
        return parent.filter(post -> world.switches().repliesOnlyWhenSummoned() && !isSummoned(userId, post))
                .map(post -> Problems.forbidden("Reply to this conversation is not allowed because you have not been "
                        + "mentioned or otherwise engaged by the author of the post you are replying to."));
    }

    /** Whether the author of {@code post} named the user, answered or quoted them, or is them. */
    private boolean isSummoned(String userId, LedgerPost post) {
        return post.userId().equals(userId)
                || Posts.isMentioned(world.register().requireUser(userId).username(), post.text())
                || Stream.of(post.links().replyTo(), post.links().quotes())
                        .flatMap(Optional::stream)
                        .flatMap(id -> world.posts().authorOf(id).stream())
                        .anyMatch(userId::equals);
    }

    private Answer lookup(Grant grant, Visit visit) {
        String id = visit.pathValue();
        Findings findings = new Findings();
        Query query = new Query(visit.call(), findings);
        query.allow(Fields.NAMES);
        Fields fields = Fields.of(query);
        return findings.refusal()
                .or(() -> world.posts().find(id).map(post -> shapes.one(post, fields)))
                .orElseGet(() -> Problems.missing("tweet", "id", id));
    }

    private Answer lookupMany(Grant grant, Visit visit) {
        Findings findings = new Findings();
        Query query = new Query(visit.call(), findings);
        query.allow(Stream.concat(Fields.NAMES.stream(), Stream.of("ids")).toList());
        Fields fields = Fields.of(query);
        List<String> ids = Arrays.asList(query.value("ids").split(",", -1));
        if (ids.size() > MAX_IDS || !ids.stream().allMatch(Query::isId)) {
            query.fault("ids", query.value("ids"), "is not a list of 1 to " + MAX_IDS + " ids");
        }
        return findings.refusal().orElseGet(() -> found(ids, fields));
    }

    private Answer found(List<String> ids, Fields fields) {
        ObjectNode body = Json.object();
        List<LedgerPost> posts = new ArrayList<>();
        ArrayNode errors = Json.object().putArray("errors");
        for (String id : ids) {
            world.posts()
                    .find(id)
                    .ifPresentOrElse(posts::add, () -> errors.add(Problems.missingError("tweet", "ids", id)));
        }
        shapes.put(body, posts, fields);
        if (!errors.isEmpty()) {
            body.set("errors", errors);
        }
        return Answer.json(200, body);
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
        return Shapes.data(Json.object().put("deleted", true));
    }
}
