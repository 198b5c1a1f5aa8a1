package dev.roost.server.mcp;

import dev.roost.core.AccountId;
import dev.roost.core.access.KeyScope;
import dev.roost.mcp.catalog.Principal;
import dev.roost.server.http.Caller;

/** A caller of the HTTP server as tools see it. */
record Agent(Caller caller) implements Principal {
    @Override
    public String id() {
        return caller.principal();
    }

    @Override
    public String shown() {
        return caller.shown();
    }

    @Override
    public boolean isAnonymous() {
        return caller.isLocal();
    }

    @Override
    public boolean has(String scope) {
        return caller.has(KeyScope.parse(scope));
    }

    @Override
    public boolean covers(String account) {
        return caller.covers(new AccountId(account));
    }
}
