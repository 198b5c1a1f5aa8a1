package dev.roost.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The table of all routes. The first that fits is taken, so fixed paths stand before those with placeholders. */
final class Routes {

    private final List<Route> routes = new ArrayList<>();

    Routes(World world) {
        routes.addAll(new AuthorizeRoutes(world).all());
        routes.addAll(new TokenRoutes(world).all());
        routes.addAll(new DataRoutes(world).all());
        routes.addAll(new ControlRoutes(world).all());
        routes.addAll(new PeopleControls(world).all());
        routes.addAll(new PostControls(world).all());
        routes.addAll(new SwitchControls(world).all());
    }

    Target find(Call call) {
        for (Route route : routes) {
            Optional<List<String>> values = route.match(call.method(), call.path());
            if (values.isPresent()) {
                return new Target(route, values.get());
            }
        }
        return new Target(nowhere(call), List.of());
    }

    private static Route nowhere(Call call) {
        boolean data = call.path().startsWith("/2/");
        Handler handler = data || !call.path().startsWith("/_sim")
                ? visit -> Problems.notFound()
                : visit -> ControlRoutes.unknown(call);
        return new Route(data ? Endpoint.API : Endpoint.CONTROL, call.method(), call.path(), handler);
    }

    /**
     * Where a request goes.
     *
     * @param route the first that fits
     * @param values the texts at its placeholders
     */
    record Target(Route route, List<String> values) {}
}
