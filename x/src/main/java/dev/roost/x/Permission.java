package dev.roost.x;

import dev.roost.core.Scopes;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What a call needs, and so what a 403 may mean.
 *
 * @param scopes what the account must have granted
 * @param granted true when it is known to have granted them all
 * @param policy what X is known to forbid by policy, as the end of a sentence; empty for nothing
 */
record Permission(Scopes scopes, boolean granted, String policy) {
    /** X's changelog of 20 April 2026. */
    static final String ENGAGEMENT_POLICY =
            "X took likes, follows and quotes out of all self-serve tiers on 20 April 2026";

    static Permission of(Scopes scopes) {
        return new Permission(scopes, false, "");
    }

    /** The same, where this policy is known to stand in the way of many. */
    Permission under(String knownPolicy) {
        return new Permission(scopes, granted, knownPolicy);
    }

    /** The same, as it is for an account of which may be known what it granted. */
    Permission heldBy(XCaller caller) {
        return new Permission(
                scopes, caller.granted().isPresent() && missing(caller).isEmpty(), policy);
    }

    /** Returns the scopes that are surely missing; empty when there are none, or it is not known. */
    Optional<Scopes> missing(XCaller caller) {
        return caller.granted()
                .map(has -> {
                    TreeSet<String> lacking = new TreeSet<>(scopes.values());
                    lacking.removeAll(has.values());
                    return new Scopes(lacking);
                })
                .filter(lacking -> !lacking.values().isEmpty());
    }

    /** Explains a 403 that X gave no reason for. */
    String explanation() {
        String reason = policy.isEmpty() ? "a policy of X forbids the call to this app" : policy;
        return granted
                ? "The account granted all that this call needs (" + scopes + "), so it is policy: " + reason
                        + ". Neither a refresh nor signing in again helps."
                : "Either a scope is missing (this call needs " + scopes
                        + "): sign in again with all of them; or it is policy: " + reason
                        + ". A refresh does not help.";
    }
}
