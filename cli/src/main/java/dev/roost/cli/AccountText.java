package dev.roost.cli;

import dev.roost.core.Account;
import dev.roost.core.AccountEvent;
import dev.roost.core.AccountState;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes accounts for people, 80 columns wide. */
final class AccountText {
    private static final String ROW = "%-24s  %-16s  %-13s  %s";
    private static final int LABEL = 15;

    private AccountText() {}

    static String table(List<Account> accounts, Instant now) {
        return Stream.concat(
                        Stream.of(ROW.formatted("ACCOUNT", "USER", "STATE", "TOKEN EXPIRES")),
                        accounts.stream().map(account -> row(account, now)))
                .collect(Collectors.joining(System.lineSeparator()));
    }

    static String page(Account account, List<AccountEvent> journal, Instant now) {
        return Stream.of(
                        head(account, now),
                        Stream.of("", "Journal, newest first:"),
                        journal.stream().map(AccountText::entry))
                .flatMap(lines -> lines)
                .collect(Collectors.joining(System.lineSeparator()));
    }

    private static String row(Account account, Instant now) {
        boolean gone = account.state() instanceof AccountState.Disconnected;
        return ROW.formatted(
                account.id(),
                "@" + account.user().username(),
                AccountView.words(account.state()),
                gone ? "deleted" : Times.seen(account.accessExpiresAt(), now));
    }

    private static Stream<String> head(Account account, Instant now) {
        AccountView view = AccountView.of(account);
        String token = "generation " + account.generation() + ", expires " + time(account.accessExpiresAt(), now);
        return Stream.of(
                        Stream.of(line("account", account.id() + "  " + account.user())),
                        Stream.of(line("state", AccountView.words(account.state()))),
                        view.cause().map(cause -> line("because", cause)).stream(),
                        Stream.of(line("next", next(account.state(), now))),
                        Stream.of(line("access token", token)),
                        Stream.of(line("scopes", account.scopes().toString())),
                        Stream.of(line("signed in", time(account.connectedAt(), now))),
                        Stream.of(line("rotated", time(account.rotatedAt(), now))))
                .flatMap(lines -> lines);
    }

    static String next(AccountState state, Instant now) {
        return switch (state) {
            case AccountState.Active active ->
                "nothing to do; refreshed " + time(active.nextRefreshAt(), now) + " while roost serve runs";
            case AccountState.Uncertain open ->
                "nothing to do; one guarded retry " + time(open.nextRefreshAt(), now)
                        + " will tell, while roost serve runs";
            case AccountState.NeedsReauthorization gone -> "sign in again: roost connect";
            case AccountState.Disconnected gone -> "to take it back: roost connect";
        };
    }

    private static String entry(AccountEvent event) {
        String kind = event.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        String first = "  %s  %-15s ".formatted(Times.exact(event.at()), kind);
        String detail = event.detail().isBlank() ? "" : "; " + event.detail();
        return Wrap.hanging(
                first, "generation " + event.generation() + ", node " + event.node() + detail, first.length());
    }

    private static String time(Instant time, Instant now) {
        return Times.seen(time, now) + " (" + Times.exact(time) + ")";
    }

    private static String line(String label, String text) {
        return Wrap.hanging(("%-" + LABEL + "s").formatted(label), text, LABEL);
    }
}
