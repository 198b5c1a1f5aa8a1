package dev.roost.proof.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import dev.roost.core.AccountState;
import dev.roost.core.access.KeyScope;
import dev.roost.proof.serving.ServedRoost;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Somebody without a mouse. */
@ExtendWith(Chromium.class)
final class KeyboardTest {
    private static final int LONGEST_WAY = 60;

    @TempDir
    private Path data;

    @Test
    void fromTheKeyToADisconnectedAccountByKeysAlone(Browser browser) {
        try (ServedRoost served = ServedRoost.start(data, Map.of());
                Person person = new Person(browser, served.address("/"))) {
            served.keep("1001", "ada");
            Page page = person.open("/dashboard");
            page.keyboard().insertText(served.key(KeyScope.ADMIN));
            page.keyboard().press("Enter");
            arrived(page, ".*/dashboard$");

            page.keyboard().press("Tab");
            assertThat(page.locator(":focus")).hasText("Skip to content");
            page.keyboard().press("Enter");
            assertThat(page.locator("main")).isFocused();
            page.reload();
            goTo(page, "a:has-text('Accounts')");
            page.keyboard().press("Enter");
            arrived(page, ".*/dashboard/accounts$");
            goTo(page, "tbody a:has-text('@ada')");
            page.keyboard().press("Enter");
            arrived(page, ".*/acc_[0-9a-f]+$");
            goTo(page, "#refresh");
            page.keyboard().press("Enter");
            person.sees("Refreshed");
            goTo(page, "#disconnect");
            page.keyboard().press("Enter");
            assertThat(page.locator("#username")).isFocused();
            page.keyboard().insertText("@ada");
            page.keyboard().press("Enter");
            person.sees("Taken out of Roost");
            assertThat(served.roost().engine().accounts().find("@ada").state())
                    .isInstanceOf(AccountState.Disconnected.class);
        }
    }

    /** The address changes before there is anything that a key could reach. */
    private static void arrived(Page page, String address) {
        assertThat(page).hasURL(Pattern.compile(address));
        page.waitForLoadState();
    }

    /** Tabs until this has the focus, and asserts that everything on the way shows that it has it. */
    private static void goTo(Page page, String target) {
        for (int i = 0; i < LONGEST_WAY; i++) {
            page.keyboard().press("Tab");
            assertThat(page.evaluate("""
                    () => {
                        const one = document.activeElement;
                        if (!one || one === document.body) return true;
                        const style = getComputedStyle(one);
                        const box = one.getBoundingClientRect();
                        const hidden = box.width < 2 || box.height < 2 || style.opacity === '0';
                        const shown = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0
                            || style.boxShadow !== 'none';
                        return shown || hidden || one.outerHTML.slice(0, 120);
                    }
                    """)).as("the focus can be seen").isEqualTo(true);
            if ((boolean) page.evaluate(
                    "target => document.activeElement.matches(target.split(':has-text')[0])"
                            + " && document.activeElement.textContent.includes((target.match(/'(.*)'/) || ['', ''])[1])",
                    target)) {
                return;
            }
        }
        throw new AssertionError("no way by Tab to " + target);
    }
}
