package dev.roost.cli;

import dev.roost.cli.wiring.Roost;
import dev.roost.core.Account;
import dev.roost.core.AccountEvent;
import dev.roost.core.AccountState;
import dev.roost.core.journal.LoggedEvent;
import dev.roost.core.journal.Story;
import dev.roost.core.journal.Told;
import dev.roost.server.v1.EventJson;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Tells the story of one account. */
@Command(
        name = "explain",
        description = "Tell what happened to an account, why Roost concluded it, and what to do. Newest last.")
final class ExplainCommand implements Callable<Integer> {
    private static final int MOST = 1000;
    private static final int INDENT = 2;
    private static final int SHORT_FINGERPRINT = 12;

    private final Session session;

    @Mixin
    private final Output output = new Output();

    @Mixin
    private final AccountName name = new AccountName();

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "20",
            description = "How many of the newest entries, 1 to " + MOST + "; without it: 20.")
    private int limit;

    ExplainCommand(Session session) {
        this.session = session;
    }

    /** What {@code --json} prints. */
    private record View(AccountView account, List<EventJson> events, String next) {}

    @Override
    public Integer call() {
        if (limit < 1 || limit > MOST) {
            throw new CommandFailure(ExitCode.SETTINGS, "usage", "--limit is " + limit + "; allowed: 1 to " + MOST);
        }
        return session.withRoost(this::explain);
    }

    private int explain(Roost roost) {
        Account account = roost.engine().accounts().find(name.text());
        List<LoggedEvent> log = roost.vault()
                .store()
                .events()
                .newest(account.id(), OptionalLong.empty(), limit)
                .reversed();
        String next = next(account, log, roost.vault().clock().instant());
        View view = new View(
                AccountView.of(account), log.stream().map(EventJson::of).toList(), next);
        output.print(session.out(), view, text(account, log, next));
        return ExitCode.OK;
    }

    /** A lost account has the advice of the entry that tells of the loss. */
    private static String next(Account account, List<LoggedEvent> log, Instant now) {
        Optional<String> advice = Optional.of(account)
                .filter(lost -> lost.state() instanceof AccountState.NeedsReauthorization)
                .flatMap(lost -> log.reversed().stream()
                        .filter(entry -> entry.event().kind() == AccountEvent.Kind.REFUSED)
                        .findFirst())
                .flatMap(entry -> Story.tell(entry).advice());
        return advice.orElseGet(() -> AccountText.next(account.state(), now));
    }

    private static String text(Account account, List<LoggedEvent> log, String next) {
        String head = "@" + account.user().username() + " (" + account.id() + "): " + AccountView.words(account.state())
                + ". What happened, newest last:";
        return Stream.of(
                        Stream.of(Wrap.plain(head)),
                        log.stream().map(ExplainCommand::entry),
                        Stream.of(Wrap.hanging("Next: ", next, INDENT)))
                .flatMap(lines -> lines)
                .collect(Collectors.joining(System.lineSeparator() + System.lineSeparator()));
    }

    private static String entry(LoggedEvent entry) {
        Told told = Story.tell(entry);
        AccountEvent event = entry.event();
        String where = "generation " + event.generation() + ", node " + event.node()
                + entry.fingerprint()
                        .map(fingerprint -> ", token " + fingerprint.substring(0, SHORT_FINGERPRINT))
                        .orElse("")
                + (entry.isChained() ? ", entry " + entry.sequence() : ", not in the chain");
        return Stream.of(
                        Stream.of(Wrap.hanging(Times.exact(event.at()) + "  ", told.headline(), INDENT)),
                        Stream.of(indented(where), indented(told.because())),
                        told.advice().map(advice -> indented("To do: " + advice)).stream())
                .flatMap(lines -> lines)
                .collect(Collectors.joining(System.lineSeparator()));
    }

    private static String indented(String text) {
        return Wrap.hanging(" ".repeat(INDENT), text, INDENT);
    }
}
