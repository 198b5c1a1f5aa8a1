package dev.roost.cli;

import dev.roost.cli.settings.Settings;
import dev.roost.cli.wiring.Alerting;
import dev.roost.cli.wiring.Vault;
import dev.roost.core.alerting.Webhook;
import dev.roost.core.alerting.Webhooks;
import java.util.function.ToIntFunction;

/** What the commands about webhooks share. They work on the store, whether a server runs or not. */
final class WebhookDesk {
    private WebhookDesk() {}

    static int with(Session session, ToIntFunction<Webhooks> work) {
        Settings settings = session.settings();
        return session.with(Vault.open(settings), vault -> work.applyAsInt(Alerting.webhooks(settings, vault)));
    }

    /** Refuses what has not the form of an id; it is not repeated, for it may be an address or a secret. */
    static String id(String text) {
        if (!Webhook.isId(text)) {
            throw new CommandFailure(
                    ExitCode.SETTINGS,
                    "usage",
                    "that is no id of a webhook; allowed: wh_ and 12 letters or digits, as roost webhooks list shows it");
        }
        return text;
    }

    static CommandFailure unknown(String id) {
        return new CommandFailure(
                ExitCode.NOT_FOUND, "webhook_not_found", "there is no webhook " + id + "; see: roost webhooks list");
    }
}
