package dev.roost.server.dashboard.alerts;

import dev.roost.core.access.KeyScope;
import dev.roost.core.alerting.Webhook;
import dev.roost.core.alerting.Webhooks;
import dev.roost.server.dashboard.frame.PageErrors;
import dev.roost.server.dashboard.frame.Pages;
import dev.roost.server.dashboard.frame.Shell;
import dev.roost.server.http.Call;
import dev.roost.server.http.Endpoint;
import dev.roost.server.http.Problem;
import dev.roost.server.http.ProblemException;
import dev.roost.server.http.Reply;
import dev.roost.server.http.Route;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Webhooks, how they fare, and what was given up. Making one, and giving it a new secret, is for the terminal: no page ever
 * shows a secret.
 */
public final class AlertsPage {
    private static final String PATH = "/dashboard/webhooks";
    private static final String WEBHOOK = PATH + "/{webhook}";
    private static final int LETTERS = 50;

    private final Pages pages;
    private final Webhooks webhooks;
    private final InstantSource clock;

    /** Shows these. */
    public AlertsPage(Pages pages, Webhooks webhooks, InstantSource clock) {
        this.pages = pages;
        this.webhooks = webhooks;
        this.clock = clock;
    }

    /** What has just been done, as an address says it: no other text gets onto the page that way. */
    private enum Done {
        TESTED("A test is on its way. How it went shows here in a few seconds."),
        ENABLED("In use again."),
        REMOVED("Removed, and its deliveries with it."),
        RETRIED("Sent again. What fails once more comes back here.");

        private final String text;

        Done(String text) {
            this.text = text;
        }

        private String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** Returns the routes. */
    public List<Route> routes(PageErrors errors) {
        return List.of(
                route(errors, "GET", PATH, "dashboard.webhooks", this::answer),
                route(errors, "POST", WEBHOOK + "/test", "webhooks.test", this::test),
                route(errors, "POST", WEBHOOK + "/enable", "webhooks.enable", this::enable),
                route(errors, "GET", WEBHOOK + "/remove", "dashboard.remove_webhook", this::askRemove),
                route(errors, "POST", WEBHOOK + "/remove", "webhooks.delete", this::remove),
                route(errors, "POST", PATH + "/letters/{letter}", "dead_letters.retry", this::retry),
                route(errors, "POST", PATH + "/letters", "dead_letters.retry_all", this::retryAll));
    }

    private static Route route(PageErrors errors, String method, String path, String operation, Endpoint endpoint) {
        return Route.browser(method, path, operation, Set.of(KeyScope.ADMIN), errors, endpoint);
    }

    private Reply answer(Call call) {
        AlertsView view = new AlertsView(
                webhooks.all(), webhooks.failed(Optional.empty(), OptionalLong.empty(), LETTERS), clock.instant());
        String csrf = call.session().csrf().expose();
        Reply reply = call.header("HX-Request").isPresent()
                ? pages.part("alerts/part.jte", Map.of("view", view, "csrf", csrf))
                : pages.page(
                        call,
                        Shell.Section.ALERTS,
                        "Alerts",
                        "alerts/page.jte",
                        Map.of("view", view, "notice", notice(call)));
        return reply.with("Vary", "HX-Request");
    }

    private static Optional<String> notice(Call call) {
        return call.query("done")
                .flatMap(word -> Arrays.stream(Done.values())
                        .filter(done -> done.word().equals(word))
                        .map(done -> done.text)
                        .findFirst());
    }

    private Reply test(Call call) {
        return webhooks.test(call.value("webhook"))
                .map(sent -> goTo(Done.TESTED))
                .orElseThrow(AlertsPage::unknown);
    }

    private Reply enable(Call call) {
        return done(webhooks.enable(call.value("webhook")), Done.ENABLED);
    }

    private Reply askRemove(Call call) {
        Webhook webhook = webhooks.find(call.value("webhook")).orElseThrow(AlertsPage::unknown);
        return pages.page(
                call, Shell.Section.ALERTS, "Remove a webhook", "alerts/remove.jte", Map.of("webhook", webhook));
    }

    private Reply remove(Call call) {
        return done(webhooks.delete(call.value("webhook")), Done.REMOVED);
    }

    private Reply retry(Call call) {
        String letter = call.value("letter");
        return done(letter.matches("[0-9]{1,18}") && webhooks.retry(Long.parseLong(letter)), Done.RETRIED);
    }

    private Reply retryAll(Call call) {
        webhooks.retryAll(Optional.empty());
        return goTo(Done.RETRIED);
    }

    private static Reply done(boolean found, Done done) {
        if (!found) {
            throw unknown();
        }
        return goTo(done);
    }

    private static Reply goTo(Done done) {
        return Pages.goTo(PATH + "?done=" + done.word());
    }

    private static ProblemException unknown() {
        return new ProblemException(Problem.lasting(
                404,
                "webhook_not_found",
                "there is no such webhook or delivery any more; the list shows those there are"));
    }
}
