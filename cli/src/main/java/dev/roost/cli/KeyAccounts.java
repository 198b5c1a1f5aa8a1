package dev.roost.cli;

import dev.roost.cli.settings.Settings;
import dev.roost.core.Account;
import dev.roost.core.AccountId;
import dev.roost.core.AccountNotFoundException;
import dev.roost.core.Accounts;
import dev.roost.store.RoostStore;
import dev.roost.x.XSettings;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Finds accounts without asking X. An id needs no app; a name does if the store has several apps. */
record KeyAccounts(Settings settings, RoostStore store) {
    /** @throws AccountNotFoundException if one of the names is nobody's */
    Set<AccountId> named(List<String> names) {
        Set<AccountId> found = new TreeSet<>();
        names.forEach(name -> found.add(find("--account ", name.strip()).id()));
        return found;
    }

    /** @throws AccountNotFoundException if the name is nobody's */
    AccountId one(String name) {
        return find("", name.strip()).id();
    }

    private Account find(String option, String name) {
        Optional<String> clientId = settings.app().map(XSettings::clientId);
        if (clientId.isEmpty() && AccountId.isForm(name)) {
            return store.tokens().account(new AccountId(name)).orElseThrow(() -> unknown(name));
        }
        return new Accounts(
                        store.tokens(),
                        clientId.or(() -> onlyApp(option + name)).orElseThrow(() -> unknown(name)))
                .find(name);
    }

    private Optional<String> onlyApp(String asked) {
        List<String> clientIds = store.clientIds();
        if (clientIds.size() > 1) {
            throw new CommandFailure(
                    ExitCode.SETTINGS,
                    "settings",
                    asked + " could be an account of several apps, for this store keeps those of "
                            + String.join(", ", clientIds)
                            + "; set TWITTER_CLIENT_ID to one of them, or give the account id (acc_...)");
        }
        return clientIds.stream().findFirst();
    }

    private static AccountNotFoundException unknown(String name) {
        return new AccountNotFoundException("no account \"" + name + "\"; see: roost accounts list");
    }
}
