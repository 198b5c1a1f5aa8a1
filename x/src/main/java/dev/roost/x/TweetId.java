package dev.roost.x;

/**
 * The id of a post on X.
 *
 * @param value 1 to 19 digits
 */
public record TweetId(String value) {
    /** @throws IllegalArgumentException if it has another form */
    public TweetId {
        if (!Checked.isId(value)) {
            throw new IllegalArgumentException("post id \"" + Censor.shown(value)
                    + "\" is not 1 to 19 digits; take the digits at the end of the post's address");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
