package dev.roost.server.oauth;

import dev.roost.core.access.KeyScope;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a good access token allows.
 *
 * @param principal for whom and which client it was issued, as a digest: {@code oauth:} and 32 hexadecimal digits; the same
 *     for all tokens of both, and no secret
 * @param scopes those of its scopes that Roost knows; may be none
 * @param accounts the names of the accounts that it is good for, at most {@value #MOST_ACCOUNTS}; empty: all
 */
public record AgentGrant(String principal, Set<KeyScope> scopes, Optional<Set<String>> accounts) {
    static final int MOST_ACCOUNTS = 100;

    /** Copies the sets. */
    public AgentGrant {
        scopes = Collections.unmodifiableSet(new TreeSet<>(scopes));
        accounts = accounts.map(names -> Collections.unmodifiableSet(new TreeSet<>(names)));
    }
}
