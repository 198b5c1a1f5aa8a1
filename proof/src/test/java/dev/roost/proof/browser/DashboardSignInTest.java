package dev.roost.proof.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.SameSiteAttribute;
import dev.roost.core.access.KeyScope;
import dev.roost.proof.serving.ServedRoost;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** How people come in, and out again. */
@ExtendWith(Chromium.class)
final class DashboardSignInTest {
    @TempDir
    private Path data;

    @Test
    void aStrangerIsAskedForAKeyAndComesToWhereItWanted(Browser browser) {
        try (ServedRoost served = ServedRoost.start(data, Map.of());
                Person person = new Person(browser, served.address("/"))) {
            person.open("/");
            assertThat(person.page()).hasTitle("Sign in · Roost");
            person.judge("sign-in");
            person.submitKey("roost_0000000000_wrong");
            assertThat(person.page().getByRole(AriaRole.ALERT)).isVisible();
            person.judge("sign-in-refused");

            person.open("/dashboard/accounts");
            person.submitKey(served.key(KeyScope.ACCOUNTS_READ));
            assertThat(person.page()).hasURL(Pattern.compile(".*/dashboard/accounts$"));
            person.page().locator("details.who > summary").click();
            person.press("Sign out");
            assertThat(person.page()).hasTitle("Sign in · Roost");
            person.open("/dashboard");
            assertThat(person.page()).hasTitle("Sign in · Roost");
        }
    }

    @Test
    void aKeyWithoutTheScopeDoesNotOpenTheDoor(Browser browser) {
        try (ServedRoost served = ServedRoost.start(data, Map.of());
                Person person = new Person(browser, served.address("/"))) {
            person.open("/dashboard");
            person.submitKey(served.key(KeyScope.X_READ));
            assertThat(person.page().getByRole(AriaRole.ALERT)).isVisible();
            person.open("/dashboard");
            assertThat(person.page()).hasTitle("Sign in · Roost");
        }
    }

    @Test
    void theSessionIsACookieThatNoScriptAndNoOtherSiteGets(Browser browser) {
        try (ServedRoost served = ServedRoost.start(data, Map.of());
                Person person = new Person(browser, served.address("/"))) {
            String key = served.key(KeyScope.ADMIN);
            person.signIn(key);
            assertThat(person.context().cookies()).hasSize(1).allSatisfy(cookie -> {
                assertThat(cookie.httpOnly).isTrue();
                assertThat(cookie.sameSite).isIn(SameSiteAttribute.LAX, SameSiteAttribute.STRICT);
                assertThat(cookie.value).doesNotContain(key.substring(key.lastIndexOf('_') + 1));
            });
            Response page = person.page().reload();
            assertThat(page.headerValue("content-security-policy"))
                    .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'")
                    .doesNotContain("unsafe", "*");
            assertThat(page.headerValue("x-content-type-options")).isEqualTo("nosniff");
            assertThat(page.headerValue("cache-control")).isEqualTo("no-store");
            assertThat(page.headerValue("referrer-policy")).isIn("same-origin", "no-referrer");
        }
    }
}
