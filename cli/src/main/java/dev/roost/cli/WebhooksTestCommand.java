package dev.roost.cli;

import dev.roost.core.alerting.Webhooks;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Sends a test to a webhook. */
@Command(name = "test", description = "Have a running server send a test, also to a webhook that is disabled.")
final class WebhooksTestCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final Output output = new Output();

    @Parameters(paramLabel = "ID", description = "The id that roost webhooks list shows.")
    private String id = "";

    WebhooksTestCommand(Session session) {
        this.session = session;
    }

    /** What {@code --json} prints. */
    private record View(String status, String webhook, String alert) {}

    @Override
    public Integer call() {
        String known = WebhookDesk.id(id);
        return WebhookDesk.with(session, webhooks -> test(webhooks, known));
    }

    private int test(Webhooks webhooks, String known) {
        String alert = webhooks.test(known).orElseThrow(() -> WebhookDesk.unknown(known));
        output.print(
                session.out(),
                new View("waiting", known, alert),
                Wrap.plain("The test waits to be sent, which a running server does within a second. How it went:"
                        + " roost webhooks list"));
        return ExitCode.OK;
    }
}
