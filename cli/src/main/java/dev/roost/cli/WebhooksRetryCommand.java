package dev.roost.cli;

import dev.roost.core.alerting.Webhooks;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sends again what was given up. */
@Command(name = "retry", description = "Have a running server send again what was given up.")
final class WebhooksRetryCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final Output output = new Output();

    @ArgGroup(multiplicity = "1")
    private Choice choice = new Choice();

    WebhooksRetryCommand(Session session) {
        this.session = session;
    }

    /** One of these. */
    static final class Choice {
        @Parameters(paramLabel = "NUMBER", description = "The number that roost webhooks failed shows.")
        private Optional<Long> number = Optional.empty();

        @Option(names = "--webhook", paramLabel = "ID", description = "All of this webhook.")
        private Optional<String> webhook = Optional.empty();

        @Option(names = "--all", description = "All of all webhooks.")
        private boolean all;
    }

    /** What {@code --json} prints. */
    private record View(int retried) {}

    @Override
    public Integer call() {
        choice.webhook.ifPresent(WebhookDesk::id);
        return WebhookDesk.with(session, this::retry);
    }

    private int retry(Webhooks webhooks) {
        int retried = choice.number.map(number -> one(webhooks, number)).orElseGet(() -> all(webhooks));
        output.print(
                session.out(),
                new View(retried),
                retried == 0
                        ? Wrap.plain("Nothing is sent again: nothing was given up, or the webhook is disabled"
                                + " (roost webhooks enable).")
                        : retried + " sent again by a running server within a second.");
        return ExitCode.OK;
    }

    private int all(Webhooks webhooks) {
        return webhooks.retryAll(choice.all ? Optional.empty() : choice.webhook);
    }

    private static int one(Webhooks webhooks, long number) {
        if (!webhooks.retry(number)) {
            throw new CommandFailure(
                    ExitCode.NOT_FOUND,
                    "dead_letter_not_found",
                    "nothing with the number " + number
                            + " was given up, or its webhook is disabled; see: roost webhooks failed");
        }
        return 1;
    }
}
