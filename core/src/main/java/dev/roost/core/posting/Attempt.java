package dev.roost.core.posting;

import dev.roost.core.AccountId;
import java.time.Instant;

/**
 * One wish of a program to publish a post, known by the name that the program gave it.
 *
 * @param caller who wishes it, the id of an API key
 * @param account for which account
 * @param key the program's name for it (the header {@code Idempotency-Key})
 * @param digest stands for what is to be published, so that another wish under the same name is noticed
 * @param sentAt when it is sent
 */
public record Attempt(String caller, AccountId account, String key, String digest, Instant sentAt) {
    /** The longest name, in characters. */
    public static final int LONGEST_KEY = 255;

    /** @throws IllegalArgumentException if the name is not 1 to 255 printable ASCII characters */
    public Attempt {
        if (key.isBlank() || key.length() > LONGEST_KEY || !key.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            throw new IllegalArgumentException(
                    "the idempotency key is not 1 to " + LONGEST_KEY + " printable ASCII characters; give such a one");
        }
    }
}
