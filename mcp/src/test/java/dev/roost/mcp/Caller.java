package dev.roost.mcp;

import dev.roost.mcp.catalog.Principal;
import java.util.Set;

/** Who calls in tests. */
record Caller(String id, Set<String> scopes) implements Principal {
    static final Caller ANN = new Caller("ann", Set.of());
    static final Caller BOB = new Caller("bob", Set.of());

    @Override
    public boolean isAnonymous() {
        return false;
    }

    @Override
    public boolean has(String scope) {
        return scopes.contains(scope);
    }

    @Override
    public boolean covers(String account) {
        return true;
    }
}
