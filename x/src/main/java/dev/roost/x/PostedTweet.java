package dev.roost.x;

/**
 * A post that X published.
 *
 * @param id what X calls it
 * @param text as X shows it; links are shortened
 */
public record PostedTweet(TweetId id, String text) {}
