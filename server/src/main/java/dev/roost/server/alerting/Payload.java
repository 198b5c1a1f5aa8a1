package dev.roost.server.alerting;

import dev.roost.core.alerting.Alert;
import dev.roost.core.alerting.AlertText;
import dev.roost.core.alerting.WebhookFormat;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a webhook is told. The same alert is the same bytes each time it is sent.
 *
 * @param dashboard the public origin of Roost, for links to its pages; empty when it has none
 */
public record Payload(Optional<URI> dashboard) {
    private static final int LONGEST_SLACK_TEXT = 2900;

    /** Returns the body. */
    byte[] of(Alert alert, WebhookFormat format) {
        Map<String, Object> document =
                switch (format) {
                    case STANDARD -> standard(alert);
                    case SLACK -> slack(alert);
                };
        return JsonMapper.shared().writeValueAsString(document).getBytes(StandardCharsets.UTF_8);
    }

    private Map<String, Object> standard(Alert alert) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("type", alert.type().word());
        document.put("timestamp", alert.at().toString());
        document.put("data", data(alert));
        return document;
    }

    private Map<String, Object> data(Alert alert) {
        AlertText text = AlertText.of(alert);
        Map<String, Object> data = new LinkedHashMap<>();
        alert.about().ifPresent(about -> {
            data.put("account", about.account().value());
            data.put("username", about.username());
            data.put("generation", about.generation());
        });
        if (!alert.app().isEmpty()) {
            data.put("app", alert.app());
        }
        data.put("node", alert.node());
        alert.cause().ifPresent(cause -> data.put("cause", cause));
        data.put("summary", text.summary());
        text.action().ifPresent(action -> data.put("action", action));
        data.put("runbook", alert.type().runbook());
        page(alert).ifPresent(page -> data.put("dashboard", page));
        if (!alert.ends().isEmpty()) {
            data.put("ends", alert.ends().stream().map(Payload::ended).toList());
        }
        return data;
    }

    private static Map<String, Object> ended(Alert.Ended ended) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("type", ended.type().word());
        members.put("id", ended.id());
        return members;
    }

    private Optional<String> page(Alert alert) {
        return dashboard.map(origin -> origin
                + alert.about()
                        .map(about -> "/dashboard/accounts/" + about.account())
                        .orElse("/dashboard"));
    }

    /** A message of Slack: the text is for notifications, the blocks are what people see. */
    private Map<String, Object> slack(Alert alert) {
        AlertText text = AlertText.of(alert);
        String heading = "*" + alert.type().word() + "*\n" + escaped(text.summary());
        String body =
                heading + text.action().map(action -> "\n" + escaped(action)).orElse("");
        String links = "In Roost's folder: `" + alert.type().runbook() + "`"
                + page(alert).map(page -> " · <" + page + "|Dashboard>").orElse("");
        String foot = links + " · " + escaped(alert.node()) + " · " + alert.at();
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("text", cut(alert.type().word() + ": " + escaped(text.summary())));
        document.put(
                "blocks",
                List.of(
                        Map.of("type", "section", "text", markdown(cut(body))),
                        Map.of("type", "context", "elements", List.of(markdown(cut(foot))))));
        return document;
    }

    private static Map<String, String> markdown(String text) {
        Map<String, String> members = new LinkedHashMap<>();
        members.put("type", "mrkdwn");
        members.put("text", text);
        return members;
    }

    /** Slack takes these three for its own signs. */
    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_SLACK_TEXT ? text : text.substring(0, LONGEST_SLACK_TEXT) + "…";
    }
}
