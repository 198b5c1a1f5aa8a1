package dev.roost.cli;

import dev.roost.cli.wiring.Roost;
import dev.roost.core.Account;
import dev.roost.core.AccountId;
import dev.roost.core.AccountState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists the accounts of the app. */
@Command(name = "list", description = "List the accounts connected under TWITTER_CLIENT_ID.")
final class AccountsListCommand implements Callable<Integer> {
    private static final int AT_ONCE = 500;

    private final Session session;

    @Mixin
    private final Output output = new Output();

    @Option(names = "--all", description = "Show disconnected accounts too.")
    private boolean all;

    AccountsListCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.withRoost(this::list);
    }

    private int list(Roost roost) {
        List<Account> accounts = accounts(roost).stream()
                .filter(account -> all || !(account.state() instanceof AccountState.Disconnected))
                .toList();
        String text = accounts.isEmpty()
                ? Wrap.plain(none(roost))
                : AccountText.table(accounts, roost.vault().clock().instant());
        output.print(session.out(), accounts.stream().map(AccountView::of).toList(), text);
        return ExitCode.OK;
    }

    private static String none(Roost roost) {
        String clientId = roost.settings().requireApp().clientId();
        List<String> others = roost.vault().store().clientIds().stream()
                .filter(other -> !other.equals(clientId))
                .toList();
        return "No account is connected under the app " + clientId + ". Connect one: roost connect"
                + (others.isEmpty()
                        ? ""
                        : ". This store keeps accounts of other apps; to see them, set TWITTER_CLIENT_ID to "
                                + String.join(" or ", others));
    }

    static List<Account> accounts(Roost roost) {
        List<Account> found = new ArrayList<>();
        Optional<AccountId> after = Optional.empty();
        while (true) {
            List<Account> some = roost.engine().accounts().all(after, AT_ONCE);
            found.addAll(some);
            if (some.size() < AT_ONCE) {
                return found;
            }
            after = Optional.of(some.getLast().id());
        }
    }
}
