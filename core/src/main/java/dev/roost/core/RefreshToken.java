package dev.roost.core;

/** The token that can be spent once for a new pair; spending it twice may kill the whole grant. */
public record RefreshToken(Secret value) {
    /**
     * Wraps the token as X wrote it.
     *
     * @throws IllegalArgumentException if it is blank
     */
    public static RefreshToken of(String value) {
        return new RefreshToken(Secret.of(value));
    }

    /** Returns the raw token. */
    public String expose() {
        return value.expose();
    }
}
