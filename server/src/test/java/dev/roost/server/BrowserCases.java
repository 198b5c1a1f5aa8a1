package dev.roost.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.roost.core.Account;
import dev.roost.core.access.ApiKeys.Created;
import dev.roost.core.access.KeyScope;
import dev.roost.server.http.Access;
import dev.roost.server.http.Route;
import dev.roost.server.session.Sessions;
import dev.roost.testkit.Sample;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** Every kind of browser that may not come in, against one route of the dashboard; and one that may. */
record BrowserCases(TestServer server, Route route) {
    private static final Set<KeyScope> ADMIN = Set.of(KeyScope.ADMIN);

    Stream<DynamicTest> all() {
        return route.access() instanceof Access.SignIn ? signingIn() : signedIn();
    }

    private Stream<DynamicTest> signingIn() {
        Created revoked = server.newKey(ADMIN, Set.of(), 0);
        server.keys().revoke(revoked.key().id());
        return Stream.of(
                dynamicTest("no key", () -> refuses(submit(Map.of()), 401, "no valid API key")),
                dynamicTest("garbage", () -> refuses(submit(Map.of("key", "gar bage")), 401, "no valid API key")),
                dynamicTest("revoked key", () -> refuses(submit(key(revoked)), 401, "no valid API key")),
                dynamicTest(
                        "unknown key",
                        () -> refuses(
                                submit(Map.of("key", TestServer.strangersKey().expose())), 401, "no valid API key")),
                dynamicTest("wrong scopes", () -> refuses(submit(key(others())), 403, "lacks the scope")),
                dynamicTest(
                        "limited key",
                        () -> refuses(
                                submit(key(server.newKey(ADMIN, Set.of(account().id()), 0))),
                                403,
                                "good for some accounts only")),
                dynamicTest(
                        "other page",
                        () -> refuses(
                                server.browser()
                                        .post(
                                                path(),
                                                key(server.newKey(ADMIN, Set.of(), 0)),
                                                "Sec-Fetch-Site",
                                                "same-site"),
                                403,
                                "Only a page of this dashboard")),
                dynamicTest(
                        "right key",
                        () -> assertThat(submit(key(server.newKey(ADMIN, Set.of(), 0)))
                                        .statusCode())
                                .isEqualTo(303)));
    }

    private Stream<DynamicTest> signedIn() {
        boolean changes = !route.method().equals("GET");
        Stream<DynamicTest> always = Stream.of(
                dynamicTest("nobody", () -> refusesStranger(call(server.browser()))),
                dynamicTest(
                        "key without a session",
                        () -> refusesStranger(
                                call(server.browser(), "Authorization", "Bearer " + server.key(KeyScope.ADMIN)))),
                dynamicTest("garbage", () -> {
                    TestBrowser browser = server.browser(KeyScope.ADMIN);
                    browser.cookies().replaceAll((name, value) -> "gar" + value.substring(3));
                    refusesStranger(call(browser));
                }),
                dynamicTest("sealed with another key", () -> refusesStranger(call(forged()))),
                dynamicTest("revoked key", () -> {
                    Created key = server.newKey(ADMIN, Set.of(), 0);
                    TestBrowser browser = server.browser().signIn(key.secret().expose());
                    server.keys().revoke(key.key().id());
                    refusesStranger(call(browser));
                }),
                dynamicTest(
                        "right key",
                        () -> assertThat(status(server.browser(KeyScope.ADMIN))).isNotIn(401, 403, 500)));
        return Stream.concat(
                always,
                Stream.concat(wanted().isEmpty() ? Stream.empty() : scoped(), changes ? changing() : Stream.empty()));
    }

    private Stream<DynamicTest> scoped() {
        Set<KeyScope> wanted = wanted();
        return wanted.contains(KeyScope.ACCOUNTS_READ)
                ? Stream.empty()
                : Stream.of(dynamicTest(
                        "wrong scopes",
                        () -> refuses(call(server.browser(KeyScope.ACCOUNTS_READ)), 403, "lacks the scope")));
    }

    private Stream<DynamicTest> changing() {
        return Stream.of(
                dynamicTest("no token", () -> {
                    TestBrowser browser = server.browser(KeyScope.ADMIN);
                    refuses(browser.post(path(), Map.of("csrf", "")), 403, "nothing was changed");
                }),
                dynamicTest("token of another session", () -> {
                    String other = server.browser(KeyScope.ADMIN).csrf();
                    refuses(
                            server.browser(KeyScope.ADMIN).post(path(), Map.of("csrf", other)),
                            403,
                            "nothing was changed");
                }),
                dynamicTest(
                        "other page",
                        () -> refuses(
                                server.browser(KeyScope.ADMIN).post(path(), Map.of(), "Sec-Fetch-Site", "cross-site"),
                                403,
                                "Only a page of this dashboard")));
    }

    private TestBrowser forged() {
        Sessions others = new Sessions(
                new byte[] {
                    1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27,
                    28, 29, 30, 31, 32
                },
                new SecureRandom(),
                () -> server.simulator().now(),
                "0123456789ab",
                false);
        Created key = server.newKey(ADMIN, Set.of(), 0);
        TestBrowser browser = server.browser();
        String cookie = others.keep(others.begin(key.key().id()), false);
        browser.cookies().put("roost-01234567", cookie.substring(cookie.indexOf('=') + 1, cookie.indexOf(';')));
        return browser;
    }

    private HttpResponse<String> call(TestBrowser browser, String... headers) {
        return route.method().equals("GET") ? browser.get(path(), headers) : browser.post(path(), Map.of(), headers);
    }

    /** Some answers go on for ever, so their end is not waited for. */
    private int status(TestBrowser browser) {
        return route.method().equals("GET")
                ? browser.status(path())
                : call(browser).statusCode();
    }

    private HttpResponse<String> submit(Map<String, String> fields) {
        return server.browser().post(path(), fields);
    }

    private static void refusesStranger(HttpResponse<String> answer) {
        if (answer.statusCode() == 303) {
            assertThat(answer.headers().firstValue("Location"))
                    .hasValueSatisfying(to -> assertThat(to).startsWith("/dashboard/sign-in"));
        } else {
            refuses(answer, 401, "Sign in at /dashboard/sign-in");
        }
    }

    private static void refuses(HttpResponse<String> answer, int status, String said) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).contains(said);
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/html;charset=utf-8");
    }

    private static Map<String, String> key(Created key) {
        return Map.of("key", key.secret().expose());
    }

    private Created others() {
        EnumSet<KeyScope> scopes = EnumSet.allOf(KeyScope.class);
        scopes.removeAll(wanted());
        scopes.remove(KeyScope.ADMIN);
        return server.newKey(scopes, Set.of(), 0);
    }

    private Set<KeyScope> wanted() {
        return switch (route.access()) {
            case Access.Browser browser -> browser.anyOf();
            case Access.SignIn signIn -> signIn.anyOf();
            default -> throw new IllegalStateException(route + " is not for browsers");
        };
    }

    private String path() {
        String path = route.path().text();
        return path.contains("{account}")
                ? path.replace("{account}", account().id().value())
                : path.replaceAll("\\{[a-z]+\\*?}", "1");
    }

    private Account account() {
        return server.store()
                .connect(Sample.signedIn(
                        TestServer.CLIENT_ID, Sample.user(), server.simulator().now()));
    }
}
