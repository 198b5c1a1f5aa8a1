package dev.roost.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.core.Account;
import dev.roost.core.access.ApiKeys.Created;
import dev.roost.core.access.KeyScope;
import dev.roost.server.TestServer.Plan;
import dev.roost.server.http.Access;
import dev.roost.server.http.Route;
import dev.roost.server.http.Route.About;
import dev.roost.testkit.Sample;
import java.net.http.HttpResponse;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** Made from the list of routes, so that none can be forgotten. The server takes itself for reachable from elsewhere. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AuthorizationMatrixTest {
    private static final Set<String> OPEN = Set.of(
            "root",
            "health.live",
            "health.ready",
            "metrics",
            "openapi",
            "callback",
            "mcp.resource",
            "dashboard.asset",
            "dashboard.sign_in_page",
            "dashboard.nothing");

    private final TestServer server = TestServer.start(new Plan(true, Set.of(), Set.of(), true));

    @AfterAll
    void close() {
        server.close();
    }

    @Test
    void nothingElseIsOpen() {
        assertThat(Routes.of(server.door(), server.door().forAgents()).all().stream()
                        .filter(route -> route.access() instanceof Access.Open)
                        .map(Route::operation))
                .isSubsetOf(OPEN);
    }

    @TestFactory
    Stream<DynamicContainer> everyRouteAgainstEveryKindOfCaller() {
        return Routes.of(server.door(), server.door().forAgents()).all().stream()
                .filter(route -> !(route.access() instanceof Access.Open))
                .map(route -> DynamicContainer.dynamicContainer(
                        route.method() + " " + route.path(),
                        route.access() instanceof Access.Browser || route.access() instanceof Access.SignIn
                                ? new BrowserCases(server, route).all()
                                : cases(route)));
    }

    private Stream<DynamicTest> cases(Route route) {
        Set<KeyScope> wanted = wanted(route);
        Created revoked = server.newKey(Set.of(KeyScope.ADMIN), Set.of(), 0);
        server.keys().revoke(revoked.key().id());
        return Stream.of(
                        test("no key", () -> refuses(route, server.client(), 401, "api_key_missing_or_invalid")),
                        test(
                                "garbage",
                                () -> refuses(route, server.client("gar bage"), 401, "api_key_missing_or_invalid")),
                        test(
                                "unknown key",
                                () -> refuses(
                                        route,
                                        server.client(TestServer.strangersKey().expose()),
                                        401,
                                        "api_key_missing_or_invalid")),
                        test(
                                "revoked key",
                                () -> refuses(
                                        route,
                                        server.client(revoked.secret().expose()),
                                        401,
                                        "api_key_missing_or_invalid")),
                        wanted.isEmpty()
                                ? Optional.<DynamicTest>empty()
                                : test("wrong scopes", () -> refuses(route, others(wanted), 403, "scope_missing")),
                        route.about() == About.NO_ACCOUNT
                                ? Optional.<DynamicTest>empty()
                                : test("wrong account", () -> refuses(route, elsewhere(), 403, "account_not_covered")),
                        test("right key", () -> admits(route, wanted)))
                .flatMap(Optional::stream);
    }

    private static Optional<DynamicTest> test(String name, org.junit.jupiter.api.function.Executable body) {
        return Optional.of(DynamicTest.dynamicTest(name, body));
    }

    private void refuses(Route route, TestClient caller, int status, String code) {
        HttpResponse<String> answer = call(route, caller, account());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        if (!answer.body().isEmpty()) {
            JsonNode problem = TestClient.json(answer);
            assertThat(problem.at(problem.has("jsonrpc") ? "/error/data/code" : "/code")
                            .asString())
                    .isEqualTo(code);
        }
    }

    /** What the operation makes of an empty request does not matter here, as long as it is the operation that answers. */
    private void admits(Route route, Set<KeyScope> wanted) {
        for (KeyScope scope : wanted.isEmpty() ? Set.of(KeyScope.X_READ) : wanted) {
            Account account = account();
            Created key = server.newKey(
                    Set.of(scope), route.about() == About.NO_ACCOUNT ? Set.of() : Set.of(account.id()), 0);
            HttpResponse<String> answer = call(route, server.client(key.secret().expose()), account);
            assertThat(answer.body())
                    .doesNotContain(
                            "\"code\":\"api_key_missing_or_invalid\"",
                            "\"code\":\"scope_missing\"",
                            "\"code\":\"account_not_covered\"",
                            "\"code\":\"internal\"");
        }
    }

    private static HttpResponse<String> call(Route route, TestClient caller, Account account) {
        String method = route.method().equals("*") ? "GET" : route.method();
        String path =
                route.path().text().replace("{account}", account.id().value()).replaceAll("\\{[a-z]+\\*?}", "1");
        String body = route.operation().equals("accounts.refresh") ? "{\"rejectedGeneration\":1}" : "{}";
        Optional<String> json = List.of("GET", "DELETE").contains(method) ? Optional.empty() : Optional.of(body);
        return route.about() == About.HEADER
                ? caller.send(method, path, json, "Roost-Account", account.id().value())
                : caller.send(method, path, json);
    }

    private TestClient others(Set<KeyScope> wanted) {
        EnumSet<KeyScope> scopes = EnumSet.allOf(KeyScope.class);
        scopes.removeAll(wanted);
        scopes.remove(KeyScope.ADMIN);
        return server.client(scopes.toArray(new KeyScope[0]));
    }

    private TestClient elsewhere() {
        return server.client(
                server.newKey(Set.of(KeyScope.ADMIN), Set.of(account().id()), 0)
                        .secret()
                        .expose());
    }

    private Account account() {
        return server.store()
                .connect(Sample.signedIn(
                        TestServer.CLIENT_ID, Sample.user(), server.simulator().now()));
    }

    private static Set<KeyScope> wanted(Route route) {
        return switch (route.access()) {
            case Access.Open open -> Set.of();
            case Access.Local local -> Set.of(local.scope());
            case Access.Agent agent -> Set.of();
            case Access.Browser browser -> browser.anyOf();
            case Access.SignIn signIn -> signIn.anyOf();
            case Access.Keyed keyed -> keyed.anyOf();
        };
    }
}
