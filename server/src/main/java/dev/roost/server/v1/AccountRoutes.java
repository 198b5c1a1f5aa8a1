package dev.roost.server.v1;

import dev.roost.core.access.KeyScope;
import dev.roost.server.http.Route;
import java.util.List;
import java.util.Set;

/** The operations of the account API. */
public final class AccountRoutes {
    private static final String ACCOUNTS = "/v1/accounts";
    private static final String ACCOUNT = "/v1/accounts/{account}";

    private AccountRoutes() {}

    /** Returns them all. */
    public static List<Route> of(Setup setup) {
        Connections connections = new Connections(setup);
        SingleAccount account = new SingleAccount(setup.engine());
        Tokens tokens = new Tokens(setup.engine(), setup.clock());
        Keys keys = new Keys(setup.audit());
        KeyScope read = KeyScope.ACCOUNTS_READ;
        KeyScope write = KeyScope.ACCOUNTS_WRITE;
        // Who takes tokens out must be able to say that X refused one; a refresh at will is for who may write.
        Set<KeyScope> refresh = Set.of(write, KeyScope.TOKEN_READ);
        return List.of(
                Route.keyed("POST", "/v1/connections", "connections.create", write, connections::create),
                Route.keyed("GET", "/v1/connections/{connection}", "connections.read", write, connections::read),
                Route.keyed("GET", ACCOUNTS, "accounts.list", read, new AccountPages(setup.engine())::answer),
                Route.keyed("POST", ACCOUNTS, "accounts.import", write, new Imports(setup)::answer),
                Route.keyed("GET", ACCOUNT, "accounts.read", read, account::read),
                Route.keyed("DELETE", ACCOUNT, "accounts.disconnect", write, account::disconnect),
                Route.keyed("POST", ACCOUNT + "/refresh", "accounts.refresh", refresh, tokens::refresh),
                Route.keyed("GET", ACCOUNT + "/token", "token.read", KeyScope.TOKEN_READ, tokens.handingOut()),
                Route.keyed(
                        "GET", ACCOUNT + "/events", "accounts.events", read, new EventPages(setup.events())::answer),
                Route.keyed("GET", "/v1/key", "key.read", Set.of(), keys::own),
                Route.keyed("GET", "/v1/audit", "audit.read", KeyScope.ADMIN, keys::audit));
    }
}
