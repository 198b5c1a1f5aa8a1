package dev.roost.server.dashboard.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.core.Account;
import dev.roost.core.AccountEvent;
import dev.roost.core.LossCause;
import dev.roost.core.access.ApiKeys.Created;
import dev.roost.core.access.AuditEntry;
import dev.roost.core.access.KeyScope;
import dev.roost.server.TestBrowser;
import dev.roost.server.TestServer;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class AccountPageTest {
    @SuppressWarnings("NullAway.Init") // set before every test
    private TestServer server;

    @SuppressWarnings("NullAway.Init") // set before every test
    private TestBrowser browser;

    @BeforeEach
    void start() {
        server = TestServer.start();
        browser = server.browser(KeyScope.ADMIN);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void tellsTheWholeStory() {
        Account ada = server.connect(TestServer.ADA, "tweet.read", "users.read", "offline.access");
        server.engine().keeper().refreshNow(ada.id());
        Created poster = server.newKey(Set.of(KeyScope.X_WRITE), Set.of(), 0);
        server.client(poster.secret().expose()).post("/v1/accounts/" + ada.id() + "/tweets", "{\"text\":\"a post\"}");
        server.client(KeyScope.X_READ).get("/v1/accounts/" + ada.id() + "/profile");
        Document page = page(ada);
        assertThat(page.select("h1").text()).isEqualTo("@ada");
        assertThat(page.select(".story strong").eachText())
                .anySatisfy(text -> assertThat(text).startsWith("Refreshed after"))
                .contains("Connected by import", "Read its profile");
        assertThat(page.select(".story").text())
                .contains("a program (" + poster.key().id() + ")", "verdict new pair", "generation 2", "node test");
        assertThat(page.select(".facts").text())
                .contains("offline.access tweet.read users.read", ada.id().value(), TestServer.ADA, "Fingerprint");
        assertThat(page.select(".advice").text()).contains("All is well", "What to do: Nothing.");
    }

    @Test
    void saysWhatToDoInEachState() {
        Account refused = Look.kept(server, "11", "refused");
        Account lost = Look.kept(server, "12", "lost");
        Account open = Look.kept(server, "13", "open");
        Account gone = Look.kept(server, "14", "gone");
        Look.lose(server, refused, new LossCause.RefusedByX());
        Look.lose(server, lost, new LossCause.AnswerLost(server.simulator().now(), "node-7"));
        Look.leaveOpen(server, open);
        Look.takeOut(server, gone);
        assertThat(page(refused).select(".advice").text())
                .contains("A person has to sign in again", "signed the same user in", "Sign in again");
        assertThat(page(lost).select(".advice").text()).contains("node-7", "lost on its way");
        assertThat(page(open).select(".advice").text()).contains("answer to a refresh is missing", "Refresh now");
        assertThat(page(gone).select(".advice").text()).contains("Taken out of Roost", "Connect again");
        assertThat(page(gone).select("#disconnect")).isEmpty();
        assertThat(page(gone).select(".facts").text()).contains("no token is kept");
    }

    @Test
    void hostileDetailIsText() {
        Account ada = Look.kept(server, "11", "ada");
        server.store()
                .note(new AccountEvent(
                        ada.id(),
                        server.simulator().now(),
                        AccountEvent.Kind.REFRESH_FAILED,
                        1,
                        "<b>node</b>",
                        "<script>alert(1)</script>"));
        server.audit().note("<i>key</i>", Optional.of(ada.id()), "<u>deed</u>", "<s>outcome</s>");
        String html = browser.get(address(ada)).body();
        assertThat(html).doesNotContain("<script>alert", "<b>node", "<i>key", "<u>deed", "<s>outcome");
        assertThat(Look.at(browser.get(address(ada))).select(".story").text())
                .contains("<script>alert(1)</script>", "<b>node</b>", "<i>key</i>", "<u>deed</u>", "<s>outcome</s>");
    }

    @Test
    void olderPartsOfTheStoryGiveEachEntryOnce() {
        Account ada = Look.kept(server, "11", "ada");
        for (int i = 0; i < 45; i++) {
            server.advance(java.time.Duration.ofSeconds(2));
            server.store()
                    .note(new AccountEvent(
                            ada.id(),
                            server.simulator().now(),
                            AccountEvent.Kind.REFRESH_FAILED,
                            1,
                            "node",
                            "failure number " + i));
            server.audit().note("key" + i, Optional.of(ada.id()), "profile.read", "ok");
            server.audit().flush();
        }
        List<String> seen = new ArrayList<>();
        Optional<String> next = Optional.of(address(ada));
        while (next.isPresent()) {
            Document page = Look.at(browser.get(next.get()));
            seen.addAll(page.select(".story > li").eachText());
            next = page.select("#older").stream().map(link -> link.attr("href")).findFirst();
        }
        for (int i = 0; i < 45; i++) {
            String failure = "Failure number " + i + ".";
            String key = "by key" + i + " ";
            assertThat(seen.stream().filter(text -> text.contains(failure))).hasSize(1);
            assertThat(seen.stream().filter(text -> text.contains(key))).hasSize(1);
        }
        assertThat(seen).hasSize(91);
        assertThat(seen.getLast()).startsWith("Connected");
    }

    @Test
    void wrongPartOfTheStoryIsRefused() {
        Account ada = Look.kept(server, "11", "ada");
        HttpResponse<String> answer = browser.get(address(ada) + "?from=elsewhere");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Look.at(answer).text()).contains("begin at the newest entry");
    }

    @Test
    void unknownAccountIsAPageThatSaysSo() {
        for (String name : List.of("nobody", "acc_00000000000000000000", "%3Cscript%3E")) {
            HttpResponse<String> answer = browser.get("/dashboard/accounts/" + name);
            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(Look.at(answer).select("h1").text()).isEqualTo("Nothing here");
            assertThat(Look.at(answer).select("main").text())
                    .contains("The list of accounts has all")
                    .doesNotContain("/v1/", "log has more");
            assertThat(answer.body()).doesNotContain("<script>x");
        }
    }

    @Test
    void onlyKnownWordsSayWhatWasDone() {
        Account ada = Look.kept(server, "11", "ada");
        assertThat(Look.at(browser.get(address(ada) + "?done=connected"))
                        .select(".done")
                        .text())
                .startsWith("Connected.");
        assertThat(Look.at(browser.get(address(ada) + "?done=You%20won")).select(".done"))
                .isEmpty();
    }

    @Test
    void keyThatMayLookOnlySeesNoButtons() {
        Account ada = Look.kept(server, "11", "ada");
        Look.lose(server, ada, new LossCause.RefusedByX());
        Document page = Look.at(server.browser(KeyScope.ACCOUNTS_READ).get(address(ada)));
        assertThat(page.select("main form, main .button")).isEmpty();
        assertThat(page.select(".advice").text()).contains("Your key may look only");
    }

    @Test
    void whoDidSomethingIsToldToAdministratorsAlone() {
        Account ada = Look.kept(server, "11", "ada");
        server.audit().note("key_of_somebody", Optional.of(ada.id()), "tweets.create", "ok");
        String seen = Look.at(server.browser(KeyScope.ACCOUNTS_READ).get(address(ada)))
                .select(".story")
                .text();
        assertThat(seen).contains("Published a post", "through the HTTP API").doesNotContain("key_of_somebody");
        assertThat(page(ada).select(".story").text()).contains("by key_of_somebody");
    }

    @Test
    void keyThatMayLookOnlyIsNotToldToPressWhatItDoesNotSee() {
        Account ada = Look.kept(server, "11", "ada");
        server.advance(java.time.Duration.ofHours(3));
        assertThat(page(ada).select(".advice").text()).contains("press \"Refresh now\"");
        assertThat(Look.at(server.browser(KeyScope.ACCOUNTS_READ).get(address(ada)))
                        .select(".advice")
                        .text())
                .contains("expired", "roost serve")
                .doesNotContain("Refresh now");
    }

    @Test
    void numbersAreWrittenAlikeWhateverTheServersLocale() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try {
            AuditEntry many =
                    new AuditEntry(Instant.EPOCH, Instant.EPOCH, "key", Optional.empty(), "tweets.create", "ok", 1234);
            assertThat(DeedWords.headline(many)).isEqualTo("Published a post, 1,234 times");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void partForHtmxHasTheRegionAlone() {
        Account ada = Look.kept(server, "11", "ada");
        HttpResponse<String> part = browser.part(address(ada));
        assertThat(part.body()).doesNotContain("<html");
        Document region = Look.at(part);
        assertThat(region.select("#account").attr("hx-get")).isEqualTo(address(ada));
        assertThat(region.select("input[name=csrf]").eachAttr("value")).containsOnly(browser.csrf());
    }

    @Test
    void tokensAreOnNoPage() {
        String access =
                server.simulator().issue(TestServer.CLIENT_ID, TestServer.GRACE).accessToken();
        Account ada = server.connect(TestServer.ADA);
        String token = server.engine().keeper().token(ada.id()).token().expose();
        String refresh = server.store()
                .grant(ada.id())
                .orElseThrow()
                .tokens()
                .refresh()
                .value()
                .expose();
        for (String path : List.of(
                "/dashboard/accounts",
                address(ada),
                address(ada) + "/disconnect",
                "/dashboard/connect",
                "/dashboard/accounts?q=ada")) {
            assertThat(browser.get(path).body()).doesNotContain(token, refresh, access);
            assertThat(browser.part(path).body()).doesNotContain(token, refresh);
        }
    }

    private Document page(Account account) {
        HttpResponse<String> answer = browser.get(address(account));
        assertThat(answer.statusCode()).isEqualTo(200);
        return Look.at(answer);
    }

    private static String address(Account account) {
        return "/dashboard/accounts/" + account.id();
    }
}
