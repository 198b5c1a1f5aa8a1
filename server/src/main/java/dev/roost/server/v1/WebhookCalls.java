package dev.roost.server.v1;

import dev.roost.core.Secret;
import dev.roost.core.alerting.AlertType;
import dev.roost.core.alerting.Webhook;
import dev.roost.core.alerting.WebhookFormat;
import dev.roost.core.alerting.Webhooks;
import dev.roost.server.http.Call;
import dev.roost.server.http.Members;
import dev.roost.server.http.Parameters;
import dev.roost.server.http.Problem;
import dev.roost.server.http.ProblemException;
import dev.roost.server.http.Reply;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** What can be done with webhooks, for keys with the scope {@code admin}. */
record WebhookCalls(Webhooks webhooks) {
    private static final int LONGEST_URL = 2000;
    private static final int LONGEST_DESCRIPTION = 100;
    private static final int MOST_ROWS = 200;
    private static final int USUAL_ROWS = 50;
    private static final String ID = "wh_[0-9a-z]{12}";
    private static final String ID_ALLOWED = "the id of a webhook";
    private static final int MOST_OVERLAP = 30 * 24 * 3600;

    private record CreatedJson(WebhookJson webhook, String secret) {}

    private record SecretJson(String secret, int overlapSeconds) {}

    Reply list(Call call) {
        ready(call);
        return Reply.json(
                200, Map.of("data", webhooks.all().stream().map(WebhookJson::of).toList()));
    }

    Reply create(Call call) {
        ready(call);
        Members members = Members.of(call.json(), "url", "types", "format", "description");
        String url = members.text("url", LONGEST_URL)
                .orElseThrow(() -> ProblemException.invalid("\"url\" is missing; allowed: an https address"));
        try {
            Webhooks.Created created = webhooks.create(
                    url,
                    types(members),
                    WebhookFormat.parse(
                            members.text("format", LONGEST_DESCRIPTION).orElse("standard")),
                    members.text("description", LONGEST_DESCRIPTION).orElse(""));
            return Reply.json(
                            201,
                            new CreatedJson(
                                    WebhookJson.of(created.webhook()),
                                    created.secret().expose()))
                    .with("Location", "/v1/webhooks/" + created.webhook().id())
                    .with("Cache-Control", "no-store");
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid(String.valueOf(e.getMessage()));
        }
    }

    private static Set<AlertType> types(Members members) {
        Set<AlertType> types = new LinkedHashSet<>();
        members.texts("types", "[a-z._]{1,40}", "a list of: " + AlertType.words())
                .orElse(List.of())
                .forEach(word -> types.add(AlertType.parse(word)));
        return types;
    }

    Reply read(Call call) {
        ready(call);
        return Reply.json(200, WebhookJson.of(found(call)));
    }

    Reply delete(Call call) {
        ready(call);
        if (!webhooks.delete(call.value("webhook"))) {
            throw unknown();
        }
        return Reply.empty(204);
    }

    Reply rotate(Call call) {
        ready(call);
        long overlap = seconds(Members.of(call.jsonOrEmpty(), "overlapSeconds", "atOnce"));
        Secret secret = webhooks.rotate(call.value("webhook"), Duration.ofSeconds(overlap))
                .orElseThrow(WebhookCalls::unknown);
        return Reply.json(200, new SecretJson(secret.expose(), (int) overlap)).with("Cache-Control", "no-store");
    }

    private static long seconds(Members members) {
        OptionalLong wanted = members.number("overlapSeconds");
        boolean atOnce = members.flag("atOnce");
        if (wanted.orElse(1) > MOST_OVERLAP || (atOnce && wanted.isPresent())) {
            throw ProblemException.invalid("\"overlapSeconds\" is not allowed; allowed: 1 to " + MOST_OVERLAP
                    + ", or \"atOnce\" instead of it");
        }
        return atOnce ? 0 : wanted.orElse(Webhooks.OVERLAP.toSeconds());
    }

    Reply enable(Call call) {
        ready(call);
        if (!webhooks.enable(call.value("webhook"))) {
            throw unknown();
        }
        return Reply.json(200, WebhookJson.of(found(call)));
    }

    Reply test(Call call) {
        ready(call);
        String alert = webhooks.test(call.value("webhook")).orElseThrow(WebhookCalls::unknown);
        return Reply.json(202, Map.of("alert", alert));
    }

    Reply failed(Call call) {
        requireAll(call);
        Parameters parameters = Parameters.of(call, "webhook", "before", "limit");
        Optional<String> webhook = parameters.text("webhook", ID, ID_ALLOWED);
        Optional<String> before = parameters.text("before", "[0-9]{1,18}", "the id of a dead letter");
        int limit = parameters.number("limit", 1, MOST_ROWS, USUAL_ROWS);
        OptionalLong from =
                before.map(text -> OptionalLong.of(Long.parseLong(text))).orElseGet(OptionalLong::empty);
        return Reply.json(
                200,
                Map.of(
                        "data",
                        webhooks.failed(webhook, from, limit).stream()
                                .map(WebhookJson.DeadJson::of)
                                .toList()));
    }

    Reply retry(Call call) {
        ready(call);
        String id = call.value("letter");
        if (!id.matches("[0-9]{1,18}") || !webhooks.retry(Long.parseLong(id))) {
            throw new ProblemException(Problem.lasting(
                    404,
                    "dead_letter_not_found",
                    "there is no such dead letter, or its webhook is disabled; see GET /v1/dead-letters"));
        }
        return Reply.json(202, Map.of("retried", 1));
    }

    Reply retryAll(Call call) {
        ready(call);
        Optional<String> webhook = Members.of(call.jsonOrEmpty(), "webhook").text("webhook", ID, ID_ALLOWED);
        return Reply.json(202, Map.of("retried", webhooks.retryAll(webhook)));
    }

    private static void ready(Call call) {
        requireAll(call);
        Parameters.of(call);
    }

    private static void requireAll(Call call) {
        Coverage.requireAll(call.caller(), "is about alerts of all accounts");
    }

    private Webhook found(Call call) {
        return webhooks.find(call.value("webhook")).orElseThrow(WebhookCalls::unknown);
    }

    private static ProblemException unknown() {
        return new ProblemException(
                Problem.lasting(404, "webhook_not_found", "there is no such webhook; see GET /v1/webhooks"));
    }
}
