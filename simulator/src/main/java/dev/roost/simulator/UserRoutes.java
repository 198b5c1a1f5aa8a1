package dev.roost.simulator;

import dev.roost.simulator.DataGate.Rule;
import java.util.List;
import java.util.Optional;

/** The calls of API v2 that read users. */
final class UserRoutes {

    private final World world;
    private final DataGate gate;
    private final Shapes shapes;

    UserRoutes(World world, DataGate gate) {
        this.world = world;
        this.gate = gate;
        this.shapes = new Shapes(world);
    }

    List<Route> all() {
        return List.of(
                new Route(Endpoint.USERS_ME, "GET", "/2/users/me", gate.guard(Rule.read("me", 75), this::me)),
                new Route(
                        Endpoint.USERS,
                        "GET",
                        "/2/users/by/username/{}",
                        gate.guard(Rule.read("by name", 900), this::byUsername)));
    }

    private Answer me(Grant grant, Visit visit) {
        return show(visit, "id", grant.userId(), world.register().user(grant.userId()));
    }

    private Answer byUsername(Grant grant, Visit visit) {
        String username = visit.pathValue();
        return show(visit, "username", username, world.register().userNamed(username));
    }

    private Answer show(Visit visit, String parameter, String value, Optional<SimulatedUser> user) {
        Findings findings = new Findings();
        Query query = new Query(visit.call(), findings);
        query.allow(Fields.NAMES);
        Fields fields = Fields.of(query);
        return findings.refusal()
                .or(() -> user.map(found -> Shapes.data(shapes.user(found, fields))))
                .orElseGet(() -> Problems.missing("user", parameter, value));
    }
}
