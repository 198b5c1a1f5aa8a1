package dev.roost.core;

import java.util.regex.Pattern;

/**
 * An X user as {@code GET /2/users/me} names it. The id never changes; the username may.
 *
 * @param id 1 to 19 digits
 * @param username 1 to 15 letters, digits or underscores, without the {@code @}
 */
public record XUser(String id, String username) {
    private static final Pattern ID = Pattern.compile("[0-9]{1,19}");
    private static final Pattern USERNAME = Pattern.compile("[A-Za-z0-9_]{1,15}");

    /** @throws IllegalArgumentException if either part has another form */
    public XUser {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("X user id \"" + id + "\" is not 1 to 19 digits");
        }
        if (!USERNAME.matcher(username).matches()) {
            throw new IllegalArgumentException(
                    "X username \"" + username + "\" is not 1 to 15 letters, digits or underscores");
        }
    }

    @Override
    public String toString() {
        return "@" + username + " (" + id + ")";
    }
}
