package dev.roost.proof.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.roost.core.access.KeyScope;
import dev.roost.proof.serving.ServedRoost;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** One account is found among 100,000. */
@ExtendWith(Chromium.class)
final class CrowdWalkTest {
    private static final int MANY = 100_000;

    @TempDir
    private Path data;

    @Test
    void anAccountIsFoundByAPartOfItsNameByStateAndByLeafing(Browser browser) throws Exception {
        try (ServedRoost served = ServedRoost.start(data, Map.of());
                Person person = new Person(browser, served.address("/"))) {
            Crowd.fill(data, MANY);
            served.keep("1001", "ada_lovelace");
            person.signIn(served.key(KeyScope.ADMIN));
            person.judge("overview-crowd");
            person.follow("Accounts");
            Locator rows = person.page().locator("#accounts tbody tr");
            assertThat(rows).hasCount(50);
            person.photograph("accounts-crowd");

            Locator search = person.page().getByRole(AriaRole.SEARCHBOX);
            search.fill("LOVELACE");
            assertThat(rows).hasCount(1);
            assertThat(rows.first()).containsText("@ada_lovelace");
            assertThat(person.page()).hasURL(Pattern.compile(".*q=LOVELACE.*"));
            search.fill("person_77777");
            assertThat(rows).hasCount(1);
            assertThat(rows.first()).containsText("@Person_77777");
            search.fill("person_7779");
            assertThat(rows.first()).containsText("@Person_777");
            person.judge("accounts");
            search.fill("nobody-at-all");
            person.sees("No account found");
            person.judge("accounts-none-found");

            search.fill("");
            assertThat(rows).hasCount(50);
            leafThroughTheDisconnected(person, rows);
            rows.first().getByRole(AriaRole.LINK).first().click();
            assertThat(person.page()).hasURL(Pattern.compile(".*/dashboard/accounts/acc_.*"));
            assertThat(person.page().getByRole(AriaRole.MAIN)).containsText("Disconnected");
        }
    }

    /** Those that stand last in the order that a list begins with. */
    private static void leafThroughTheDisconnected(Person person, Locator rows) {
        Page page = person.page();
        page.locator("label.pill", new Page.LocatorOptions().setHasText("Disconnected"))
                .click();
        assertThat(rows.first()).containsText("Disconnected");
        assertThat(page).hasURL(Pattern.compile(".*state=disconnected.*"));
        Locator name = rows.first().getByRole(AriaRole.LINK);
        String first = name.getAttribute("href");
        person.follow("Next");
        assertThat(name).not().hasAttribute("href", first);
        assertThat(rows.first()).containsText("Disconnected");
        person.follow("Previous");
        assertThat(name).hasAttribute("href", first);
        page.locator("#by-name").click();
        assertThat(page.locator("th:has(#by-name)")).hasAttribute("aria-sort", "ascending");
        assertThat(rows.first()).containsText("Disconnected");
    }
}
