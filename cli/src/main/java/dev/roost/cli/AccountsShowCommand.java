package dev.roost.cli;

import dev.roost.cli.wiring.Roost;
import dev.roost.core.Account;
import dev.roost.core.AccountEvent;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows one account and what happened to it. */
@Command(name = "show", description = "Show one account, what to do next, and the newest of its journal.")
final class AccountsShowCommand implements Callable<Integer> {
    private static final String QUARANTINED = System.lineSeparator()
            + System.lineSeparator()
            + Wrap.plain(
                    "It is in quarantine and not refreshed: the database was restored from a backup, and its refresh token"
                            + " may be spent. See: roost quarantine show");

    private static final int ENTRIES = 10;

    private final Session session;

    @Mixin
    private final Output output = new Output();

    @Mixin
    private final AccountName name = new AccountName();

    AccountsShowCommand(Session session) {
        this.session = session;
    }

    /** What {@code --json} prints. */
    private record View(AccountView account, boolean quarantined, List<Entry> journal) {}

    /** One entry of the journal. */
    private record Entry(Instant at, String kind, long generation, String node, String detail) {
        static Entry of(AccountEvent event) {
            String kind = event.kind().name().toLowerCase(Locale.ROOT);
            return new Entry(event.at(), kind, event.generation(), event.node(), event.detail());
        }
    }

    @Override
    public Integer call() {
        return session.withRoost(this::show);
    }

    private int show(Roost roost) {
        Account account = roost.engine().accounts().find(name.text());
        List<AccountEvent> journal = roost.vault().store().tokens().events(account.id(), ENTRIES);
        boolean quarantined = roost.vault().store().quarantine().holds(account.id());
        output.print(
                session.out(),
                new View(
                        AccountView.of(account),
                        quarantined,
                        journal.stream().map(Entry::of).toList()),
                AccountText.page(account, journal, roost.vault().clock().instant()) + (quarantined ? QUARANTINED : ""));
        return ExitCode.OK;
    }
}
