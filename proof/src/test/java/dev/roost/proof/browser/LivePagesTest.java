package dev.roost.proof.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.roost.cli.wiring.Roost;
import dev.roost.core.Account;
import dev.roost.core.access.KeyScope;
import dev.roost.proof.serving.ServedRoost;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What happens is on the page within a second, and a page that hears nothing says so. */
@ExtendWith(Chromium.class)
final class LivePagesTest {
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final int TRIES = 20;

    @TempDir
    private Path data;

    @Test
    void aRefreshByAnotherProcessIsOnThePageWithinASecondAndWithoutReload(Browser browser) {
        try (ServedRoost served = ServedRoost.start(data, Map.of());
                Roost other = served.another();
                Person person = new Person(browser, served.address("/"))) {
            Account ada = served.keep("1001", "ada");
            person.signIn(served.key(KeyScope.ADMIN));
            person.open("/dashboard/accounts/" + ada.id());
            assertThat(live(person)).hasAttribute("data-state", "live");
            person.page().evaluate("() => { window.__same = true; }");
            Duration best = Duration.ofDays(1);
            // The best of some: other programs may keep this machine busy.
            for (int generation = 2; generation < 2 + TRIES && best.compareTo(SOON) >= 0; generation++) {
                other.engine().keeper().refreshNow(ada.id());
                long refreshed = System.nanoTime();
                assertThat(person.page().locator("dt:has-text('Generation') + dd"))
                        .hasText(Pattern.compile("^" + generation + ", .*"));
                Duration took = Duration.ofNanos(System.nanoTime() - refreshed);
                best = took.compareTo(best) < 0 ? took : best;
            }
            assertThat(best).isLessThan(SOON);
            assertThat(person.page().evaluate("() => window.__same")).isEqualTo(true);
        }
    }

    @Test
    void aRevokedAccountIsOnTheListWithinASecond(Browser browser) {
        try (ServedRoost served = ServedRoost.start(data, Map.of());
                Person person = new Person(browser, served.address("/"))) {
            Account ada = served.keep("1001", "ada");
            person.signIn(served.key(KeyScope.ADMIN));
            person.open("/dashboard/accounts");
            assertThat(live(person)).hasAttribute("data-state", "live");
            served.x().revoke("1001");
            served.roost().engine().keeper().refreshNow(ada.id());
            assertThat(person.page().locator("#accounts tbody tr").first()).containsText("Needs a sign-in");
        }
    }

    @Test
    void aPageThatListensAgainFetchesWhatItMissed(Browser browser) {
        try (ServedRoost served = ServedRoost.start(data, Map.of());
                Person person = new Person(browser, served.address("/"))) {
            Account ada = served.keep("1001", "ada");
            person.signIn(served.key(KeyScope.ADMIN));
            person.open("/dashboard/accounts/" + ada.id());
            assertThat(live(person)).hasAttribute("data-state", "live");
            person.page().evaluate("() => window.dispatchEvent(new Event('pagehide'))");
            served.roost().engine().keeper().refreshNow(ada.id());
            person.page()
                    .evaluate("() => window.dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))");
            assertThat(person.page().locator("dt:has-text('Generation') + dd")).hasText(Pattern.compile("^2, .*"));
        }
    }

    @Test
    void aPageWhoseSessionIsOverSaysSoAndLeadsToTheSignIn(Browser browser) {
        try (ServedRoost served = ServedRoost.start(data, Map.of());
                Person person = new Person(browser, served.address("/"))) {
            served.keep("1001", "ada");
            person.signIn(served.key(KeyScope.ADMIN));
            Page page = person.page();
            // A page that begins to listen fetches what it may have missed. If it did so later, it would lead to the
            // sign-in by itself, and say nothing before.
            var _ = page.waitForResponse(
                    answer -> answer.request().headers().containsKey("hx-request"),
                    () -> person.open("/dashboard/accounts"));
            assertThat(live(person)).hasAttribute("data-state", "live");
            person.watch().expectTrouble();
            served.revokeKeys();
            Locator said = page.locator("#stale-text:has-text('The session is over')");
            assertThat(said.or(page.getByLabel("API key")).first()).isVisible();
            if (said.isVisible()) {
                person.press("Try now");
            }
            assertThat(page).hasURL(Pattern.compile(".*/dashboard/sign-in\\?next=%2Fdashboard%2Faccounts"));
        }
    }

    @Test
    void aPageWhoseServerIsGoneSaysThatItIsOld(Browser browser) {
        try (ServedRoost served = ServedRoost.start(data, Map.of());
                Person person = new Person(browser, served.address("/"))) {
            served.keep("1001", "ada");
            person.signIn(served.key(KeyScope.ADMIN));
            person.open("/dashboard/accounts");
            assertThat(live(person)).hasAttribute("data-state", "live");
            assertThat(person.page().locator("#stale")).isHidden();
            person.watch().expectTrouble();
            served.stopListening();
            assertThat(person.page().locator("#stale")).isVisible();
            assertThat(live(person)).containsText("Not live");
            person.judge("stale");
        }
    }

    private static Locator live(Person person) {
        return person.page().locator("#live");
    }
}
