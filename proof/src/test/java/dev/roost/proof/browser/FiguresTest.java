package dev.roost.proof.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import dev.roost.core.Account;
import dev.roost.core.EngineEvent.Outcome;
import dev.roost.core.access.KeyScope;
import dev.roost.core.overview.RefreshHistory;
import dev.roost.core.overview.RefreshHistory.Counts;
import dev.roost.proof.serving.ServedRoost;
import dev.roost.testkit.FreePort;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The overview with a day of refreshes behind it, and the page of alerts with something to tell. */
@ExtendWith(Chromium.class)
final class FiguresTest {
    private static final int STEPS_OF_A_DAY = 288;

    @TempDir
    private Path data;

    @Test
    void theOverviewDrawsADayOfRefreshes(Browser browser) {
        try (ServedRoost served = ServedRoost.start(data, Map.of());
                Person person = new Person(browser, served.address("/"))) {
            served.keep("1001", "ada");
            served.keep("1002", "grace");
            day(served.roost().vault().store().history());
            person.signIn(served.key(KeyScope.ADMIN));
            person.sees("Chain integrity");
            assertThat(person.page().locator("main svg").first()).isVisible();
            person.judge("overview");
            person.page().getByText("As a table").first().click();
            assertThat(person.page().locator("main table").first()).isVisible();
            person.judge("overview-table");
        }
    }

    @Test
    void theOverviewOfNothingSaysHowToBegin(Browser browser) {
        try (ServedRoost served = ServedRoost.start(data, Map.of());
                Person person = new Person(browser, served.address("/"))) {
            person.signIn(served.key(KeyScope.ADMIN));
            person.sees("No account yet");
            person.judge("overview-empty");
            person.open("/dashboard/webhooks");
            person.sees("Nobody is told yet");
            person.judge("alerts-empty");
        }
    }

    @Test
    void theAlertsPageShowsWhoIsToldAndWhatWasGivenUp(Browser browser) throws Exception {
        try (ServedRoost served = ServedRoost.start(data, Map.of("ROOST_WEBHOOKS_ALLOW", "127.0.0.1"));
                Person person = new Person(browser, served.address("/"))) {
            String key = served.key(KeyScope.ADMIN);
            HttpResponse<String> added = served.send(HttpRequest.newBuilder(served.address("/v1/webhooks"))
                    .header("X-API-Key", key)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString("{\"url\": \"http://127.0.0.1:" + FreePort.find()
                            + "/hook\", \"description\": \"on call\"}")));
            assertThat(added.statusCode()).as(added.body()).isEqualTo(201);
            Account ada = served.keep("1001", "ada");
            served.x().revoke("1001");
            served.roost().engine().keeper().refreshNow(ada.id());
            giveUp();
            person.signIn(key);
            person.open("/dashboard/webhooks");
            person.sees("on call");
            person.sees("account.reauthorization_required");
            person.judge("alerts");
            assertThat(person.page().content()).doesNotContain("whsec_");
        }
    }

    private static void day(RefreshHistory history) {
        long step = RefreshHistory.STEP.toSeconds();
        long first = Instant.now().getEpochSecond() / step * step - STEPS_OF_A_DAY * step;
        for (long n : LongStream.range(0, STEPS_OF_A_DAY).toArray()) {
            long good = 20 + n % 17;
            long bad = n % 40 == 0 ? 3 : 0;
            List<Long> durations = new ArrayList<>(Collections.nCopies(RefreshHistory.BOUNDS.size() + 1, 0L));
            durations.set(2, good - 1);
            durations.set(n % 50 == 0 ? 7 : 4, 1L);
            history.add(
                    "shop",
                    new Counts(
                            Instant.ofEpochSecond(first + n * step),
                            Map.of(Outcome.ROTATED, good, Outcome.THROTTLED, bad),
                            n == 100 ? 1 : 0,
                            durations));
        }
    }

    private void giveUp() throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection("jdbc:sqlite:" + data.resolve("roost.db") + "?busy_timeout=30000");
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("UPDATE deliveries SET dead_at = at, attempts = 12, lease_owner = NULL,"
                    + " last_error = 'nobody listens there'");
        }
    }
}
