package dev.roost.server.mcp;

import dev.roost.core.AccountId;
import dev.roost.core.access.KeyScope;
import dev.roost.mcp.catalog.Principal;
import dev.roost.server.http.Caller;

/** A caller of the HTTP server as tools see it. */
record Agent(Caller caller) implements Principal {
    @Override
    public String id() {
        return caller.name();
    }

    @Override
    public boolean isAnonymous() {
        return caller.key().isEmpty();
    }

    @Override
    public boolean has(String scope) {
        return caller.key().filter(key -> key.allows(KeyScope.parse(scope))).isPresent();
    }

    @Override
    public boolean covers(String account) {
        return caller.covers(new AccountId(account));
    }
}
