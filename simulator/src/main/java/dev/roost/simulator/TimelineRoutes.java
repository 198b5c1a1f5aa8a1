package dev.roost.simulator;

import dev.roost.simulator.DataGate.Rule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The calls of API v2 that list posts: by author, by mention, by search. Newest first. */
final class TimelineRoutes {

    /** How far back a recent search reaches. */
    private static final Duration RECENT = Duration.ofDays(7);

    private static final int MAX_QUERY = 512;

    private final World world;
    private final DataGate gate;
    private final Shapes shapes;

    TimelineRoutes(World world, DataGate gate) {
        this.world = world;
        this.gate = gate;
        this.shapes = new Shapes(world);
    }

    List<Route> all() {
        return List.of(
                new Route(
                        Endpoint.SEARCH,
                        "GET",
                        "/2/tweets/search/recent",
                        gate.guard(Rule.read("search", 300), this::search)),
                new Route(
                        Endpoint.TWEETS,
                        "GET",
                        "/2/users/{}/tweets",
                        gate.guard(Rule.read("timeline", 900), this::timeline)),
                new Route(
                        Endpoint.MENTIONS,
                        "GET",
                        "/2/users/{}/mentions",
                        gate.guard(Rule.read("mentions", 300), this::mentions)));
    }

    private Answer timeline(Grant grant, Visit visit) {
        Findings findings = new Findings();
        Query query = new Query(visit.call(), findings);
        Page page = Page.of(query, 5, "exclude");
        Set<String> excluded = query.list("exclude", List.of("replies", "retweets"));
        return ofUser(
                visit,
                findings,
                page,
                user -> world.posts().of(user.id()).stream()
                        .filter(post -> !excluded.contains("replies")
                                || post.links().replyTo().isEmpty())
                        .toList());
    }

    private Answer mentions(Grant grant, Visit visit) {
        Findings findings = new Findings();
        Page page = Page.of(new Query(visit.call(), findings), 5);
        return ofUser(visit, findings, page, user -> world.posts().mentioning(user.username()));
    }

    private Answer ofUser(Visit visit, Findings findings, Page page, Function<SimulatedUser, List<LedgerPost>> posts) {
        String id = visit.pathValue();
        if (!Query.isId(id)) {
            findings.add("id", id, "The `id` query parameter value [" + id + "] is not valid");
        }
        return findings.refusal()
                .or(() -> world.register().user(id).map(user -> page.of(posts.apply(user), shapes)))
                .orElseGet(() -> Problems.missing("user", "id", id));
    }

    private Answer search(Grant grant, Visit visit) {
        Findings findings = new Findings();
        Query query = new Query(visit.call(), findings);
        Page page = Page.of(query, 10, "query", "next_token", "sort_order");
        String wanted = query.value("query");
        if (wanted.isBlank() || wanted.length() > MAX_QUERY) {
            query.fault("query", wanted, "must have 1 to " + MAX_QUERY + " characters");
        }
        SearchQuery search = SearchQuery.of(wanted, world, findings);
        Optional<Answer> refusal = findings.refusal();
        if (refusal.isPresent()) {
            return refusal.get();
        }
        Instant since = world.clock().now().minus(RECENT);
        return page.of(world.posts().matching(post -> post.createdAt().isAfter(since) && search.matches(post)), shapes);
    }
}
