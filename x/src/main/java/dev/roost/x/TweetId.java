package dev.roost.x;

import java.util.regex.Pattern;

/**
 * The id of a post on X.
 *
 * @param value 1 to 19 digits
 */
public record TweetId(String value) {
    private static final Pattern FORM = Pattern.compile("[0-9]{1,19}");

    /** @throws IllegalArgumentException if it has another form */
    public TweetId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("post id \"" + Censor.shown(value)
                    + "\" is not 1 to 19 digits; take the digits at the end of the post's address");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
