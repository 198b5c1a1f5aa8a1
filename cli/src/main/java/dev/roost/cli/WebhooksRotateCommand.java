package dev.roost.cli;

import dev.roost.core.Secret;
import dev.roost.core.alerting.Webhooks;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Gives a webhook a new secret and prints it. */
@Command(name = "rotate", description = "Give a webhook a new secret and print it, this once.")
final class WebhooksRotateCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final Output output = new Output();

    @Parameters(paramLabel = "ID", description = "The id that roost webhooks list shows.")
    private String id = "";

    @Option(
            names = "--overlap",
            paramLabel = "TIME",
            defaultValue = "PT24H",
            description = "How long the old secret signs as well: an ISO 8601 duration up to P30D; PT24H unless said.")
    private String overlap = "";

    WebhooksRotateCommand(Session session) {
        this.session = session;
    }

    /** What {@code --json} prints. */
    private record View(String webhook, String secret, String overlap) {}

    @Override
    public Integer call() {
        String known = WebhookDesk.id(id);
        return WebhookDesk.with(session, webhooks -> rotate(webhooks, known));
    }

    private int rotate(Webhooks webhooks, String known) {
        Duration length = length();
        Secret secret = fresh(webhooks, known, length);
        output.print(session.out(), new View(known, secret.expose(), length.toString()), secret.expose());
        output.remark(
                session.err(),
                Wrap.plain("This secret of " + known + " is shown this once only. "
                        + (length.isZero()
                                ? "The old one signs no more."
                                : "The old one signs as well for " + Times.span(length) + ".")));
        return ExitCode.OK;
    }

    private static Secret fresh(Webhooks webhooks, String known, Duration length) {
        try {
            return webhooks.rotate(known, length).orElseThrow(() -> WebhookDesk.unknown(known));
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.SETTINGS, "usage", String.valueOf(e.getMessage()));
        }
    }

    private Duration length() {
        try {
            return Duration.parse(overlap);
        } catch (DateTimeParseException e) {
            throw new CommandFailure(
                    ExitCode.SETTINGS,
                    "usage",
                    "--overlap is \"" + overlap + "\"; allowed: an ISO 8601 duration from PT0S to P30D, such as PT24H");
        }
    }
}
