package dev.roost.server.guide.tools;

/**
 * A parameter of a tool.
 *
 * @param name as callers write it
 * @param type of its JSON value
 * @param required whether a call without it is refused
 * @param description for people and for models
 */
public record Param(String name, Type type, boolean required, String description) {
    /** The JSON type of a parameter. */
    public enum Type {
        /** A text. */
        STRING,
        /** A number. */
        NUMBER
    }

    static final Param ACCESS_TOKEN = text(
            "accessToken",
            "The access token of the X account, from" + " exchangeTwitterAuthCode or refreshTwitterToken");
    static final Param TWEET_ID = text("tweetId", "The id of the post: the 1 to 19 digits at the end of its address");
    static final Param MAX_RESULTS = new Param(
            "maxResults", Type.NUMBER, false, "How many posts at most, 1 to 100; more is taken for 100. Default: 10");

    static Param text(String name, String description) {
        return new Param(name, Type.STRING, true, description);
    }

    /** The same, but a call may leave it out. */
    Param optional() {
        return new Param(name, type, false, description);
    }
}
