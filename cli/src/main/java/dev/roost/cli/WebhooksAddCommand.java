package dev.roost.cli;

import dev.roost.core.alerting.AlertType;
import dev.roost.core.alerting.WebhookFormat;
import dev.roost.core.alerting.Webhooks;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Adds a webhook and prints its secret, which nothing can do later. */
@Command(
        name = "add",
        description = {
            "Add an address that alerts are sent to, and print the secret that they are signed with, this once.",
            "A running server takes it at once."
        })
final class WebhooksAddCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final Output output = new Output();

    @Parameters(
            paramLabel = "URL",
            description =
                    "Where to: https and public, or as ROOST_WEBHOOKS_ALLOW has it. - reads it from standard input,"
                            + " for arguments stand in process lists.")
    private String url = "";

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            split = ",",
            description = "What to send, such as grant.lost, separated by commas; without it: everything.")
    private List<String> types = List.of();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "standard",
            description = "standard (Standard Webhooks, the default) or slack.")
    private String format = "";

    @Option(
            names = "--description",
            paramLabel = "TEXT",
            defaultValue = "",
            description = "What people call it, at most 100 characters.")
    private String description = "";

    WebhooksAddCommand(Session session) {
        this.session = session;
    }

    /** What {@code --json} prints. */
    private record View(WebhookView webhook, String secret) {}

    @Override
    public Integer call() {
        return WebhookDesk.with(session, this::add);
    }

    private int add(Webhooks webhooks) {
        Webhooks.Created created = created(webhooks);
        output.print(
                session.out(),
                new View(WebhookView.of(created.webhook()), created.secret().expose()),
                created.secret().expose());
        output.remark(
                session.err(),
                Wrap.plain("This secret of " + created.webhook().id()
                        + " is shown this once only. See whether alerts arrive: roost webhooks test "
                        + created.webhook().id()));
        return ExitCode.OK;
    }

    private Webhooks.Created created(Webhooks webhooks) {
        try {
            Set<AlertType> wanted = new LinkedHashSet<>();
            types.forEach(type -> wanted.add(AlertType.parse(type.strip())));
            String address = url.equals("-")
                    ? new StandardInput(session.surroundings()).all().strip()
                    : url;
            return webhooks.create(address, wanted, WebhookFormat.parse(format), description);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(ExitCode.SETTINGS, "usage", String.valueOf(e.getMessage()));
        }
    }
}
