package dev.roost.x;

import java.util.Optional;

/**
 * A post to be published.
 *
 * @param text what it says
 * @param replyTo the post it answers; empty for a post of its own
 * @param length whether {@link TweetLength} must accept the text first
 */
public record Tweet(String text, Optional<TweetId> replyTo, LengthCheck length) {
    /** A post of its own, of ordinary length. */
    public static Tweet of(String text) {
        return new Tweet(text, Optional.empty(), LengthCheck.STANDARD);
    }

    /** An answer to another post, of ordinary length. */
    public static Tweet reply(TweetId to, String text) {
        return new Tweet(text, Optional.of(to), LengthCheck.STANDARD);
    }

    /** The same post, its length judged by X alone: premium accounts may post more than 280. */
    public Tweet uncheckedLength() {
        return new Tweet(text, replyTo, LengthCheck.OFF);
    }

    /** Whether the length is checked before anything is sent. */
    public enum LengthCheck {
        /** At most 280, by X's weights. */
        STANDARD,
        /** Left to X. */
        OFF
    }
}
