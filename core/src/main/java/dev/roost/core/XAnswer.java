package dev.roost.core;

/**
 * What X said, fit to be shown: status and the two OAuth error fields (RFC 6749 section 5.2), cut short and free of
 * secrets.
 *
 * @param status the HTTP status
 * @param error the {@code error} code, or empty
 * @param description the {@code error_description}, or a short account of a body that has none
 */
public record XAnswer(int status, String error, String description) {
    @Override
    public String toString() {
        return "HTTP " + status + (error.isEmpty() ? "" : " " + error)
                + (description.isEmpty() ? "" : ": " + description);
    }
}
