package dev.roost.cli;

import dev.roost.core.AccountId;
import dev.roost.core.alerting.Alert;
import dev.roost.core.alerting.DeadLetter;
import dev.roost.core.alerting.Webhooks;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists deliveries that were given up. */
@Command(name = "failed", description = "List what could not be delivered and was given up, the newest first.")
final class WebhooksFailedCommand implements Callable<Integer> {
    private static final int MOST = 200;

    private final Session session;

    @Mixin
    private final Output output = new Output();

    @Option(names = "--webhook", paramLabel = "ID", description = "Of this webhook only.")
    private Optional<String> webhook = Optional.empty();

    WebhooksFailedCommand(Session session) {
        this.session = session;
    }

    /** What {@code --json} prints of each. */
    private record View(
            long id,
            String webhook,
            String type,
            Instant at,
            Optional<String> account,
            int attempts,
            Instant deadAt,
            String error) {
        static View of(DeadLetter letter) {
            Alert alert = letter.alert();
            return new View(
                    letter.id(),
                    letter.webhook(),
                    alert.type().word(),
                    alert.at(),
                    alert.about().map(Alert.About::account).map(AccountId::value),
                    letter.attempts(),
                    letter.deadAt(),
                    letter.error());
        }

        String text() {
            String number = id + "  ";
            String first =
                    type + " of " + Times.exact(at) + account.map(a -> ", " + a).orElse("");
            String second = "to " + webhook + ", " + attempts + " attempts until " + Times.exact(deadAt) + ": " + error;
            return Wrap.hanging(number, first, number.length())
                    + System.lineSeparator()
                    + Wrap.hanging(" ".repeat(number.length()), second, number.length());
        }
    }

    @Override
    public Integer call() {
        webhook.ifPresent(WebhookDesk::id);
        return WebhookDesk.with(session, this::list);
    }

    private int list(Webhooks webhooks) {
        List<View> letters = webhooks.failed(webhook, OptionalLong.empty(), MOST).stream()
                .map(View::of)
                .toList();
        output.print(
                session.out(),
                letters,
                letters.isEmpty()
                        ? "Nothing was given up."
                        : letters.stream().map(View::text).collect(Collectors.joining(System.lineSeparator())));
        return ExitCode.OK;
    }
}
