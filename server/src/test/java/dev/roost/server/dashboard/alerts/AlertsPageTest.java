package dev.roost.server.dashboard.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.core.Secret;
import dev.roost.core.access.KeyScope;
import dev.roost.core.alerting.Alert;
import dev.roost.core.alerting.AlertType;
import dev.roost.core.alerting.DeadLetter;
import dev.roost.core.alerting.Webhook;
import dev.roost.core.alerting.WebhookFormat;
import dev.roost.server.TestBrowser;
import dev.roost.server.TestServer;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class AlertsPageTest {
    private static final String PAGE = "/dashboard/webhooks";
    private static final String CANARY = "canary-of-the-webhook";

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
    void withoutWebhooksSaysHowToMakeTheFirst() {
        assertThat(page(PAGE).select(".empty").text()).contains("roost webhooks add");
    }

    @Test
    void saysHowEachFaresAndShowsNoSecret() {
        Instant now = server.simulator().now();
        add("wh_000000000001", "<b>ours</b>", health(0, Optional.of(now), Optional.empty()));
        add("wh_000000000002", "", health(3, Optional.of(now), Optional.empty()));
        add("wh_000000000003", "old", health(9, Optional.empty(), Optional.of("it answered 410")));
        HttpResponse<String> answer = browser.get(PAGE);
        assertThat(answer.body()).doesNotContain("<b>ours", CANARY);
        Document page = Jsoup.parse(answer.body());
        assertThat(page.select("tbody .badge").eachText()).containsExactly("Well", "Failing", "Out of use");
        assertThat(page.expectFirst("tbody tr").text()).contains("<b>ours</b>", "https://example.com/…");
        assertThat(page.select("tbody tr").getLast().text()).contains("it answered 410", "Use again");
        assertThat(browser.part(PAGE).body()).doesNotContain("<html", CANARY);
    }

    @Test
    void testIsSentAndSaid() {
        add("wh_000000000001", "ours", health(0, Optional.empty(), Optional.empty()));
        String onward = redirected(browser.post(PAGE + "/wh_000000000001/test", Map.of()));
        assertThat(page(onward).select(".done").text()).startsWith("A test is on its way");
        assertThat(browser.post(PAGE + "/wh_nothing/test", Map.of()).statusCode())
                .isEqualTo(404);
    }

    @Test
    void removalAsksFirst() {
        add("wh_000000000001", "ours", health(0, Optional.empty(), Optional.empty()));
        Document ask = page(PAGE + "/wh_000000000001/remove");
        assertThat(ask.select("h1").text()).isEqualTo("Remove ours?");
        assertThat(server.webhooks().all()).hasSize(1);
        String onward = redirected(browser.post(PAGE + "/wh_000000000001/remove", Map.of()));
        assertThat(page(onward).select(".done").text()).startsWith("Removed");
        assertThat(server.webhooks().all()).isEmpty();
        assertThat(browser.get(PAGE + "/wh_000000000001/remove").statusCode()).isEqualTo(404);
    }

    @Test
    void givenUpDeliveriesAreListedAndSentAgain() {
        add("wh_000000000001", "ours", health(0, Optional.empty(), Optional.empty()));
        server.webhooks().bury(letter(7));
        server.webhooks().bury(letter(8));
        Document page = page(PAGE);
        assertThat(page.text()).contains("grant.lost", "it answered 503", "<i>gone</i>");
        assertThat(page.html()).doesNotContain("<i>gone");
        String onward = redirected(browser.post(PAGE + "/letters/7", Map.of()));
        assertThat(page(onward).select(".done").text()).startsWith("Sent again");
        assertThat(server.webhooks().dead(Optional.empty(), OptionalLong.empty(), 9))
                .extracting(DeadLetter::id)
                .containsExactly(8L);
        assertThat(browser.post(PAGE + "/letters/7", Map.of()).statusCode()).isEqualTo(404);
        assertThat(browser.post(PAGE + "/letters/none", Map.of()).statusCode()).isEqualTo(404);
        redirected(browser.post(PAGE + "/letters", Map.of()));
        assertThat(server.webhooks().dead(Optional.empty(), OptionalLong.empty(), 9))
                .isEmpty();
    }

    @Test
    void isForAdministratorsAndInTheirMenuAlone() {
        assertThat(page("/dashboard").select("nav a").eachText()).contains("Alerts");
        TestBrowser other = server.browser(KeyScope.ACCOUNTS_READ, KeyScope.ACCOUNTS_WRITE);
        assertThat(Jsoup.parse(other.get("/dashboard").body()).select("nav a").eachText())
                .doesNotContain("Alerts");
        assertThat(other.get(PAGE).statusCode()).isEqualTo(403);
        assertThat(other.post(PAGE + "/letters", Map.of()).statusCode()).isEqualTo(403);
    }

    private Document page(String address) {
        HttpResponse<String> answer = browser.get(address);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Jsoup.parse(answer.body());
    }

    private static String redirected(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        return answer.headers().firstValue("Location").orElseThrow();
    }

    private void add(String id, String description, Webhook.Health health) {
        server.webhooks()
                .add(
                        new Webhook(
                                id,
                                "https://example.com/…",
                                Set.of(AlertType.GRANT_LOST),
                                WebhookFormat.STANDARD,
                                description,
                                server.simulator().now(),
                                Optional.empty(),
                                health,
                                1,
                                2),
                        Secret.of("https://example.com/" + CANARY),
                        Secret.of("whsec_" + CANARY));
    }

    private static Webhook.Health health(int failures, Optional<Instant> arrived, Optional<String> disabled) {
        return new Webhook.Health(
                failures,
                Optional.empty(),
                arrived,
                Optional.empty(),
                Optional.of("it answered 500"),
                disabled.map(why -> Instant.EPOCH),
                disabled);
    }

    private DeadLetter letter(long id) {
        Alert alert = new Alert(
                "msg_" + id,
                AlertType.GRANT_LOST,
                server.simulator().now(),
                Optional.empty(),
                TestServer.CLIENT_ID,
                "node",
                Optional.empty(),
                "",
                List.of());
        return new DeadLetter(id, "<i>gone</i>", alert, 9, server.simulator().now(), "it answered 503");
    }
}
