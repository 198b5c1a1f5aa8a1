package dev.roost.proof.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Debian's Chromium without a window: one process for all tests. A test gets the browser as a parameter. */
final class Chromium implements ParameterResolver {
    private static final Path PROGRAM =
            Path.of(System.getenv().getOrDefault("ROOST_TEST_CHROMIUM", "/usr/bin/chromium"));
    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(Chromium.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        return parameter.getParameter().getType() == Browser.class;
    }

    @Override
    public Browser resolveParameter(ParameterContext parameter, ExtensionContext test) {
        return test.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(Running.class, missing -> Running.start(), Running.class)
                .browser();
    }

    /** A browser that JUnit closes after the last test. */
    private record Running(Playwright playwright, Browser browser) implements AutoCloseable {
        static Running start() {
            if (!Files.isExecutable(PROGRAM)) {
                throw new AssertionError(PROGRAM + " is missing, and the tests of the dashboard need it:"
                        + " apt-get install chromium, or say in ROOST_TEST_CHROMIUM where it is");
            }
            // Conditions are waited for as long as a busy machine may need; one that holds costs nothing.
            PlaywrightAssertions.setDefaultAssertionTimeout(60_000);
            Playwright playwright = Playwright.create(
                    new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
            Browser browser = playwright
                    .chromium()
                    .launch(new BrowserType.LaunchOptions()
                            .setExecutablePath(PROGRAM)
                            .setArgs(List.of("--no-sandbox", "--disable-gpu", "--force-color-profile=srgb")));
            return new Running(playwright, browser);
        }

        @Override
        public void close() {
            browser.close();
            playwright.close();
        }
    }
}
