package dev.roost.server.http;

import dev.roost.core.AccountId;
import dev.roost.core.access.ApiKey;
import java.util.Optional;

/**
 * Who makes a request.
 *
 * @param name the id of the API key, or {@code local} or {@code anybody} where none was needed
 * @param key the key, if one was given and accepted
 */
public record Caller(String name, Optional<ApiKey> key) {
    static final Caller ANYBODY = new Caller("anybody", Optional.empty());
    static final Caller LOCAL = new Caller("local", Optional.empty());

    static Caller of(ApiKey key) {
        return new Caller(key.id(), Optional.of(key));
    }

    /** Tells whether this caller may deal with some accounts only. */
    public boolean isLimited() {
        return key.filter(known -> !known.accounts().isEmpty()).isPresent();
    }

    /** Tells whether this caller may deal with this account. */
    public boolean covers(AccountId account) {
        return key.map(known -> known.covers(account)).orElse(true);
    }
}
