package dev.roost.cli.settings;

import static dev.roost.cli.settings.Setting.*;

import dev.roost.core.alerting.WebhookTargets;
import java.net.URI;
import java.time.Duration;
import java.util.Set;

/**
 * The settings of the HTTP API, and of what it sends by itself.
 *
 * @param origins web origins whose pages may use it
 * @param returnUrls where people may be sent after a sign-in
 * @param truthfulStatus whether errors of {@code /mcp/execute} have the status that fits, rather than always 400
 * @param replayWindow how long a caller's own refresh gets the same answer again
 * @param webhookTargets where webhooks may go
 */
public record HttpSettings(
        Set<String> origins,
        Set<URI> returnUrls,
        boolean truthfulStatus,
        Duration replayWindow,
        WebhookTargets webhookTargets) {
    private static final Duration REPLAY_WINDOW = Duration.ofMinutes(2);

    /** Copies the sets. */
    public HttpSettings {
        origins = Set.copyOf(origins);
        returnUrls = Set.copyOf(returnUrls);
    }

    static HttpSettings read(Values values) {
        return new HttpSettings(
                values.read(ROOST_ALLOWED_ORIGINS, Set.of(), Allowed::origins),
                values.read(ROOST_RETURN_URLS, Set.of(), Allowed::returnUrls),
                values.read(ROOST_EXECUTE_STATUS, false, Allowed::truthful),
                values.read(ROOST_REPLAY_WINDOW, REPLAY_WINDOW, Allowed::replayWindow),
                values.read(ROOST_WEBHOOKS_ALLOW, WebhookTargets.PUBLIC, Allowed::webhookTargets));
    }
}
