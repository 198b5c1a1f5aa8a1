package dev.roost.x;

import com.twitter.twittertext.TwitterTextParser;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How long X finds a text (twitter-text configuration v3): after NFC, a link counts 23, an emoji sequence 2, a character
 * of most alphabets 1, any other 2.
 *
 * @param weighted the length
 * @param valid false when the text is empty or has a character that X forbids, or is too long
 */
public record TweetLength(int weighted, boolean valid) {
    /** What an account without premium may post. */
    public static final int ALLOWED = 280;

    /** Names before a reply's own text do not count. */
    private static final Pattern LEADING_MENTIONS = Pattern.compile("^(\\s*@[A-Za-z0-9_]{1,15}\\b)+\\s*");

    /** Measures a text. */
    public static TweetLength of(String text) {
        var parsed = TwitterTextParser.parseTweet(text);
        return new TweetLength(parsed.weightedLength, parsed.isValid);
    }

    /** Returns what is wrong with a post's text and how to go on; empty when it may be sent. */
    public static Optional<String> objection(Tweet tweet) {
        if (tweet.text().isBlank()) {
            return tweet.media().isEmpty() && tweet.poll().isEmpty()
                    ? Optional.of("the text is empty; give 1 to " + ALLOWED + " characters, media or a poll")
                    : Optional.empty();
        }
        if (tweet.length() == Tweet.LengthCheck.OFF) {
            return Optional.empty();
        }
        TweetLength length = of(counted(tweet));
        if (length.weighted > ALLOWED) {
            return Optional.of("the text is " + length.weighted + " long as X counts it; allowed is " + ALLOWED
                    + "; shorten it, or switch the length check off if the account has X premium");
        }
        return length.valid || length.weighted == 0
                ? Optional.empty()
                : Optional.of("the text has a character that X forbids, such as U+FFFE, U+FFFF or U+FEFF; remove it");
    }

    private static String counted(Tweet tweet) {
        return tweet.replyTo().isEmpty()
                ? tweet.text()
                : LEADING_MENTIONS.matcher(tweet.text()).replaceFirst("");
    }
}
