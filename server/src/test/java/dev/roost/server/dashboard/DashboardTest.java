package dev.roost.server.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.core.access.ApiKeys.Created;
import dev.roost.core.access.KeyScope;
import dev.roost.server.TestBrowser;
import dev.roost.server.TestClient;
import dev.roost.server.TestServer;
import dev.roost.simulator.LedgerToken;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The frame of the dashboard: who comes in, and what every answer has. */
final class DashboardTest {
    private static final Pattern ADDRESS = Pattern.compile("(?:src|href)=\"([^\"]+)\"");
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; form-action 'self' http://127.0.0.1:";

    private final TestServer server = TestServer.start();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void browserAtTheRootIsLedToTheDashboardAndAProgramIsNot() {
        HttpResponse<String> led = server.browser().get("/");
        assertThat(led.statusCode()).isEqualTo(303);
        assertThat(led.headers().firstValue("Location")).contains("/dashboard");
        assertThat(TestClient.text(server.client().get("/"), "name")).isEqualTo("roost");
    }

    @Test
    void strangerIsLedToTheSignInAndThenToWhereTheyWanted() {
        TestBrowser browser = server.browser();
        HttpResponse<String> led = browser.get("/dashboard/overview?a=b");
        assertThat(led.statusCode()).isEqualTo(303);
        assertThat(led.headers().firstValue("Location"))
                .contains("/dashboard/sign-in?next=%2Fdashboard%2Foverview%3Fa%3Db");
        assertThat(browser.get(led.headers().firstValue("Location").orElseThrow())
                        .body())
                .contains("name=\"next\" value=\"/dashboard/overview?a=b\"");
        HttpResponse<String> in = browser.post(
                "/dashboard/sign-in",
                Map.of("key", server.key(KeyScope.ACCOUNTS_READ), "next", "/dashboard/overview?a=b"));
        assertThat(in.headers().firstValue("Location")).contains("/dashboard/overview?a=b");
    }

    @Test
    void signInLeadsToNoOtherSite() {
        for (String next : List.of(
                "https://evil.example/",
                "//evil.example/",
                "/dashboard/../v1/accounts",
                "/dashboard\\evil",
                "/dashboard//evil.example",
                "javascript:alert(1)",
                "/dashboard/x\r\nSet-Cookie: a=b")) {
            HttpResponse<String> in = server.browser()
                    .post("/dashboard/sign-in", Map.of("key", server.key(KeyScope.ADMIN), "next", next));
            assertThat(in.headers().firstValue("Location")).as(next).contains("/dashboard");
        }
    }

    @Test
    void everyPageKeepsItselfApartFromOtherSites() {
        TestBrowser browser = server.browser(KeyScope.ADMIN);
        for (HttpResponse<String> answer : List.of(
                browser.get("/dashboard"),
                browser.part("/dashboard/overview"),
                browser.get("/dashboard/sign-in"),
                browser.get("/dashboard/no-such-page"),
                browser.post("/dashboard/sign-out", Map.of("csrf", "wrong")),
                server.browser().post("/dashboard/sign-in", Map.of("key", "wrong")),
                server.browser().get("/dashboard/overview"))) {
            Map<String, List<String>> headers = answer.headers().map();
            assertThat(headers).containsEntry("cache-control", List.of("no-store"));
            if (answer.statusCode() != 303) {
                assertThat(headers.get("content-security-policy"))
                        .singleElement()
                        .asString()
                        .startsWith(POLICY)
                        .endsWith("; base-uri 'none'; frame-ancestors 'none'");
                assertThat(headers).containsEntry("content-type", List.of("text/html;charset=utf-8"));
                assertThat(answer.body())
                        .doesNotContain("<script>", " style=\"", " onclick=", " onload=", "javascript:");
            }
            assertThat(headers)
                    .containsEntry("x-frame-options", List.of("DENY"))
                    .containsEntry("x-content-type-options", List.of("nosniff"))
                    .containsEntry("referrer-policy", List.of("same-origin"))
                    .containsEntry("cross-origin-opener-policy", List.of("same-origin"))
                    .containsKey("permissions-policy");
        }
    }

    @Test
    void everyFileOfAPageIsOurOwnAndMayBeKeptForGood() {
        TestBrowser browser = server.browser(KeyScope.ADMIN);
        List<String> files = ADDRESS.matcher(browser.get("/dashboard").body())
                .results()
                .map(found -> found.group(1))
                .peek(address -> assertThat(address).matches("[/#].*"))
                .filter(address -> address.startsWith("/dashboard/assets/"))
                .distinct()
                .toList();
        assertThat(files).hasSize(4);
        for (String file : files) {
            HttpResponse<String> answer = server.browser().get(file);
            assertThat(answer.statusCode()).as(file).isEqualTo(200);
            assertThat(answer.headers().firstValue("Cache-Control")).contains("public, max-age=31536000, immutable");
            assertThat(answer.headers().firstValue("Content-Type"))
                    .hasValueSatisfying(type -> assertThat(type).endsWith(";charset=utf-8"));
        }
        assertThat(browser.get("/dashboard/assets/dashboard.000000000000.js").statusCode())
                .isEqualTo(404);
    }

    @Test
    void noAnswerHoldsASecret() {
        String key = server.key(KeyScope.ADMIN);
        server.connect(TestServer.ADA);
        server.connect(TestServer.GRACE);
        TestBrowser browser = server.browser();
        List<HttpResponse<String>> answers = new ArrayList<>();
        answers.add(browser.post("/dashboard/sign-in", Map.of("key", key + "x", "next", key)));
        answers.add(browser.post("/dashboard/sign-in", Map.of("key", key, "next", "/dashboard?" + key)));
        answers.add(browser.get("/dashboard"));
        answers.add(browser.part("/dashboard/overview"));
        answers.add(browser.get("/dashboard/" + key));
        answers.add(browser.post("/dashboard/sign-out", Map.of("csrf", key)));
        answers.add(browser.post("/dashboard/sign-out", Map.of()));
        List<String> secrets = new ArrayList<>(List.of(key.substring(key.lastIndexOf('_') + 1)));
        for (String user : List.of(TestServer.ADA, TestServer.GRACE)) {
            server.simulator().ledger().tokensOf(user).stream()
                    .map(LedgerToken::value)
                    .forEach(secrets::add);
        }
        assertThat(secrets).hasSizeGreaterThan(4);
        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.statusCode()).isNotEqualTo(500);
            assertThat(answer.body()).doesNotContain(secrets);
        });
        assertThat(answers.getLast().headers().map().toString()).doesNotContain(secrets);
    }

    @Test
    void signOutEndsTheSessionOfThisBrowser() {
        TestBrowser browser = server.browser(KeyScope.ACCOUNTS_READ);
        HttpResponse<String> out = browser.post("/dashboard/sign-out", Map.of());
        assertThat(out.statusCode()).isEqualTo(303);
        assertThat(browser.cookies()).isEmpty();
        assertThat(browser.get("/dashboard").statusCode()).isEqualTo(303);
    }

    @Test
    void sessionIsKeptUpByPagesThatPeopleOpenAndNotByPartsThatPagesFetch() {
        TestBrowser browser = server.browser(KeyScope.ADMIN);
        server.advance(Duration.ofHours(11));
        assertThat(browser.part("/dashboard/overview").headers().firstValue("Set-Cookie"))
                .isEmpty();
        assertThat(browser.get("/dashboard").headers().firstValue("Set-Cookie")).isPresent();
        server.advance(Duration.ofHours(11));
        assertThat(browser.get("/dashboard").statusCode()).isEqualTo(200);
        server.advance(Duration.ofHours(12));
        HttpResponse<String> over = browser.part("/dashboard/overview");
        assertThat(over.statusCode()).isEqualTo(401);
        assertThat(over.headers().firstValue("HX-Redirect")).contains("/dashboard/sign-in");
    }

    @Test
    void streamOfNewsKeepsNobodySignedIn() {
        TestBrowser browser = server.browser(KeyScope.ADMIN);
        server.advance(Duration.ofHours(11));
        assertThat(browser.cookieOfStream()).isEmpty();
        assertThat(browser.get("/dashboard").headers().firstValue("Set-Cookie")).isPresent();
    }

    @Test
    void whatAPageFetchesByItselfIsInTheAuditTrailOnlyWhenItWasRefused() {
        TestBrowser browser = server.browser(KeyScope.ADMIN);
        browser.get("/dashboard");
        browser.part("/dashboard/overview");
        browser.part("/dashboard/accounts");
        var _ = browser.cookieOfStream();
        browser.part("/dashboard/accounts/nobody");
        assertThat(server.audit().newest(50).stream().map(entry -> entry.operation() + " " + entry.outcome()))
                .contains("dashboard.overview ok", "dashboard.account account_not_found")
                .doesNotContain("dashboard.overview_part ok", "dashboard.accounts ok", "dashboard.live ok");
    }

    @Test
    void streamOfASessionThatIsOverSaysWhereToSignIn() {
        HttpResponse<String> refused = server.browser().head("/dashboard/live", "HX-Request", "true");
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().firstValue("HX-Redirect")).contains("/dashboard/sign-in");
    }

    @Test
    void partOfASessionThatIsOverLeadsBackToItsPageAfterTheSignIn() {
        HttpResponse<String> refused = server.browser()
                .get(
                        "/dashboard/accounts",
                        "HX-Request",
                        "true",
                        "HX-Current-URL",
                        "http://127.0.0.1:1/dashboard/accounts?state=active");
        assertThat(refused.headers().firstValue("HX-Redirect"))
                .contains("/dashboard/sign-in?next=%2Fdashboard%2Faccounts%3Fstate%3Dactive");
        HttpResponse<String> odd =
                server.browser().get("/dashboard/accounts", "HX-Request", "true", "HX-Current-URL", "no address");
        assertThat(odd.headers().firstValue("HX-Redirect")).contains("/dashboard/sign-in");
    }

    @Test
    void browserThatComesByHttpsGetsACookieForHttpsAlone() {
        TestBrowser browser = server.browser();
        String https = server.uri().toString().replace("http://", "https://");
        HttpResponse<String> in =
                browser.post("/dashboard/sign-in", Map.of("key", server.key(KeyScope.ADMIN)), "Origin", https);
        assertThat(in.headers().firstValue("Set-Cookie"))
                .hasValueSatisfying(
                        cookie -> assertThat(cookie).startsWith("__Host-").endsWith("; Secure"));
        server.advance(Duration.ofHours(1));
        assertThat(browser.get("/dashboard").headers().firstValue("Set-Cookie"))
                .hasValueSatisfying(
                        cookie -> assertThat(cookie).startsWith("__Host-").endsWith("; Secure"));
    }

    @Test
    void attemptsToSignInCountAsRequestsOfTheKey() {
        Created key = server.newKey(Set.of(KeyScope.ADMIN), Set.of(), 2);
        Map<String, String> form = Map.of("key", key.secret().expose());
        for (int i = 0; i < 2; i++) {
            assertThat(server.browser().post("/dashboard/sign-in", form).statusCode())
                    .isEqualTo(303);
        }
        HttpResponse<String> third = server.browser().post("/dashboard/sign-in", form);
        assertThat(third.statusCode()).isEqualTo(429);
        assertThat(third.headers().firstValue("Retry-After")).isPresent();
        assertThat(third.body()).contains("may make 2 requests a minute");
    }

    @Test
    void formsHaveTheLimitsOfOtherBodies() {
        TestBrowser browser = server.browser();
        assertThat(browser.post("/dashboard/sign-in", Map.of("key", "x".repeat(300_000)))
                        .statusCode())
                .isEqualTo(413);
        HttpResponse<String> json =
                browser.post("/dashboard/sign-in", Map.of("key", "x"), "Content-Type", "application/json");
        assertThat(json.statusCode()).isEqualTo(415);
        assertThat(json.body()).contains("This address takes forms only");
    }

    @Test
    void whatIsTypedIsShownAsText() {
        HttpResponse<String> page =
                server.browser().get("/dashboard/sign-in?next=%2Fdashboard%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E");
        assertThat(page.body()).doesNotContain("alert(1)");
        TestBrowser named = server.browser()
                .signIn(server.keys()
                        .create("<b onclick=x>\"'&", Set.of(KeyScope.ADMIN), Set.of(), 0)
                        .secret()
                        .expose());
        assertThat(named.get("/dashboard").body()).contains("&lt;b onclick=x>").doesNotContain("<b onclick");
    }

    @Test
    void refusedPartIsANoticeOnThePage() {
        TestBrowser browser = server.browser(KeyScope.ADMIN);
        HttpResponse<String> refused =
                browser.post("/dashboard/sign-out", Map.of("csrf", "wrong"), "HX-Request", "true");
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.headers().firstValue("HX-Retarget")).contains("#notices");
        assertThat(refused.body()).startsWith("<div class=\"notice bad\">").contains("nothing was changed");
    }
}
