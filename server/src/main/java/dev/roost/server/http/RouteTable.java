package dev.roost.server.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Finds the route of a request. */
final class RouteTable {
    private final List<Route> routes;

    RouteTable(List<Route> routes) {
        this.routes = List.copyOf(routes);
    }

    /** What was found: the route and the values in its path. */
    record Match(Route route, Map<String, String> values) {}

    Optional<Match> find(String method, String path) {
        List<String> segments = PathTemplate.split(path);
        for (Route route : routes) {
            if (route.takes(method)) {
                Optional<Map<String, String>> values = route.path().match(segments);
                if (values.isPresent()) {
                    return Optional.of(new Match(route, values.get()));
                }
            }
        }
        return Optional.empty();
    }

    /** Returns the methods that this path takes; empty when there is no such path. */
    SortedSet<String> methods(String path) {
        List<String> segments = PathTemplate.split(path);
        SortedSet<String> methods = new TreeSet<>();
        for (Route route : routes) {
            if (route.path().match(segments).isPresent()) {
                methods.add(route.method());
                if (route.method().equals("GET")) {
                    methods.add("HEAD");
                }
            }
        }
        return methods;
    }

    /** Returns how problems look at this path. */
    ErrorForm form(String path) {
        List<String> segments = PathTemplate.split(path);
        return routes.stream()
                .filter(route -> route.path().match(segments).isPresent())
                .findFirst()
                .map(Route::form)
                .orElse(ErrorForm.PROBLEM);
    }
}
