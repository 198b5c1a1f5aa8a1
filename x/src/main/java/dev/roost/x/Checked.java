package dev.roost.x;

import java.util.regex.Pattern;

/** Looks at values before they get into a request. Each failure names the value and what is allowed. */
final class Checked {
    private static final Pattern ID = Pattern.compile("[0-9]{1,19}");
    private static final Pattern USERNAME = Pattern.compile("[A-Za-z0-9_]{1,15}");

    private Checked() {}

    /** Tells whether this is an id of X's: 1 to 19 digits. */
    static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    /** Returns the id. */
    static String id(String what, String value) {
        if (!isId(value)) {
            throw new IllegalArgumentException(what + " \"" + Censor.shown(value) + "\" is not 1 to 19 digits");
        }
        return value;
    }

    /** Tells whether this is a name of X's: 1 to 15 letters, digits or underscores. */
    static boolean isUsername(String text) {
        return USERNAME.matcher(text).matches();
    }

    /** Returns the username. */
    static String username(String value) {
        if (!isUsername(value)) {
            throw new IllegalArgumentException("username \"" + Censor.shown(value)
                    + "\" is not 1 to 15 letters, digits or underscores; give it without the @");
        }
        return value;
    }

    /** Returns the number. */
    static int range(String what, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(what + " is " + value + "; allowed is " + least + " to " + most);
        }
        return value;
    }

    /** Returns the text, whose length is counted in Unicode characters. */
    static String length(String what, String value, int least, int most) {
        int length = value.codePointCount(0, value.length());
        if (length < least || length > most || value.isBlank()) {
            throw new IllegalArgumentException(what + " \"" + Censor.shown(value) + "\" has " + length
                    + " characters; allowed is " + least + " to " + most + ", not all of them spaces");
        }
        return value;
    }
}
