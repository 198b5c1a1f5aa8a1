package dev.roost.proof.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Somebody at a browser of their own, with cookies of their own. Closing it asserts that nothing was amiss all the time. */
final class Person implements AutoCloseable {
    private static final Path PICTURES = Path.of("target", "screenshots");
    private static final List<String> RULES =
            List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice");

    private final BrowserContext context;
    private final Page page;
    private final Watch watch;
    private final URI home;

    /**
     * Opens a window.
     *
     * @param home where Roost is
     * @param elsewhere where pages of Roost may send the person, such as the simulated X
     */
    Person(Browser browser, URI home, URI... elsewhere) {
        this.home = home;
        context = browser.newContext(new Browser.NewContextOptions()
                .setViewportSize(Look.USUAL.width(), Look.USUAL.height())
                .setColorScheme(Look.USUAL.colors())
                .setLocale("en-GB"));
        context.setDefaultTimeout(60_000);
        Set<String> origins = Stream.concat(Stream.of(home), Stream.of(elsewhere))
                .map(uri -> uri.resolve("/").toString())
                .collect(Collectors.toUnmodifiableSet());
        watch = new Watch(context, home.resolve("/").toString(), origins);
        page = context.newPage();
    }

    Page page() {
        return page;
    }

    BrowserContext context() {
        return context;
    }

    Watch watch() {
        return watch;
    }

    /** Opens an address of Roost and returns when its page is loaded. */
    Page open(String path) {
        page.navigate(home.resolve(path).toString());
        return page;
    }

    /** Signs in to the dashboard. */
    void signIn(String key) {
        open("/dashboard");
        submitKey(key);
        assertThat(page).hasURL(Pattern.compile(".*/dashboard$"));
    }

    /** Fills in the form for keys and sends it. */
    void submitKey(String key) {
        page.getByLabel("API key").fill(key);
        press("Sign in");
    }

    /** Presses the button of this name. */
    void press(String name) {
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName(name).setExact(true))
                .click();
    }

    /** Follows the link of this name. */
    void follow(String name) {
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true))
                .first()
                .click();
    }

    /** Agrees on the page of the simulated X, signed in there as this user. */
    void agreeAtX(String userId) {
        page.getByLabel("Signed in as").selectOption(userId);
        press("Authorize app");
    }

    /** Looks from now on like this. */
    void look(Look look) {
        page.setViewportSize(look.width(), look.height());
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(look.colors()));
    }

    /**
     * Judges the present page in all looks and takes a picture of each: no side scrolling, no violation that axe finds.
     *
     * @param name of the pictures
     */
    void judge(String name) {
        for (Look look : Look.all()) {
            look(look);
            assertFits(name + " " + look.suffix());
            if (look.isWorthJudging()) {
                assertAccessible(name + " " + look.suffix());
            }
            picture(name, look);
        }
        look(Look.USUAL);
    }

    /** Takes pictures of the present page in all looks, without judging it for more than its width. */
    void photograph(String name) {
        for (Look look : Look.all()) {
            look(look);
            assertFits(name + " " + look.suffix());
            picture(name, look);
        }
        look(Look.USUAL);
    }

    private void picture(String name, Look look) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(PICTURES.resolve(name + "-" + look.suffix() + ".png"))
                .setFullPage(true));
    }

    /** Asserts that nobody has to scroll sideways. */
    void assertFits(String what) {
        Object wide = page.evaluate("""
                () => [...document.querySelectorAll('body *')]
                    .filter(one => document.documentElement.scrollWidth > document.documentElement.clientWidth
                        && one.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
                    .slice(0, 5).map(one => one.outerHTML.slice(0, 120))
                    .concat(document.documentElement.scrollWidth > document.documentElement.clientWidth
                        ? [document.documentElement.scrollWidth + ' > ' + document.documentElement.clientWidth] : [])
                """);
        assertThat((List<?>) wide).as(what + " scrolls sideways because of").isEmpty();
    }

    /** Asserts that axe-core finds nothing, by the rules of WCAG A and AA and its own best practices. */
    void assertAccessible(String what) {
        List<Rule> violations = new AxeBuilder(page)
                .withTags(RULES)
                .setLegacyMode(true)
                .analyze()
                .getViolations();
        String readable = violations.stream()
                .map(rule -> rule.getId() + ": " + rule.getHelp() + "\n"
                        + rule.getNodes().stream()
                                .limit(5)
                                .map(node -> "    " + node.getTarget() + " " + node.getHtml() + "\n      "
                                        + String.valueOf(node.getFailureSummary())
                                                .replace("\n", "\n      "))
                                .collect(Collectors.joining("\n")))
                .collect(Collectors.joining("\n"));
        assertThat(violations.size()).as(what + "\n" + readable).isZero();
    }

    /** Asserts that no console, no policy and no layout has complained on this page or before it. */
    void assertQuiet() {
        assertThat(watch.complaints(page)).as("complaints at " + page.url()).isEmpty();
    }

    /** Returns all that is in the browser and that it can fetch: page, files, cookies, storage. */
    String everything() {
        Object kept = page.evaluate(
                "() => JSON.stringify([{...sessionStorage}, {...localStorage}, document.cookie, location.href])");
        return String.join(
                "\n",
                watch.fetchAgain(context.request()),
                page.content(),
                context.storageState(),
                String.valueOf(kept));
    }

    /** Waits until the page shows this text. */
    void sees(String text) {
        assertThat(page.getByText(text).first()).isVisible();
    }

    @Override
    public void close() {
        try {
            assertQuiet();
        } finally {
            context.close();
        }
    }
}
