package dev.roost.proof.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.roost.core.SignInFlow;
import dev.roost.proof.serving.ServedRoost;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a person sees who was sent to X by a program, and comes back. */
@ExtendWith(Chromium.class)
final class SignedInPageTest {
    @TempDir
    private Path data;

    @Test
    void aPersonWhoAgreesIsToldSo(Browser browser) {
        try (ServedRoost served = ServedRoost.start(data, Map.of());
                Person ada = consent(served, browser)) {
            ada.page()
                    .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Authorize app"))
                    .click();
            ada.sees("Connected as @ada");
            ada.judge("connected");
        }
    }

    @Test
    void aPersonWhoSaysNoIsToldSo(Browser browser) {
        try (ServedRoost served = ServedRoost.start(data, Map.of());
                Person ada = consent(served, browser)) {
            ada.page()
                    .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Cancel"))
                    .click();
            ada.sees("Access was not granted");
            ada.judge("not-connected");
        }
    }

    private static Person consent(ServedRoost served, Browser browser) {
        served.x().addUser("1001", "ada");
        var settings = served.roost().settings();
        SignInFlow.Started started =
                served.roost().engine().signInFlow().start(settings.callbackUrl(), settings.scopes(), Optional.empty());
        Person ada = new Person(browser, served.address("/"), served.x().uri());
        ada.page().navigate(started.authorizationUrl().toString());
        return ada;
    }
}
