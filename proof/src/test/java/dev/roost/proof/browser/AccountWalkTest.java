package dev.roost.proof.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import dev.roost.core.AccountState;
import dev.roost.core.access.KeyScope;
import dev.roost.proof.serving.ServedRoost;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The life of an account, from its first sign-in to the day when it is taken out, walked in a browser. */
@ExtendWith(Chromium.class)
final class AccountWalkTest {
    private static final Pattern ACCOUNT_PAGE = Pattern.compile(".*/dashboard/accounts/acc_[0-9a-f]{20}(\\?done=.*)?$");

    @TempDir
    private Path data;

    @Test
    void anAccountIsConnectedRefreshedRevokedReconnectedAndDisconnected(Browser browser) {
        try (ServedRoost served = ServedRoost.start(data, Map.of());
                Person ada = new Person(browser, served.address("/"), served.x().uri())) {
            served.x().addUser("1001", "ada");
            served.x().addUser("1002", "grace");
            ada.signIn(served.key(KeyScope.ADMIN));

            ada.follow("Accounts");
            ada.sees("No account yet");
            ada.judge("accounts-empty");
            ada.follow("Connect the first account");
            ada.judge("connect");
            ada.press("Continue to X");
            ada.agreeAtX("1001");
            assertThat(ada.page()).hasURL(ACCOUNT_PAGE);
            ada.sees("All is well");
            ada.judge("account");

            ada.press("Refresh now");
            ada.sees("Refreshed");
            assertThat(generation(ada)).hasText(Pattern.compile("^2, .*"));

            served.x().revoke("1001");
            ada.press("Refresh now");
            ada.sees("A person has to sign in again");
            ada.sees("the user revoked the app");
            assertThat(ada.page().getByText("What to do:").first()).isVisible();
            ada.judge("account-revoked");
            assertThat(served.roost().engine().accounts().find("@ada").state())
                    .isInstanceOf(AccountState.NeedsReauthorization.class);

            ada.press("Sign in again");
            ada.agreeAtX("1002");
            ada.sees("expected");
            ada.judge("reconnect-wrong-user");
            ada.press("Try again at X");
            ada.agreeAtX("1001");
            assertThat(ada.page()).hasURL(ACCOUNT_PAGE);
            ada.sees("All is well");
            assertThat(served.roost().engine().accounts().find("@ada").state()).isInstanceOf(AccountState.Active.class);

            ada.follow("Disconnect…");
            ada.judge("disconnect");
            ada.press("Disconnect");
            ada.sees("nothing was disconnected");
            ada.page().getByLabel("To confirm").fill("grace");
            ada.press("Disconnect");
            ada.sees("That is not its username");
            ada.judge("disconnect-refused");
            ada.page().getByLabel("To confirm").fill("ada");
            ada.press("Disconnect");
            ada.sees("Taken out of Roost");
            ada.judge("account-disconnected");
            assertThat(served.roost().engine().accounts().find("@ada").state())
                    .isInstanceOf(AccountState.Disconnected.class);
        }
    }

    @Test
    void aKeyThatMayLookOnlyIsOfferedNothingElse(Browser browser) {
        try (ServedRoost served = ServedRoost.start(data, Map.of());
                Person reader = new Person(browser, served.address("/"))) {
            String account = served.keep("1001", "ada").id().value();
            reader.signIn(served.key(KeyScope.ACCOUNTS_READ));
            reader.open("/dashboard/accounts/" + account);
            reader.sees("All is well");
            assertThat(reader.page().locator("main").getByRole(AriaRole.BUTTON)).hasCount(0);
            assertThat(reader.page().getByText("Disconnect…")).hasCount(0);
            reader.open("/dashboard/accounts/" + account + "/disconnect");
            assertThat(reader.page().getByRole(AriaRole.HEADING).first()).isVisible();
            reader.judge("forbidden");
            assertThat(served.roost().engine().accounts().find("@ada").state()).isInstanceOf(AccountState.Active.class);
        }
    }

    private static Locator generation(Person person) {
        return person.page().locator("dt:has-text('Generation') + dd");
    }
}
