package dev.roost.x;

import java.util.List;
import java.util.Optional;

/**
 * A post to be published.
 *
 * @param text what it says; may be empty beside media or a poll
 * @param replyTo the post it answers; empty for a post of its own
 * @param length whether {@link TweetLength} must accept the text first
 * @param media ids of uploaded media, at most {@value #MOST_MEDIA}
 * @param quote the post it quotes, which X refuses to self-serve tiers since 20 April 2026
 * @param poll what it asks its readers
 * @param answers who may reply; empty for everyone
 */
public record Tweet(
        String text,
        Optional<TweetId> replyTo,
        LengthCheck length,
        List<String> media,
        Optional<TweetId> quote,
        Optional<Poll> poll,
        Optional<Answers> answers) {
    /** How many media a post can have. */
    public static final int MOST_MEDIA = 4;

    /** @throws IllegalArgumentException if there are too many media, one has no id of X's, or a poll stands beside media */
    public Tweet {
        media = List.copyOf(media);
        media.forEach(id -> Checked.id("media id", id));
        Checked.range("the number of media", media.size(), 0, MOST_MEDIA);
        if (poll.isPresent() && (!media.isEmpty() || quote.isPresent())) {
            throw new IllegalArgumentException("a post has a poll and media or a quote; X allows one of them");
        }
    }

    /** A post of nothing but text. */
    public Tweet(String text, Optional<TweetId> replyTo, LengthCheck length) {
        this(text, replyTo, length, List.of(), Optional.empty(), Optional.empty(), Optional.empty());
    }

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
        return new Tweet(text, replyTo, LengthCheck.OFF, media, quote, poll, answers);
    }

    /**
     * The same post with these uploads ({@link XMedia}) instead of those it had.
     *
     * @throws IllegalArgumentException if there are more than {@value #MOST_MEDIA}, or one is not 1 to 19 digits
     */
    public Tweet withMedia(List<String> ids) {
        return new Tweet(text, replyTo, length, ids, quote, poll, answers);
    }

    /**
     * The same post, quoting another.
     *
     * @throws IllegalArgumentException if it has a poll
     */
    public Tweet quoting(TweetId id) {
        return new Tweet(text, replyTo, length, media, Optional.of(id), poll, answers);
    }

    /**
     * The same post with a poll.
     *
     * @throws IllegalArgumentException if it has media or a quote
     */
    public Tweet withPoll(Poll asked) {
        return new Tweet(text, replyTo, length, media, quote, Optional.of(asked), answers);
    }

    /** The same post, which only these may answer. */
    public Tweet answeredBy(Answers who) {
        return new Tweet(text, replyTo, length, media, quote, poll, Optional.of(who));
    }

    /** Whether the length is checked before anything is sent. */
    public enum LengthCheck {
        /** At most 280, by X's weights. */
        STANDARD,
        /** Left to X. */
        OFF
    }

    /** Who may reply, if not everyone. */
    public enum Answers {
        /** Those whom the account follows. */
        FOLLOWING("following"),
        /** Those whom the post mentions. */
        MENTIONED("mentionedUsers"),
        /** Those who pay the account. */
        SUBSCRIBERS("subscribers"),
        /** Those whom X verified. */
        VERIFIED("verified");

        private final String wire;

        Answers(String wire) {
            this.wire = wire;
        }

        /** Returns what X calls it. */
        public String wire() {
            return wire;
        }
    }
}
