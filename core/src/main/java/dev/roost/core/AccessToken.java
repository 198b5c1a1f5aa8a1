package dev.roost.core;

/** The bearer token that X accepts for about two hours. */
public record AccessToken(Secret value) {
    /**
     * Wraps the token as X wrote it.
     *
     * @throws IllegalArgumentException if it is blank
     */
    public static AccessToken of(String value) {
        return new AccessToken(Secret.of(value));
    }

    /** Returns the raw token. */
    public String expose() {
        return value.expose();
    }
}
