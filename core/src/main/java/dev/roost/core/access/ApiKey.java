package dev.roost.core.access;

import dev.roost.core.AccountId;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is known of an API key. Its secret is not: whoever holds the key proves it with that.
 *
 * @param id 10 lower-case letters and digits; no secret
 * @param name what people call it, 1 to 60 printable characters; two keys may have the same
 * @param scopes what it allows, at least one
 * @param accounts the accounts it is good for; empty: all, those connected later included
 * @param requestsPerMinute how many requests it may make in a minute; 0: no limit
 * @param createdAt when it was made
 * @param revokedAt when it was revoked; from then on it is worth nothing
 */
public record ApiKey(
        String id,
        String name,
        Set<KeyScope> scopes,
        Set<AccountId> accounts,
        int requestsPerMinute,
        Instant createdAt,
        Optional<Instant> revokedAt) {
    private static final int LONGEST_NAME = 60;

    /**
     * Copies the sets.
     *
     * @throws IllegalArgumentException if a value is not allowed; the message says what is
     */
    public ApiKey {
        if (!isId(id)) {
            // Not repeated: somebody may have given the whole key.
            throw new IllegalArgumentException(
                    "that is no key id; allowed: 10 lower-case letters and digits, as in: roost api-key list");
        }
        checkName(name);
        if (scopes.isEmpty()) {
            throw new IllegalArgumentException("a key has no scope, and so allows nothing; give it one or more");
        }
        if (requestsPerMinute < 0) {
            throw new IllegalArgumentException(
                    "a key's requests per minute are " + requestsPerMinute + "; allowed: 1 or more, or 0 for no limit");
        }
        scopes = Collections.unmodifiableSet(EnumSet.copyOf(scopes));
        accounts = Collections.unmodifiableSet(new TreeSet<>(accounts));
    }

    /** Tells whether the text could be a key id. */
    public static boolean isId(String text) {
        return KeyText.isId(text);
    }

    /** Tells whether its scopes allow this; {@link KeyScope#ADMIN} allows everything. Says nothing of revocation. */
    public boolean allows(KeyScope scope) {
        return scopes.stream().anyMatch(own -> own.implies(scope));
    }

    /** Tells whether it is good for this account. */
    public boolean covers(AccountId account) {
        return accounts.isEmpty() || accounts.contains(account);
    }

    /** Returns the same key, revoked then; one that is revoked already stays as it is. */
    public ApiKey revoked(Instant at) {
        return new ApiKey(
                id, name, scopes, accounts, requestsPerMinute, createdAt, revokedAt.or(() -> Optional.of(at)));
    }

    private static void checkName(String name) {
        int length = name.codePointCount(0, name.length());
        if (name.isBlank() || length > LONGEST_NAME) {
            throw new IllegalArgumentException("the name of a key has " + (name.isBlank() ? "no" : length)
                    + " characters; allowed: 1 to " + LONGEST_NAME + " printable ones");
        }
        name.codePoints().filter(c -> !isPrintable(c)).findFirst().ifPresent(c -> {
            throw new IllegalArgumentException(
                    "the name of a key has the character U+%04X in it; allowed: 1 to %d printable ones"
                            .formatted(c, LONGEST_NAME));
        });
    }

    /** What shows nothing, or changes how its neighbours show, could make one name look like another. */
    private static boolean isPrintable(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
