package dev.roost.server.http;

import dev.roost.core.AccountId;
import dev.roost.core.access.ApiKey;
import dev.roost.core.access.KeyScope;
import dev.roost.server.oauth.AgentGrant;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who makes a request, and what it may do. Nothing here is a secret.
 *
 * @param name the id of the API key; {@code oauth:…} for who has an access token; {@code local} or {@code anybody} where
 *     nothing was needed
 * @param shown who it is, in words for people
 * @param key the key, if one was given and accepted
 * @param scopes those of the key or the access token; none where nothing was needed
 * @param accounts the accounts it may deal with, perhaps none; empty: all
 */
public record Caller(
        String name, String shown, Optional<ApiKey> key, Set<KeyScope> scopes, Optional<Set<AccountId>> accounts) {
    static final Caller ANYBODY = new Caller("anybody", "anybody", Optional.empty(), Set.of(), Optional.empty());
    static final Caller LOCAL =
            new Caller("local", "a program of this machine", Optional.empty(), Set.of(), Optional.empty());

    /** Copies the sets. */
    public Caller {
        scopes = Collections.unmodifiableSet(new TreeSet<>(scopes));
        accounts = accounts.map(ids -> Collections.unmodifiableSet(new TreeSet<>(ids)));
    }

    static Caller of(ApiKey key) {
        return new Caller(
                key.id(),
                "the API key \"" + key.name() + "\" (" + key.id() + ")",
                Optional.of(key),
                key.scopes(),
                Optional.of(key.accounts()).filter(accounts -> !accounts.isEmpty()));
    }

    static Caller of(AgentGrant grant, Optional<Set<AccountId>> accounts) {
        return new Caller(grant.principal(), grant.shown(), Optional.empty(), grant.scopes(), accounts);
    }

    /** Tells whether this caller may deal with some accounts only. */
    public boolean isLimited() {
        return accounts.isPresent();
    }

    /** Tells whether this caller may deal with this account. Says nothing of what it may do with it. */
    public boolean covers(AccountId account) {
        return accounts.map(own -> own.contains(account)).orElse(true);
    }

    /** Tells whether its scopes allow this; {@link KeyScope#ADMIN} allows everything, and a local caller has none. */
    public boolean has(KeyScope scope) {
        return scopes.stream().anyMatch(own -> own.implies(scope));
    }

    /** Tells whether it is a program of this machine that showed nothing. */
    public boolean isLocal() {
        return equals(LOCAL);
    }

    /**
     * Returns what to bind a session to: the same for every request of the same API key, or of all access tokens of the same
     * user and client, and never the same for two of them. All local callers are one.
     */
    public String principal() {
        return name;
    }
}
