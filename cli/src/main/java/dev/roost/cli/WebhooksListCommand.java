package dev.roost.cli;

import dev.roost.core.alerting.Webhooks;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the webhooks. */
@Command(name = "list", description = "List where alerts are sent and how that fares. Shows no secret.")
final class WebhooksListCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final Output output = new Output();

    WebhooksListCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return WebhookDesk.with(session, this::list);
    }

    private int list(Webhooks webhooks) {
        List<WebhookView> all = webhooks.all().stream().map(WebhookView::of).toList();
        output.print(
                session.out(),
                all,
                all.isEmpty()
                        ? "Alerts are sent nowhere. Add a webhook: roost webhooks add --help"
                        : all.stream().map(WebhookView::text).collect(Collectors.joining(System.lineSeparator())));
        return ExitCode.OK;
    }
}
