package dev.roost.core;

import java.net.URI;
import java.util.Optional;

/**
 * Where a sign-in came from, kept with it.
 *
 * @param label what the program that asked for it calls it; Roost only keeps it
 * @param returnUrl where the person goes afterwards; empty: nowhere
 * @param key the id of the API key that asked for it; empty when it was a person at the terminal, or Roost itself
 */
public record SignInOrigin(Optional<String> label, Optional<URI> returnUrl, Optional<String> key) {
    /** No program asked for it. */
    public static final SignInOrigin NO_PROGRAM =
            new SignInOrigin(Optional.empty(), Optional.empty(), Optional.empty());

    /** A program asked for it with this API key, and said no more. */
    public static SignInOrigin of(String key) {
        return new SignInOrigin(Optional.empty(), Optional.empty(), Optional.of(key));
    }
}
