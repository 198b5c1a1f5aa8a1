package dev.roost.server.v1;

import dev.roost.core.access.KeyScope;
import dev.roost.core.alerting.Webhooks;
import dev.roost.server.http.Endpoint;
import dev.roost.server.http.Route;
import java.util.List;

/** The operations about webhooks. */
public final class WebhookRoutes {
    private static final String WEBHOOKS = "/v1/webhooks";
    private static final String WEBHOOK = "/v1/webhooks/{webhook}";
    private static final String LETTERS = "/v1/dead-letters";

    private WebhookRoutes() {}

    /** Returns them all. */
    public static List<Route> of(Webhooks webhooks) {
        WebhookCalls calls = new WebhookCalls(webhooks);
        return List.of(
                admin("GET", WEBHOOKS, "webhooks.list", calls::list),
                admin("POST", WEBHOOKS, "webhooks.create", calls::create),
                admin("GET", WEBHOOK, "webhooks.read", calls::read),
                admin("DELETE", WEBHOOK, "webhooks.delete", calls::delete),
                admin("POST", WEBHOOK + "/secret", "webhooks.rotate", calls::rotate),
                admin("POST", WEBHOOK + "/enable", "webhooks.enable", calls::enable),
                admin("POST", WEBHOOK + "/test", "webhooks.test", calls::test),
                admin("GET", LETTERS, "dead_letters.list", calls::failed),
                admin("POST", LETTERS + "/retry", "dead_letters.retry_all", calls::retryAll),
                admin("POST", LETTERS + "/{letter}/retry", "dead_letters.retry", calls::retry));
    }

    private static Route admin(String method, String path, String operation, Endpoint endpoint) {
        return Route.keyed(method, path, operation, KeyScope.ADMIN, endpoint);
    }
}
