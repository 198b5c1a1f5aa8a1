package dev.roost.server.mcp.accounts;

import dev.roost.core.Account;
import dev.roost.core.AccountState;
import dev.roost.core.StoreUnavailableException;
import dev.roost.core.access.KeyScope;
import dev.roost.mcp.catalog.Completer;
import dev.roost.mcp.catalog.Principal;
import dev.roost.server.http.ProblemException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Proposes names of accounts that the principal may use, and of no others. */
record AccountNames(Desk desk) implements Completer {
    private static final int MOST = 100;

    @Override
    public List<String> propose(String typed, Map<String, String> others, Principal principal) {
        if (!principal.has(KeyScope.ACCOUNTS_READ.text())) {
            return List.of();
        }
        boolean ids = typed.startsWith("acc_");
        String start = ids ? typed : "@" + ReadFamily.bare(typed).toLowerCase(Locale.ROOT);
        try {
            return desk
                    .covered(
                            Optional.empty(),
                            MOST,
                            principal,
                            account -> !(account.state() instanceof AccountState.Disconnected)
                                    && name(account, ids)
                                            .toLowerCase(Locale.ROOT)
                                            .startsWith(start))
                    .stream()
                    .map(account -> name(account, ids))
                    .toList();
        } catch (StoreUnavailableException | ProblemException e) {
            return List.of();
        }
    }

    private static String name(Account account, boolean id) {
        return id ? account.id().value() : "@" + account.user().username();
    }
}
