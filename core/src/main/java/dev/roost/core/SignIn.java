package dev.roost.core;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/**
 * One attempt to connect an account, without its secrets.
 *
 * @param id {@code con_} and 20 hexadecimal digits; no secret
 * @param clientId the app
 * @param redirectUri where X sends the person back to, to the letter
 * @param scopes what is asked for
 * @param expectedUser an X user id or username that must come back; empty when anyone may
 * @param origin where it came from
 * @param createdAt when it began
 * @param expiresAt from when on its state is worth nothing
 * @param status how it stands
 */
public record SignIn(
        String id,
        String clientId,
        URI redirectUri,
        Scopes scopes,
        Optional<String> expectedUser,
        SignInOrigin origin,
        Instant createdAt,
        Instant expiresAt,
        SignInStatus status) {

    /** Returns the same sign-in with another status. */
    public SignIn with(SignInStatus other) {
        return new SignIn(id, clientId, redirectUri, scopes, expectedUser, origin, createdAt, expiresAt, other);
    }
}
