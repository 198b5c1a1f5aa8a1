package dev.roost.cli;

import dev.roost.core.alerting.Webhooks;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Removes a webhook. */
@Command(name = "remove", description = "Remove a webhook with all that waits for it and all that was given up.")
final class WebhooksRemoveCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final Output output = new Output();

    @Parameters(paramLabel = "ID", description = "The id that roost webhooks list shows.")
    private String id = "";

    WebhooksRemoveCommand(Session session) {
        this.session = session;
    }

    /** What {@code --json} prints. */
    private record View(String status, String webhook) {}

    @Override
    public Integer call() {
        String known = WebhookDesk.id(id);
        return WebhookDesk.with(session, webhooks -> remove(webhooks, known));
    }

    private int remove(Webhooks webhooks, String known) {
        if (!webhooks.delete(known)) {
            throw WebhookDesk.unknown(known);
        }
        output.print(session.out(), new View("removed", known), "The webhook " + known + " is removed.");
        return ExitCode.OK;
    }
}
