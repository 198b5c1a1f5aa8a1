package dev.roost.server.mcp.accounts;

import dev.roost.core.Account;
import dev.roost.core.StoreUnavailableException;
import dev.roost.core.access.KeyScope;
import dev.roost.mcp.catalog.Principal;
import dev.roost.server.http.ProblemException;
import java.util.Optional;
import java.util.function.BiPredicate;

/**
 * Tells who may hear of accounts: who may read them. An address by an id is decided without the store; by a name it is only
 * asked for by a client, for news come with the id.
 */
record Audience(Desk desk) implements BiPredicate<String, Principal> {
    private static final String ONE = AccountResources.ACCOUNTS + "/";
    private static final String ID = "acc_[0-9a-f]{20}";

    @Override
    public boolean test(String uri, Principal principal) {
        if (!uri.startsWith(AccountResources.ACCOUNTS)) {
            return true;
        }
        return principal.has(KeyScope.ACCOUNTS_READ.text()) && (!uri.startsWith(ONE) || covers(name(uri), principal));
    }

    private static String name(String uri) {
        String rest = uri.substring(ONE.length());
        int slash = rest.indexOf('/');
        return slash < 0 ? rest : rest.substring(0, slash);
    }

    private boolean covers(String name, Principal principal) {
        if (name.matches(ID)) {
            return principal.covers(name);
        }
        if (!Desk.isLimited(principal)) {
            return true;
        }
        try {
            Optional<Account> account = desk.lookUp(name, principal);
            return account.isPresent();
        } catch (StoreUnavailableException | ProblemException e) {
            return false;
        }
    }
}
