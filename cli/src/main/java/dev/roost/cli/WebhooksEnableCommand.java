package dev.roost.cli;

import dev.roost.core.alerting.Webhooks;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Takes a webhook into use again. */
@Command(name = "enable", description = "Take a webhook into use again that was disabled.")
final class WebhooksEnableCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final Output output = new Output();

    @Parameters(paramLabel = "ID", description = "The id that roost webhooks list shows.")
    private String id = "";

    WebhooksEnableCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        String known = WebhookDesk.id(id);
        return WebhookDesk.with(session, webhooks -> enable(webhooks, known));
    }

    private int enable(Webhooks webhooks, String known) {
        if (!webhooks.enable(known)) {
            throw WebhookDesk.unknown(known);
        }
        WebhookView view = WebhookView.of(webhooks.find(known).orElseThrow(() -> WebhookDesk.unknown(known)));
        output.print(
                session.out(),
                view,
                Wrap.plain("The webhook " + known + " is in use."
                        + (view.dead() > 0 ? " Send again what was given up: roost webhooks retry --all" : "")));
        return ExitCode.OK;
    }
}
