package dev.roost.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.core.access.KeyScope;
import dev.roost.server.http.Access;
import dev.roost.server.http.Route;
import dev.roost.server.openapi.OpenApi;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class OpenApiTest {
    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");
    private final JsonNode document = OpenApi.document("1.2.3");

    @Test
    void documentIsServedWithTheVersion() {
        try (TestServer server = TestServer.start()) {
            var answer = server.client().get("/openapi.json");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(TestClient.json(answer).at("/info/version").asString()).isEqualTo("test");
            assertThat(TestClient.text(answer, "openapi")).startsWith("3.1");
        }
    }

    @Test
    void everyRouteIsDescribedAndNothingElse() {
        try (TestServer server = TestServer.start()) {
            Set<String> routes = new TreeSet<>();
            for (Route route : api(server)) {
                if (route.method().equals("*")) {
                    assertThat(document.path("paths").has(path(route))).isTrue();
                    METHODS.forEach(method -> routes.add(method + " " + path(route)));
                } else {
                    routes.add(route.method().toLowerCase(Locale.ROOT) + " " + path(route));
                }
            }
            Set<String> described = new TreeSet<>();
            document.path("paths")
                    .properties()
                    .forEach(path -> path.getValue().propertyNames().stream()
                            .filter(METHODS::contains)
                            .forEach(method -> described.add(method + " " + path.getKey())));
            assertThat(described).isEqualTo(routes);
        }
    }

    @Test
    void everyRouteWantsTheScopesThatAreDescribed() {
        try (TestServer server = TestServer.start()) {
            for (Route route : api(server)) {
                List<String> methods = route.method().equals("*")
                        ? List.copyOf(METHODS)
                        : List.of(route.method().toLowerCase(Locale.ROOT));
                for (String method : methods) {
                    JsonNode operation =
                            document.path("paths").path(path(route)).path(method);
                    assertThat(roles(operation)).as(method + " " + route.path()).isEqualTo(roles(route.access()));
                }
            }
        }
    }

    @Test
    void everyOperationHasItsOwnName() {
        List<String> names = document.findValuesAsString("operationId");
        assertThat(names).doesNotHaveDuplicates().hasSizeGreaterThan(15);
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        assertThat(document.findValuesAsString("$ref"))
                .isNotEmpty()
                .allSatisfy(ref -> assertThat(document.at(ref.substring(1)).isMissingNode())
                        .as(ref)
                        .isFalse());
    }

    /** What a key needs, one of these; {@code any} for a key of any kind, {@code none} where no key is needed. */
    private static Set<String> roles(JsonNode operation) {
        return operation.path("security").values().stream()
                .flatMap(way -> way.isEmpty()
                        ? java.util.stream.Stream.of("none")
                        : way.path("apiKey").isEmpty()
                                ? java.util.stream.Stream.of("any")
                                : way.path("apiKey").values().stream().map(JsonNode::asString))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> roles(Access access) {
        return switch (access) {
            case Access.Open open -> Set.of();
            case Access.Local local -> Set.of("none", local.scope().text());
            case Access.Agent agent -> Set.of("none", "any");
            case Access.Browser browser -> Set.of();
            case Access.SignIn signIn -> Set.of();
            case Access.Keyed keyed ->
                keyed.anyOf().isEmpty()
                        ? Set.of("any")
                        : keyed.anyOf().stream().map(KeyScope::text).collect(Collectors.toSet());
        };
    }

    /** The dashboard is for people, and no program is to rely on it. */
    private static List<Route> api(TestServer server) {
        return Routes.of(server.door(), server.door().forAgents()).all().stream()
                .filter(route -> !route.path().text().startsWith("/dashboard"))
                .toList();
    }

    private static String path(Route route) {
        return route.path().text().replace("*}", "}");
    }
}
