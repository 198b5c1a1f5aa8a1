package dev.roost.server.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.core.EngineEvent.Outcome;
import dev.roost.core.access.KeyScope;
import dev.roost.core.overview.RefreshHistory.Counts;
import dev.roost.server.TestBrowser;
import dev.roost.server.TestServer;
import dev.roost.testkit.MemoryStore.Outage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the overview says. */
final class OverviewTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final TestServer server = TestServer.start();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void emptyRoostLeadsToTheFirstAccount() {
        assertThat(pageWith("Nothing to keep yet"))
                .contains(
                        "Nothing to keep yet",
                        "No account yet",
                        "href=\"/dashboard/connect\"",
                        "No refresh in the last 24 hours.",
                        "No refresh is due in the next two hours.",
                        "No rotation in the last 28 days.");
    }

    @Test
    void keyThatMayLookOnlyIsNotOfferedToConnect() {
        assertThat(pageWith("No account yet")).contains("href=\"/dashboard/connect\"");
        TestBrowser reader = server.browser(KeyScope.ACCOUNTS_READ);
        String seen = reader.get("/dashboard").body();
        assertThat(seen).contains("No account yet", "roost connect").doesNotContain("href=\"/dashboard/connect\"");
    }

    @Test
    void whatCanHaveTheFocusKeepsItsNameWhenThePageIsFetchedAgain() {
        server.connect(TestServer.ADA);
        server.advance(Duration.ofMinutes(116));
        server.store()
                .history()
                .add(TestServer.CLIENT_ID, counts(server.simulator().now(), 5, 0, 0));
        assertThat(Jsoup.parse(pageWith("Mostly well"))
                        .select("#overview a, #overview summary, #overview [tabindex=0]"))
                .hasSizeGreaterThan(6)
                .allSatisfy(one -> assertThat(one.id()).as(one.outerHtml()).isNotEmpty());
    }

    @Test
    void countsAccountsByStateAndSaysWhoHasToAct() {
        server.connect(TestServer.ADA);
        server.connect(TestServer.GRACE);
        server.simulator().revoke(TestServer.GRACE);
        var _ = server.client(KeyScope.ADMIN).post("/v1/accounts/@grace/refresh", "{}");
        assertThat(pageWith("Something needs attention"))
                .contains(
                        "Something needs attention",
                        "1 account waits for a person to sign in again.",
                        "href=\"/dashboard/accounts?state=needs_reauthorization\"",
                        tile("Active", 1),
                        tile("Needs a sign-in", 1),
                        tile("Waiting for X", 0),
                        tile("Disconnected", 0))
                .doesNotContain("All is well");
    }

    @Test
    void saysThatAllIsWellWhenItIs() {
        server.connect(TestServer.ADA);
        assertThat(pageWith("All is well")).contains("All is well", tile("Active", 1), "no token runs out soon");
        server.advance(Duration.ofMinutes(116));
        assertThat(pageWith("Mostly well"))
                .contains(
                        "Mostly well",
                        "1 access token has less than 5 minutes left.",
                        "?state=active&amp;sort=expiry\"");
    }

    @Test
    void drawsHowRefreshesWent() {
        Instant now = server.simulator().now();
        server.store().history().add(TestServer.CLIENT_ID, counts(now.minus(Duration.ofHours(2)), 995, 5, 0));
        server.store().history().add(TestServer.CLIENT_ID, counts(now.minus(Duration.ofDays(20)), 28_998, 0, 2));
        assertThat(pageWith("99.50 %"))
                .contains(
                        "99.50 %",
                        "1,000 refreshes, 5 without success",
                        "995 of 1,000 succeeded",
                        "class=\"bar-bad\"",
                        "In 2 of 29,995 rotations a grant was lost.",
                        "At 99.99 % the budget is 2 losses; 0 left.",
                        "75 ms");
    }

    @Test
    void budgetThatIsOverspentIsSaidSo() {
        server.store()
                .history()
                .add(TestServer.CLIENT_ID, counts(server.simulator().now(), 9_000, 0, 1));
        assertThat(pageWith("In 1 of 9,001 rotations a grant was lost."))
                .contains(
                        "Mostly well",
                        "1 grant was lost within 28 days because an answer of X was; that is more than the budget.",
                        "In 1 of 9,001 rotations a grant was lost.",
                        "At 99.99 % the budget is no loss at all until there are 10,000 rotations.",
                        "0 % of the budget of losses is left");
    }

    @Test
    void storeThatIsAwayIsSaidAndTheLastFiguresStay() {
        server.connect(TestServer.ADA);
        TestBrowser browser = server.browser(KeyScope.ADMIN);
        assertThat(browser.get("/dashboard").body()).contains(tile("Active", 1));
        server.store().outage(Outage.BEFORE);
        server.advance(Duration.ofSeconds(30));
        assertThat(browser.get("/dashboard").body())
                .contains("The store does not answer.", "does not answer</span>", tile("Active", 1));
    }

    /**
     * Returns the page once it shows this: it waits for the store half a second at most, and a busy machine may need longer.
     */
    private String pageWith(String figure) {
        server.advance(Duration.ofMinutes(1));
        TestBrowser browser = server.browser(KeyScope.ADMIN);
        long end = System.nanoTime() + PATIENCE.toNanos();
        String page = browser.get("/dashboard").body();
        while ((!page.contains(figure) || page.contains("has not answered yet")) && System.nanoTime() < end) {
            page = browser.get("/dashboard").body();
        }
        return page;
    }

    private static String tile(String name, int count) {
        return "<span class=\"tile-name\">" + name + "</span><span class=\"figure\">" + count + "</span>";
    }

    private static Counts counts(Instant at, long rotated, long throttled, long lost) {
        long step = 300_000;
        return new Counts(
                Instant.ofEpochMilli(at.toEpochMilli() / step * step),
                Map.of(Outcome.ROTATED, rotated, Outcome.THROTTLED, throttled),
                lost,
                List.of(0L, rotated + throttled, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L));
    }
}
