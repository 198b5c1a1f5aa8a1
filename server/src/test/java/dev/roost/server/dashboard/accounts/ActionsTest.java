package dev.roost.server.dashboard.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.core.Account;
import dev.roost.core.AccountState;
import dev.roost.core.LossCause;
import dev.roost.core.Scopes;
import dev.roost.core.access.KeyScope;
import dev.roost.server.TestBrowser;
import dev.roost.server.TestPerson;
import dev.roost.server.TestServer;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ActionsTest {
    private static final Map<String, String> NOTHING = Map.of();

    @SuppressWarnings("NullAway.Init") // set before every test
    private TestServer server;

    @SuppressWarnings("NullAway.Init") // set before every test
    private TestBrowser browser;

    @BeforeEach
    void start() {
        server = TestServer.start();
        browser = server.browser(KeyScope.ACCOUNTS_READ, KeyScope.ACCOUNTS_WRITE);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void refreshBringsANewPairAndSaysSo() {
        Account ada = server.connect(TestServer.ADA);
        String onward = redirected(browser.post(address(ada) + "/refresh", NOTHING));
        assertThat(onward).isEqualTo(address(ada) + "?done=refreshed");
        assertThat(server.store().account(ada.id()).orElseThrow().generation()).isEqualTo(2);
        assertThat(page(onward).select(".done").text()).startsWith("Refreshed");
        assertThat(page(onward).select(".story").text()).contains("Asked for a refresh");
    }

    @Test
    void refreshThatFailsIsToldOnThePage() {
        Account ada = server.connect(TestServer.ADA);
        server.simulator().revoke(TestServer.ADA);
        HttpResponse<String> answer = browser.post(address(ada) + "/refresh", NOTHING);
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(Look.at(answer).select(".trouble").text()).contains("X refused the refresh token");
        assertThat(Look.at(answer).select(".advice").text()).contains("A person has to sign in again");
        assertThat(page(address(ada)).select(".story").text()).contains("Could not refresh");
    }

    @Test
    void disconnectTakesTheUsernameAndNothingElse() {
        Account ada = server.connect(TestServer.ADA);
        for (Map<String, String> wrong :
                List.of(NOTHING, Map.of("username", "grace"), Map.of("username", "ada lovelace"))) {
            HttpResponse<String> refused = browser.post(address(ada) + "/disconnect", wrong);
            assertThat(refused.statusCode()).isEqualTo(422);
            assertThat(Look.at(refused).select(".trouble").text()).contains("nothing was disconnected");
            assertThat(Look.at(refused).select("#username").attr("aria-invalid"))
                    .isEqualTo("true");
        }
        assertThat(state(ada)).isInstanceOf(AccountState.Active.class);
        Document ask = page(address(ada) + "/disconnect");
        assertThat(ask.select("form[method=post]:has(#username)").attr("action"))
                .isEqualTo(address(ada) + "/disconnect");
        String onward = redirected(browser.post(address(ada) + "/disconnect", Map.of("username", " @ADA ")));
        assertThat(onward).isEqualTo(address(ada) + "?done=disconnected");
        assertThat(state(ada)).isInstanceOf(AccountState.Disconnected.class);
        assertThat(page(onward).select(".done").text()).startsWith("Disconnected");
        assertThat(page(onward).select(".story").text()).contains("Asked to disconnect it");
        assertThat(redirected(browser.get(address(ada) + "/disconnect"))).isEqualTo(onward);
    }

    @Test
    void keyThatMayLookOnlyChangesNothing() {
        Account ada = server.connect(TestServer.ADA);
        TestBrowser reader = server.browser(KeyScope.ACCOUNTS_READ);
        for (String action : List.of("/refresh", "/reconnect", "/disconnect")) {
            HttpResponse<String> refused = reader.post(address(ada) + action, Map.of("username", "ada"));
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(Look.at(refused).text()).contains("lacks the scope accounts:write");
        }
        assertThat(reader.get("/dashboard/connect").statusCode()).isEqualTo(403);
        assertThat(reader.post("/dashboard/connect", NOTHING).statusCode()).isEqualTo(403);
        assertThat(server.store().account(ada.id())).contains(ada);
    }

    @Test
    void formWithoutItsTokenChangesNothing() {
        Account ada = server.connect(TestServer.ADA);
        HttpResponse<String> refused =
                browser.post(address(ada) + "/disconnect", Map.of("username", "ada", "csrf", "made up"));
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(Look.at(refused).text()).contains("nothing was changed");
        assertThat(state(ada)).isInstanceOf(AccountState.Active.class);
    }

    @Test
    void consentAtXLeadsToThePageOfTheNewAccount() {
        String x = redirected(browser.post("/dashboard/connect", NOTHING));
        String callback = new TestPerson(TestServer.ADA).agrees(x);
        String arrived = redirected(server.browser().get(callback));
        assertThat(arrived).startsWith("/dashboard/arrived?connectionId=con_");
        String onward = redirected(browser.get(arrived));
        Account ada = server.engine().accounts().find("@ada");
        assertThat(onward).isEqualTo(address(ada) + "?done=connected");
        assertThat(page(onward).select(".done").text()).startsWith("Connected.");
        assertThat(page(onward).select(".story").text()).contains("Connected by sign-in");
    }

    @Test
    void reconnectBringsBackThatVeryUser() {
        Account ada = server.connect(TestServer.ADA);
        Look.lose(server, ada, new LossCause.RefusedByX());
        String x = redirected(browser.post(address(ada) + "/reconnect", NOTHING));
        String wrong = arrive(new TestPerson(TestServer.GRACE).agrees(x));
        HttpResponse<String> told = browser.get(wrong);
        assertThat(told.statusCode()).isEqualTo(409);
        Document page = Look.at(told);
        assertThat(page.select("h1").text()).isEqualTo("Sign in again as @ada");
        assertThat(page.select(".trouble").text()).contains("@grace");
        assertThat(page.select("main form").attr("action")).isEqualTo(address(ada) + "/reconnect");
        String again = redirected(browser.post(address(ada) + "/reconnect", NOTHING));
        assertThat(redirected(browser.get(arrive(new TestPerson(TestServer.ADA).agrees(again)))))
                .isEqualTo(address(ada) + "?done=connected");
        assertThat(state(ada)).isInstanceOf(AccountState.Active.class);
    }

    @Test
    void noAtXIsToldOnTheDashboard() {
        String x = redirected(browser.post("/dashboard/connect", NOTHING));
        HttpResponse<String> told = browser.get(arrive(new TestPerson(TestServer.ADA).refuses(x)));
        assertThat(told.statusCode()).isEqualTo(403);
        assertThat(Look.at(told).select(".trouble").text()).contains("somebody said no");
        assertThat(Look.at(told).select("main form").attr("action")).isEqualTo("/dashboard/connect");
    }

    @Test
    void consentThatComesTooLateIsToldOnTheDashboard() {
        String x = redirected(browser.post("/dashboard/connect", NOTHING));
        String callback = new TestPerson(TestServer.ADA).agrees(x);
        server.advance(Duration.ofMinutes(11));
        HttpResponse<String> told = browser.get(arrive(callback));
        assertThat(told.statusCode()).isEqualTo(410);
        assertThat(Look.at(told).select(".trouble").text()).contains("more than 10 minutes ago");
    }

    @Test
    void signInsThatBeganElsewhereDoNotArrive() {
        String id = server.engine()
                .signInFlow()
                .start(TestServer.CALLBACK, Scopes.DEFAULT, Optional.empty())
                .signIn()
                .id();
        for (String query : List.of("", "?connectionId=" + id, "?connectionId=con_0")) {
            assertThat(browser.get("/dashboard/arrived" + query).statusCode()).isEqualTo(404);
        }
    }

    private String arrive(String callback) {
        return redirected(server.browser().get(callback));
    }

    private static String redirected(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        return answer.headers().firstValue("Location").orElseThrow();
    }

    private Document page(String address) {
        HttpResponse<String> answer = browser.get(address);
        assertThat(answer.statusCode()).isEqualTo(200);
        return Look.at(answer);
    }

    private AccountState state(Account account) {
        return server.store().account(account.id()).orElseThrow().state();
    }

    private static String address(Account account) {
        return "/dashboard/accounts/" + account.id();
    }
}
