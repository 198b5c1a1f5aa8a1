package dev.roost.server.dashboard.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.core.Account;
import dev.roost.core.LossCause;
import dev.roost.core.access.KeyScope;
import dev.roost.server.TestBrowser;
import dev.roost.server.TestServer;
import dev.roost.testkit.MemoryStore;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ListTest {
    private static final String LIST = "/dashboard/accounts";

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
    void nobodyThereSaysHowToConnectTheFirst() {
        Document page = Look.at(browser.get(LIST));
        assertThat(page.select(".empty").text()).contains("No account yet");
        assertThat(page.select(".empty a").attr("href")).isEqualTo("/dashboard/connect");
        Document seen = Look.at(server.browser(KeyScope.ACCOUNTS_READ).get(LIST));
        assertThat(seen.select(".empty").text()).contains("roost connect");
        assertThat(seen.select("a[href=/dashboard/connect]")).isEmpty();
    }

    @Test
    void rowsSayHowEachStandsInWordsThoseInNeedFirst() {
        Account well = Look.kept(server, "11", "well");
        Account lost = Look.kept(server, "12", "lost");
        Account open = Look.kept(server, "13", "open");
        Account gone = Look.kept(server, "14", "gone");
        Look.lose(server, lost, new LossCause.RefusedByX());
        Look.leaveOpen(server, open);
        Look.takeOut(server, gone);
        Document page = Look.at(browser.get(LIST));
        assertThat(page.select("tbody tr").eachText().stream().map(row -> row.substring(0, row.indexOf(' '))))
                .containsExactly("@lost", "@open", "@well", "@gone");
        assertThat(page.select("tbody .badge").eachText())
                .containsExactly("Needs a sign-in", "Waiting for X", "Active", "Disconnected");
        Element row = page.select("tbody tr").get(2);
        assertThat(row.select("a").attr("href")).isEqualTo(LIST + "/" + well.id());
        assertThat(row.select("time[data-relative]")).hasSize(3);
        assertThat(page.select("tbody tr").getLast().text()).contains("no token");
    }

    @Test
    void searchFindsByPartOfTheNameAndSaysWhenItFindsNothing() {
        Look.kept(server, "11", "Ada_Lovelace");
        Look.kept(server, "12", "grace");
        assertThat(names(browser.get(LIST + "?q=LOVE"))).containsExactly("@Ada_Lovelace");
        assertThat(names(browser.get(LIST + "?q=%40grace&state=active"))).containsExactly("@grace");
        assertThat(names(browser.get(LIST + "?q=grace&state=disconnected"))).isEmpty();
        Document none = Look.at(browser.get(LIST + "?q=nobody_here"));
        assertThat(none.select(".empty").text()).contains("No account found", "nobody_here");
        assertThat(none.select(".empty a").attr("href")).isEqualTo(LIST);
        assertThat(none.select("#q").val()).isEqualTo("nobody_here");
    }

    @Test
    void hostileSearchIsText() {
        HttpResponse<String> answer =
                browser.get(LIST + "?q=%3Cscript%3Ealert(1)%3C%2Fscript%3E%22onfocus%3D%22x&state=%3Cb%3E&sort=%27");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).doesNotContain("<script>alert");
        assertThat(Look.at(answer).select("#q").val()).isEqualTo("<script>alert(1)</script>\"onfocus=\"x");
        assertThat(Look.at(answer).select("#q").attr("onfocus")).isEmpty();
        assertThat(Look.at(answer).select(".empty strong").text()).startsWith("<script>");
    }

    @Test
    void htmxGetsTheListAlone() {
        Look.kept(server, "11", "ada");
        HttpResponse<String> part = browser.part(LIST + "?q=ad&sort=name");
        assertThat(part.body()).doesNotContain("<html", "csrf");
        assertThat(Look.at(part).select("#accounts").attr("hx-get")).isEqualTo(LIST + "?q=ad&sort=name");
        assertThat(names(part)).containsExactly("@ada");
        assertThat(part.headers().allValues("Vary")).contains("HX-Request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"attention", "name", "expiry", "refresh", "connected"})
    void walkOverAThousandAccountsMeetsEachOnce(String sort) {
        for (int i = 0; i < 1000; i++) {
            Look.kept(server, Integer.toString(100_000 + i), "user_" + i);
        }
        List<String> seen = new ArrayList<>();
        Optional<String> address = Optional.of(LIST + "?sort=" + sort);
        String last = "";
        while (address.isPresent()) {
            last = address.get();
            Document page = Look.at(browser.get(last));
            assertThat(page.select("tbody tr")).hasSize(50);
            seen.addAll(page.select("tbody a").eachText());
            address = link(page, "#next-page");
        }
        assertThat(seen).hasSize(1000).doesNotHaveDuplicates();
        List<String> back = new ArrayList<>();
        address = Optional.of(last);
        while (address.isPresent()) {
            Document page = Look.at(browser.get(address.get()));
            back.addAll(0, page.select("tbody a").eachText());
            address = link(page, "#previous-page");
        }
        assertThat(back).isEqualTo(seen);
    }

    @Test
    void columnsLeadToTheirOrderAndTheOneInUseSaysSo() {
        Look.kept(server, "11", "zoe");
        Look.kept(server, "12", "Abe");
        Document page = Look.at(browser.get(LIST + "?q=e&sort=name"));
        assertThat(page.select("th[aria-sort=ascending] a").text()).isEqualTo("Account");
        assertThat(page.select("th[aria-sort=none]")).hasSize(4);
        assertThat(page.select("#by-expiry").attr("href")).isEqualTo(LIST + "?q=e&sort=expiry");
        assertThat(names(browser.get(LIST + "?sort=name"))).containsExactly("@Abe", "@zoe");
    }

    @Test
    void placeOfAnotherSearchShowsTheFirstPageAndSaysWhy() {
        Look.kept(server, "11", "ada");
        HttpResponse<String> answer = browser.get(LIST + "?from=bm9ib2R5");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Look.at(answer).select(".trouble").text()).contains("here is its first page");
        assertThat(names(answer)).containsExactly("@ada");
    }

    @Test
    void storeThatIsAwayIsAPageThatSaysSo() {
        server.store().outage(MemoryStore.Outage.BEFORE);
        HttpResponse<String> answer = browser.get(LIST);
        server.store().outage(MemoryStore.Outage.NONE);
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(Look.at(answer).select("h1").text()).isEqualTo("Not just now");
    }

    private static Optional<String> link(Document page, String which) {
        return page.select(which).stream().map(link -> link.attr("href")).findFirst();
    }

    private static List<String> names(HttpResponse<String> answer) {
        return Look.at(answer).select("tbody a").eachText();
    }
}
