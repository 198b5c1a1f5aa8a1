package dev.roost.simulator;

import java.util.regex.Pattern;

/**
 * An account on the simulated X.
 *
 * @param id 1 to 19 digits
 * @param username 1 to 15 letters, digits or underscores, without the at sign
 */
public record SimulatedUser(String id, String username) {

    private static final Pattern ID = Pattern.compile("[0-9]{1,19}");
    private static final Pattern USERNAME = Pattern.compile("[A-Za-z0-9_]{1,15}");

    /**
     * Checks both values.
     *
     * @throws IllegalArgumentException when a value is not one that X could give
     */
    public SimulatedUser {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    "user id '" + id + "' is not an X id; allowed: 1 to 19 digits; for example 1001");
        }
        if (!USERNAME.matcher(username).matches()) {
            throw new IllegalArgumentException("username '" + username
                    + "' is not an X username; allowed: 1 to 15 of A-Z a-z 0-9 _; for example ada");
        }
    }
}
