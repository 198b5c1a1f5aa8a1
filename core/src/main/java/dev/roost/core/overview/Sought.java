package dev.roost.core.overview;

import dev.roost.core.AccountId;
import java.util.Locale;
import java.util.Optional;

/**
 * What a person typed to find an account, understood. What all implementations of {@link AccountSearch} share.
 *
 * @param id a whole account id; then nothing else is looked for
 * @param userId what may be a whole X user id
 * @param part what may be a part of a username, in small letters; empty: any
 */
public record Sought(Optional<AccountId> id, Optional<String> userId, String part) {
    /** Understands a text. */
    public static Sought of(String text) {
        String bare = text.strip().toLowerCase(Locale.ROOT);
        if (AccountId.isForm(bare)) {
            return new Sought(Optional.of(new AccountId(bare)), Optional.empty(), "");
        }
        Optional<String> userId = bare.matches("[0-9]{1,19}") ? Optional.of(bare) : Optional.empty();
        return new Sought(Optional.empty(), userId, bare.startsWith("@") ? bare.substring(1) : bare);
    }

    /** Tells whether no account can be meant: no username has such characters, or so many. */
    public boolean isHopeless() {
        return !part.matches("[a-z0-9_]{0,15}") && userId.isEmpty();
    }

    /** Tells whether every account is meant. */
    public boolean isAll() {
        return id.isEmpty() && part.isEmpty();
    }
}
